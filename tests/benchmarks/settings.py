"""The product, plus one bare view to measure against."""

from tests.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "tests.benchmarks"]  # noqa: F405
ROOT_URLCONF = "tests.benchmarks.urls"
