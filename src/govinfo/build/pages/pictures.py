"""A chart of an executed notebook as a page carries it: the picture, and files to keep, each inside the page."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from PIL import Image

_COLOURS = 256
# what a data: address may hold as it is; the marks of HTML and what addresses give a meaning to are left out
_PLAIN = " =:;,.-+()!*~?@$[]{}|^/"
_SPACE = re.compile(r"\s*\n\s*")
_UNSAFE = re.compile(r"[^\w.-]+")


@dataclass(frozen=True)
class Kept:
    """A file that the page holds: what kind it is, the name to keep it under, and its bytes as an address."""

    kind: str
    name: str
    href: str


@dataclass(frozen=True)
class Picture:
    """What is shown of a chart, `alt` for those who do not see it, and the files to keep (none without a name)."""

    src: str
    alt: str
    files: tuple[Kept, ...]


def picture(output: Mapping[str, Any], page: str) -> Picture:
    """The chart of one output of a notebook; its files are called by the page and the chart's own name."""
    data, said = output["data"], output.get("metadata", {}).get("image/png", {})
    src = _address("image/png", small_png(base64.b64decode(data["image/png"])))
    name = str(said.get("name", ""))
    stem = _UNSAFE.sub("_", f"{page}-{name}")
    files = tuple(Kept(kind, f"{stem}.{kind}", href) for kind, href in _hrefs(data, src)) if name else ()
    return Picture(src, str(said.get("alt", "")), files)


def small_png(png: bytes) -> bytes:
    """The same picture with no more than 256 colours, where that is smaller. The same bytes give the same bytes."""
    buffer = io.BytesIO()
    with Image.open(io.BytesIO(png)) as image:
        flat = Image.new("RGBA", image.size, "white")
        flat.alpha_composite(image.convert("RGBA"))
    flat.convert("RGB").quantize(_COLOURS, dither=Image.Dither.NONE).save(buffer, "PNG")
    small = buffer.getvalue()
    return small if len(small) < len(png) else png


def _hrefs(data: Mapping[str, str], src: str) -> Iterator[tuple[str, str]]:
    yield "png", src
    if "image/svg+xml" in data:
        # a line break in an address is dropped; between two words of an SVG a space says the same
        svg = _SPACE.sub(" ", data["image/svg+xml"].strip())
        yield "svg", "data:image/svg+xml;charset=utf-8," + quote(svg, safe=_PLAIN)
    if "text/csv" in data:
        # the mark at its beginning tells Excel that it is UTF-8
        yield "csv", _address("text/csv;charset=utf-8", data["text/csv"].encode("utf-8-sig"))


def _address(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
