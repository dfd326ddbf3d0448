"""Loads the demo company: content from ``cms_site/demo``, people, and fifteen months lived through the acts."""
