"""Addresses of quizzes."""

from django.urls import path

urlpatterns: list = []
