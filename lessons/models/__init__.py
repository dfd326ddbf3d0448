"""The things of lessons: a file per noun."""

from lessons.models.competency import Competency, ProficiencyLevel
from lessons.models.pages import CourseIndexPage, CoursePage, HomePage, LessonPage
from lessons.models.principle import Principle

__all__ = [
    "Competency",
    "CourseIndexPage",
    "CoursePage",
    "HomePage",
    "LessonPage",
    "Principle",
    "ProficiencyLevel",
]
