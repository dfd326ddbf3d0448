"""Addresses of lessons."""

from django.urls import path

urlpatterns: list = []
