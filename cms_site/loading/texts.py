"""Markdown of the data files → HTML that passes our one policy and that the CMS's editor can open again."""

from __future__ import annotations

import re

import markdown

from lessons.html import clean_html

VOID = re.compile(r"<(br|hr)\s*>")


def prose(text: str) -> str:
    """Clean HTML of a Markdown text. Void tags are closed: the editor cannot read them otherwise."""
    html = clean_html(markdown.markdown(text.strip(), extensions=["sane_lists"], output_format="xhtml"))
    return VOID.sub(r"<\1/>", html)
