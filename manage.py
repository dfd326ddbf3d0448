#!/usr/bin/env python
"""The command line of Leitlinie: ``python manage.py help`` lists what it can do."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms_site.settings")
    # A checkout is a developer's machine unless its environment says otherwise; wsgi.py, which serves, assumes production.
    os.environ.setdefault("LEITLINIE_ENV", "development")
    execute_from_command_line(sys.argv)
