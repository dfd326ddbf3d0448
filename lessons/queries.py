"""What there is to learn, read for the pages that show it. Each costs the same for one lesson and for a hundred."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from lessons.language import DEFAULT
from lessons.models import CourseIndexPage, CoursePage, LessonPage, Principle


def course_index(language: str) -> CourseIndexPage | None:
    """The overview of the courses in a language; the German one where that language has none yet."""
    found = {page.locale.language_code: page for page in CourseIndexPage.objects.live().select_related("locale")}
    return found.get(language) or found.get(DEFAULT)


def lessons_of(courses: Iterable[CoursePage]) -> dict[int, list[LessonPage]]:
    """Course id → its live lessons in order, with their competencies and without their bodies. Two queries."""
    courses = list(courses)
    found: dict[int, list[LessonPage]] = {course.pk: [] for course in courses}
    by_path = {course.path: course.pk for course in courses}
    pages = LessonPage.objects.live().defer("body").prefetch_related("competencies").order_by("path")
    for lesson in pages.filter(locale__in={course.locale_id for course in courses}):
        course = by_path.get(lesson.path[: -LessonPage.steplen])
        if course is not None:
            found[course].append(lesson)
    return found


def is_published(lesson: UUID) -> bool:
    """Whether a lesson with this translation key can be read in any language."""
    return LessonPage.objects.live().filter(translation_key=lesson).exists()


def principles_in_force() -> list[Principle]:
    """The principles people see, in their order, with the competencies they serve. Two queries."""
    return list(Principle.objects.in_force().prefetch_related("competencies"))
