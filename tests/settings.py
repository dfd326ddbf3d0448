"""The product's own settings, on a developer's machine."""

import os

os.environ.setdefault("LEITLINIE_ENV", "development")

from cms_site.settings import *  # noqa: F403
