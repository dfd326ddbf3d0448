"""Pictures and documents of the course, taken into Wagtail's own library once."""

from __future__ import annotations

from typing import Any

from django.core.files import File
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from cms_site.loading.files import DEMO, BadData, Node


def _taken_in(model: Any, node: Node) -> Any:
    """The library's entry for a file of ``cms_site/demo/files``, made when it is not there yet."""
    name = node.text("file")
    path = DEMO / "files" / name
    if path.parent != DEMO / "files" or not path.is_file():
        raise BadData(f"{node.where}: there is no file {name}")
    title = node.text("title")
    entry = model.objects.filter(title=title).first()
    if entry is None:
        with path.open("rb") as content:
            entry = model.objects.create(title=title, file=File(content, name=name))
    return entry


def picture(node: Node, place: str) -> dict[str, Any]:
    """A picture block: what it shows is said for people who do not see it."""
    image = _taken_in(get_image_model(), node)
    return {"image": image.pk, "alt": node.text("alt"), "caption": node.get("caption", "")}


def download(node: Node, place: str) -> dict[str, Any]:
    """A download block."""
    return {"document": _taken_in(get_document_model(), node).pk, "label": node.text("label")}
