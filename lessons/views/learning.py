"""Ways into what there is to learn. Courses and lessons themselves are pages of the CMS."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from lessons.language import spoken
from lessons.models import Principle
from lessons.queries import course_index, principles_in_force


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """To the overview of the courses in the reader's language."""
    index = course_index(spoken())
    url = index.get_url(request) if index else None
    return redirect(url) if url else render(request, "lessons/no_courses.html")


@require_safe
def principles(request: HttpRequest) -> HttpResponse:
    """All guiding principles in force, one after the other."""
    return render(request, "lessons/principles.html", {"principles": principles_in_force()})


@require_safe
def principle(request: HttpRequest, number: int) -> HttpResponse:
    """To one principle's place on their page."""
    get_object_or_404(Principle.objects.in_force(), number=number)
    return redirect(f"{reverse('principles')}#p{number}")
