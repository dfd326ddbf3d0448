"""Addresses of training."""

from django.urls import path

urlpatterns: list = []
