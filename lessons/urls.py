"""Addresses of lessons. The lessons themselves are pages of the CMS and have the addresses trainers give them."""

from django.urls import path

from lessons.views import learning

urlpatterns = [
    path("courses/", learning.courses, name="courses"),
    path("principles/", learning.principles, name="principles"),
    path("principles/<int:number>/", learning.principle, name="principle"),
]
