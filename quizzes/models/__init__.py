"""The things of quizzes: a file per noun."""

from quizzes.models.attempt import Answer, Attempt, AttemptQuestion, Mark
from quizzes.models.question import (
    MultipleChoiceQuestion,
    Question,
    SingleChoiceQuestion,
    SituationalQuestion,
)
from quizzes.models.quiz import Quiz
from quizzes.models.version import QuestionVersion

__all__ = [
    "Answer",
    "Attempt",
    "AttemptQuestion",
    "Mark",
    "MultipleChoiceQuestion",
    "Question",
    "QuestionVersion",
    "Quiz",
    "SingleChoiceQuestion",
    "SituationalQuestion",
]
