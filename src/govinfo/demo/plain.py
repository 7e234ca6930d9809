"""A made-up report as a text or markdown file."""

from __future__ import annotations

import codecs
from random import Random

from govinfo.demo.layouts import TEXT_LAYOUTS, damaged_rows
from govinfo.demo.paper import Paper, parts

ENCODINGS = ("utf-8", "utf-8", "utf-8-sig", "gb18030", "utf-16")


def print_text(paper: Paper, layout: str, random: Random) -> bytes:
    """The bytes of a text file with its tables in one of TEXT_LAYOUTS, in one of ENCODINGS."""
    gap = "\n" if layout == "plain" else "\n\n"
    encoding = random.choice(ENCODINGS)
    text = gap.join(_pieces(paper, layout, markdown=False)) + "\n"
    if random.random() < 0.15:
        text = text.replace("\n", "\r\n")
    return codecs.BOM_UTF16_LE + text.encode("utf-16-le") if encoding == "utf-16" else text.encode(encoding)


def print_markdown(paper: Paper, layout: str, random: Random) -> bytes:
    """The bytes of a markdown file: title and headings marked, tables in one of TEXT_LAYOUTS."""
    return ("\n\n".join(_pieces(paper, layout, markdown=True)) + "\n").encode()


def _pieces(paper: Paper, layout: str, *, markdown: bool) -> list[str]:
    marks = {"title": "# ", "heading": "## "} if markdown else {}
    pieces = []
    for part in parts(paper):
        if part.kind == "table":
            dressed = paper.tables[part.text]
            rows = damaged_rows(dressed.table, dressed.texts, paper.damages)
            pieces.append(TEXT_LAYOUTS[layout].printer(rows))
        else:
            pieces.append(marks.get(part.kind, "") + part.text)
    return pieces
