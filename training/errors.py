"""What can go wrong in training, as sentences for the person who meets it."""


class TrainingError(Exception):
    """A broken rule. Its text is a sentence for the person, in their language."""

    status = 409
