"""Parts of a recording: without them a phone cannot play it, and nobody can jump in it."""

from __future__ import annotations

import re

from django.http import FileResponse, HttpRequest, HttpResponse

PART = re.compile(r"bytes=(\d*)-(\d*)")
CHUNK = 512 * 1024


class _Part:
    """A file that ends early: what ``FileResponse`` reads."""

    def __init__(self, file, start: int, length: int) -> None:
        self.file, self.left = file, length
        file.seek(start)

    def read(self, size: int = CHUNK) -> bytes:
        data = self.file.read(min(size if size >= 0 else CHUNK, self.left))
        self.left -= len(data)
        return data

    def close(self) -> None:
        self.file.close()


def _bounds(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte asked for; None where the header asks for something that is not there."""
    found = PART.fullmatch(header.strip())
    if not found or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        start, end = max(0, size - int(last)), size - 1
    else:
        start, end = int(first), min(int(last) if last else size - 1, size - 1)
    return (start, end) if start <= end else None


def part_of(document, request: HttpRequest) -> HttpResponse | None:
    """The part of a document that a player asks for, or None when the whole is wanted."""
    header = request.headers.get("Range", "")
    if not header.startswith("bytes=") or "," in header:
        return None
    size = document.file.size
    bounds = _bounds(header, size)
    if bounds is None:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    start, end = bounds
    response = FileResponse(_Part(document.file.open("rb"), start, end - start + 1), status=206)
    response["Content-Type"] = document.content_type
    response["Content-Range"] = f"bytes {start}-{end}/{size}"
    response["Content-Length"] = str(end - start + 1)
    response["Accept-Ranges"] = "bytes"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response
