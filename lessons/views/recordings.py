"""Parts of a recording: without them a phone cannot play it, and nobody can jump in it."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse

PART = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
MOST = 1024 * 1024  # bytes per answer: a player asks on, and the server holds no more of a film in memory


def _bounds(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte to send; None where the header asks for something that is not there."""
    found = PART.fullmatch(header.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last) if first and last else size - 1, size - 1, start + MOST - 1)
    return (start, end) if start <= end else None


def part_of(document, request: HttpRequest) -> HttpResponse | None:
    """The part of a document that a player asks for, or None when the whole is wanted."""
    header = request.headers.get("Range", "")
    if not header.startswith("bytes=") or "," in header or len(header) > 60:
        return None
    size = document.file.size
    bounds = _bounds(header, size)
    if bounds is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = bounds
    with document.file.open("rb") as file:
        file.seek(start)
        response = HttpResponse(file.read(end - start + 1), status=206, content_type=document.content_type)
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["Content-Disposition"] = document.content_disposition
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
