"""The competency framework and the guiding principles."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from cms_site.loading.files import BadData, Node, blaming, read
from cms_site.loading.progress import Progress
from lessons.models import Competency, Principle, ProficiencyLevel

EXAMPLES = ("kept", "broken")
LINES = ("situation", "customer", "us")


def competency(code: str, node: Node) -> Competency:
    """The competency that a data file names. Raises BadData where the framework has none of that code."""
    try:
        return Competency.objects.get(code=code)
    except Competency.DoesNotExist:
        raise BadData(f"{node.where}: there is no competency {code}") from None


def _add_competency(node: Node, position: int) -> None:
    row = Competency.objects.create(
        code=node.text("code"),
        position=position,
        core=bool(node["core"].data),
        frame=node.text("frame"),
        levers=node["levers"].data,
        **node.spoken("name"),
        **node.spoken("short"),
        **node.spoken("definition"),
    )
    for level, behaviour in node["levels"].data.items():
        texts = Node({"behaviour": behaviour}, f"{node.where} › levels › {level}").spoken("behaviour")
        ProficiencyLevel.objects.create(competency=row, level=level, **texts)


def _examples(node: Node) -> dict[str, str]:
    """The fields of a principle's good and bad example, in both languages."""
    return {
        f"{example}_{line}_{language}": node[example][language].text(line)
        for example in EXAMPLES
        for language in ("de", "en")
        for line in LINES
    }


def _add_principle(node: Node) -> None:
    principle = Principle(
        number=node.number("number"),
        live=False,
        **node.spoken("sentence"),
        **node.spoken("why"),
        **_examples(node),
    )
    principle.competencies = [competency(code, node) for code in node["competencies"].data]
    with blaming(node):
        principle.save()
        principle.save_revision().publish()


@transaction.atomic
def load(progress: Progress) -> None:
    """Add the competencies and principles that are not there yet; what is there belongs to its trainers."""
    known = set(Competency.objects.values_list("code", flat=True))
    missing = [(i, c) for i, c in enumerate(read("framework/competencies.yaml"), 1) if c.text("code") not in known]
    for position, node in progress(_("Competencies"), missing):
        _add_competency(node, position)
    numbers = set(Principle.objects.values_list("number", flat=True))
    new = [node for node in read("framework/principles.yaml") if node.number("number") not in numbers]
    for node in progress(_("Guiding principles"), new):
        _add_principle(node)
