"""What can go wrong in a quiz, as sentences for the person who meets it."""

from django.utils.translation import gettext_lazy as _


class QuizError(Exception):
    """A broken rule. Its text is a sentence for the person, in their language."""

    status = 409


class BadAnswer(QuizError):
    """What was sent is no answer to this question: an unknown option, the same option twice, a wrong form."""

    status = 422
    SENTENCES = {
        "unknown_option": _("This option does not belong to the question. Please reload the page and choose again."),
        "unknown_question": _("This question does not belong to the quiz. Please reload the page."),
        "too_many": _("Please choose only one option here."),
        "best_is_worst": _("The best and the worst answer cannot be the same. Please choose two different ones."),
        "undecided": _("Please choose first; then you see what helps and why."),
        "unreadable": _("The answer could not be read. Please reload the page and choose again."),
    }

    def __init__(self, code: str) -> None:
        super().__init__(self.SENTENCES[code])
        self.code = code


class AttemptClosed(QuizError):
    """The attempt no longer takes answers: it was handed in, or its time is over."""


class CannotPublish(QuizError):
    """A question is not yet fit to be asked."""

    status = 422
    SENTENCES = {
        "one_correct": _("Mark exactly one option as correct."),
        "some_correct": _("Mark at least one option as correct and leave at least one unmarked."),
        "too_few_judges": _(
            "Each option needs the ratings of at least five panel members, and there must be at least three options."
        ),
        "rating_scale": _("Ratings go from 1 to 5."),
        "panel_disagrees": _("The panel disagrees on an option (standard deviation over 1.0). It cannot be scored."),
        "best_and_worst_too_close": _("The best and the worst option must differ by at least 1.5 mean points."),
        "too_few_options": _("A question needs at least two options."),
        "missing_language": _("Stem, options and rationale are needed in German and in English."),
    }

    def __init__(self, code: str) -> None:
        super().__init__(self.SENTENCES[code])
        self.code = code
