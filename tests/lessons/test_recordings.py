"""A phone asks for a recording in parts; without them it plays nothing."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document


@pytest.fixture
def recording(db) -> str:
    return Document.objects.create(title="r", file=ContentFile(bytes(range(100)), name="r.mp4")).url


def part(client, url, header):
    return client.get(url, headers={"range": header})


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [("bytes=0-", 0, 99), ("bytes=10-19", 10, 19), ("bytes=90-500", 90, 99), ("bytes=-5", 95, 99)],
)
def test_a_part_of_a_recording_is_given(aylin, recording, header, first, last):
    response = part(aylin, recording, header)
    assert response.status_code == 206
    assert response.headers["Content-Range"] == f"bytes {first}-{last}/100"
    assert response.content == bytes(range(first, last + 1))


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=5-2", "bytes=-", "bytes=x-y"])
def test_a_part_that_is_not_there_is_refused(aylin, recording, header):
    response = part(aylin, recording, header)
    assert response.status_code == 416 and response.headers["Content-Range"] == "bytes */100"


@pytest.mark.parametrize("header", ["", "lines=1-2", "bytes=0-1,5-6"])
def test_what_asks_for_no_part_gets_the_whole(aylin, recording, header):
    response = part(aylin, recording, header)
    assert response.status_code == 200 and len(b"".join(response.streaming_content)) == 100


def test_nobody_gets_a_part_without_signing_in(client, recording):
    assert part(client, recording, "bytes=0-").status_code == 302
