"""What can go wrong in lessons, as sentences for the person who meets it."""


class LessonError(Exception):
    """A broken rule. Its text is a sentence for the person, in their language."""

    status = 409
