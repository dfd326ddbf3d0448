"""The one place where HTML is made safe."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lessons.html import TAGS, clean_html
from lessons.templatetags.lesson_tags import said

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '<a href="javascript:alert(1)">x</a>',
    '<a href="java\tscript:alert(1)">x</a>',
    '<a href="jav&#x0A;ascript:alert(1)">x</a>',
    '<a href=" javascript:alert(1)">x</a>',
    '<a href="//evil.example/x">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<p style=\"background:url('javascript:alert(1)')\" class=x id=y onclick=alert(1)>x</p>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<form action='/logout'><button>x</button></form><base href='//evil.example'>",
]
pieces = st.one_of(
    st.sampled_from([*HOSTILE, "<", ">", "&", '"', "'", "--", "<!--", "]]>", "<p>", "</p>", "<a href='"]),
    st.text(max_size=8),
)
markup = st.lists(pieces, max_size=10).map("".join)


class Found(HTMLParser):
    """The tags and attributes that a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def is_harmless(text: str) -> bool:
    found = Found(text)
    links = [re.sub(r"[\x00-\x20]", "", value).lower() for name, value in found.attributes if name == "href"]
    return (
        set(found.tags) <= TAGS
        and {name for name, _ in found.attributes} <= {"href", "title"}
        and not any(link.startswith(("javascript:", "data:", "vbscript:", "//")) for link in links)
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_known_attacks_leave_nothing_that_runs(text):
    assert is_harmless(clean_html(text))


@settings(max_examples=300, deadline=None)
@given(markup)
def test_whatever_comes_in_nothing_that_runs_comes_out(text):
    assert is_harmless(clean_html(text))


@settings(max_examples=300, deadline=None)
@given(markup)
def test_cleaning_twice_is_cleaning_once(text):
    once = clean_html(text)
    assert clean_html(once) == once


def test_harmless_markup_is_kept():
    text = '<p>Ein <em>„Wort“</em> und <strong>noch eins</strong>, <a href="/lernen/">weiter</a>.</p><ul><li>eins</li></ul>'
    assert clean_html(text) == text


@settings(max_examples=200, deadline=None)
@given(markup)
def test_plain_text_gets_paragraphs_and_italics_and_nothing_else(text):
    assert set(Found(said(text)).tags) <= {"p", "em", "strong"}


def test_words_between_asterisks_are_spoken_words():
    assert said("Ein *„Mhm“* reicht nicht.\n\nNie **nur** das.") == (
        "<p>Ein <em>„Mhm“</em> reicht nicht.</p><p>Nie <strong>nur</strong> das.</p>"
    )
