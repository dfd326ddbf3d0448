"""Loads the demo company: content from ``cms_site/demo``, people, and fifteen months that they lived through the acts."""
