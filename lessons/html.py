"""The one place where HTML is made safe: ``clean_html``. At write and at render, and nothing changes the text afterwards.

bleach is given for this project; its last release was in June 2026 and it will get no security fixes. So a second,
independent parser (nh3) applies the same list after it.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

import bleach
import nh3

TAGS = frozenset("p br strong b em i u s sub sup ul ol li a blockquote q cite code h2 h3 h4 hr".split())
SAFE_ATTRIBUTES = {"a": {"href", "title"}}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})


def safe_url(url: str) -> bool:
    """Whether a link may stand: relative or of a known scheme, and without characters that hide where it leads."""
    if unicodedata.normalize("NFKC", url) != url or any(
        unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp") for c in url
    ):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in SCHEMES or (not parts.scheme and not url.startswith("//"))


def _attribute(tag: str, name: str, value: str) -> bool:
    return name in SAFE_ATTRIBUTES.get(tag, ()) and (name != "href" or safe_url(value))


def _second_opinion(tag: str, name: str, value: str) -> str | None:
    return value if _attribute(tag, name, value) else None


def clean_html(text: str) -> str:
    """The text with our allow-list of tags and links, everything else stripped or escaped. Idempotent."""
    text = unicodedata.normalize("NFC", text).replace("\x00", "")
    text = nh3.clean(text, tags=set(TAGS), attributes=SAFE_ATTRIBUTES, url_schemes=set(SCHEMES), link_rel=None)
    text = bleach.clean(text, tags=TAGS, attributes=_attribute, protocols=SCHEMES, strip=True, strip_comments=True)
    return nh3.clean(
        text,
        tags=set(TAGS),
        attributes=SAFE_ATTRIBUTES,
        attribute_filter=_second_opinion,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
