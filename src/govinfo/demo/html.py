"""A made-up report as a web page: clean, pasted from Word, in a portal, in layout tables, without its merged cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from random import Random
from typing import Any

from govinfo.definitions.demo import made_up
from govinfo.definitions.sheet import SheetRow, Span, sheet, spans
from govinfo.demo.paper import Paper, Part, parts
from govinfo.demo.sentences import fill

# The declared character set, what the bytes are really in, and whether the declaration is there at all.
CHARSETS = (("utf-8", "utf-8"), ("utf-8", "utf-8"), ("gb2312", "gb18030"), ("gb2312", "utf-8"), ("utf-8", "gb18030"))
UNDECLARED = ("", "utf-8")
Render = Callable[[str], str]


def print_html(paper: Paper, layout: str, random: Random) -> bytes:
    """The bytes of a page in one of HTML_LAYOUTS, in one of CHARSETS."""
    declared, real = random.choice((*CHARSETS, UNDECLARED))
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    head, body = HTML_LAYOUTS[layout](paper)
    page = f"<!DOCTYPE html>\n<html>\n<head>\n{meta}\n{head}\n</head>\n<body>\n{body}\n</body>\n</html>\n"
    return page.encode(real)


def _clean(paper: Paper) -> tuple[str, str]:
    """Paragraphs, headings and tables with spans."""
    return _title(paper), _flow(paper, _paragraph, lambda rows: _table(rows, escape))


def _word(paper: Paper) -> tuple[str, str]:
    """What Word leaves in a page: spans inside words and numbers, o:p, hard spaces, breaks inside labels."""
    style = "<style><!-- p.MsoNormal {mso-style-parent:''; margin:0cm} --></style>"

    def table(rows: Sequence[SheetRow]) -> str:
        return _table(
            rows,
            lambda text: f'<p class="MsoNormal" align="center">{_spanned(text, breaks=True)}<o:p></o:p></p>',
            ' class="MsoNormalTable" border="1" cellspacing="0" style="mso-table-layout-alt:fixed"',
        )

    def paragraph(part: Part) -> str:
        bold = "<b>{}</b>" if part.kind in ("title", "heading") else "{}"
        indent = "&nbsp;&nbsp;" if part.kind == "text" else ""
        return f'<p class="MsoNormal">{indent}{bold.format(_spanned(part.text))}<o:p></o:p></p>'

    return style + _title(paper), f'<div class="WordSection1">{_flow(paper, paragraph, table)}</div>'


def _spanned(text: str, breaks: bool = False) -> str:
    """`text` cut into spans as Word cuts it: numbers between their digits, labels broken in the middle."""
    if not text:
        return '<span lang="EN-US">&nbsp;</span>'
    if text.isascii():
        return "".join(f'<span lang="EN-US">{escape(char)}</span>' for char in text)
    half = len(text) // 2
    label = breaks and 4 <= len(text) <= 9 and not any(char.isdigit() for char in text)
    between = "<br>" if label else ""
    return f"<span>{escape(text[:half])}</span>{between}<span>{escape(text[half:])}</span>"


def _portal(paper: Paper) -> tuple[str, str]:
    """A government portal's page around the report: navigation, metadata, sharing, footer, scripts."""
    words: Mapping[str, Any] = made_up("portal")
    said = {key: fill(words[key], paper.words, {})[0] for key in ("title", "breadcrumb", "tools", "attachment")}
    links = "".join(f'<li><a href="#">{escape(text)}</a></li>' for text in words["navigation"])
    rows = "".join(
        f"<tr><th>{escape(label)}</th><td>{escape(fill(text, paper.words, {})[0])}</td></tr>"
        for label, text in words["metadata"]
    )
    share = "".join(f"<span>{escape(text)}</span> " for text in words["share"])
    foot = "".join(
        f"<p>{escape(text if i else fill(text, paper.words, {})[0])}</p>" for i, text in enumerate(words["footer"])
    )
    head = f"<title>{escape(said['title'])}</title>\n<script>var hits = [3, 1, 2], cell = '<td>9</td>';</script>"
    body = "\n".join(
        [
            f'<header><nav><ul class="nav">{links}</ul></nav></header>',
            f'<div class="crumb">{escape(said["breadcrumb"])}</div>',
            f'<table class="meta">{rows}</table>',
            f'<div class="tools">{escape(said["tools"])}</div>',
            f'<div id="zoom" class="article">{_flow(paper, _paragraph, lambda rows: _table(rows, escape))}</div>',
            f'<p class="attachment"><a href="#">{escape(said["attachment"])}</a></p>',
            f'<div class="share">{share}</div>',
            "<script>window.count = 12;</script>",
            f"<footer>{foot}</footer>",
        ]
    )
    return head, body


def _nested(paper: Paper) -> tuple[str, str]:
    """The report in a cell of the page's own layout table, each of its tables in another one."""

    def table(rows: Sequence[SheetRow]) -> str:
        return f'<table width="100%"><tr><td>{_table(rows, escape)}</td></tr></table>'

    body = _flow(paper, _paragraph, table)
    side = '<td width="10">&nbsp;</td>'
    top = '<tr><td colspan="3">&nbsp;</td></tr>'
    return _title(paper), f'<table width="960">{top}<tr>{side}<td>{body}</td>{side}</tr></table>'


def _dropped(paper: Paper) -> tuple[str, str]:
    """Tables whose merged cells are gone without a trace, so that rows differ in width."""

    def table(rows: Sequence[SheetRow]) -> str:
        kept = (row for row in rows if any(not cell.merged for cell in row.cells))
        lines = (
            "<tr>" + "".join(f"<td>{escape(cell.text)}</td>" for cell in row.cells if not cell.merged) + "</tr>"
            for row in kept
        )
        return "<table>" + "\n".join(lines) + "</table>"

    return _title(paper), _flow(paper, _paragraph, table)


def _title(paper: Paper) -> str:
    return f"<title>{escape(''.join(paper.title))}</title>"


def _paragraph(part: Part) -> str:
    tag = {"title": "h1", "heading": "h2"}.get(part.kind, "p")
    return f"<{tag}>{escape(part.text)}</{tag}>"


def _flow(paper: Paper, paragraph: Callable[[Part], str], table: Callable[[Sequence[SheetRow]], str]) -> str:
    pieces = []
    for part in parts(paper):
        if part.kind == "table":
            dressed = paper.tables[part.text]
            pieces.append(table(sheet(dressed.table, dressed.texts)))
        else:
            pieces.append(paragraph(part))
    return "\n".join(pieces)


def _table(rows: Sequence[SheetRow], render: Render, attributes: str = ' border="1"') -> str:
    """A table with row and column spans."""
    lines: list[list[str]] = [[] for _ in rows]
    for span in spans(rows):
        lines[span.row].append(f"<td{_size(span)}>{render(span.text)}</td>")
    return f"<table{attributes}>\n" + "\n".join(f"<tr>{''.join(cells)}</tr>" for cells in lines) + "\n</table>"


def _size(span: Span) -> str:
    rows = f' rowspan="{span.rows}"' if span.rows > 1 else ""
    return rows + (f' colspan="{span.columns}"' if span.columns > 1 else "")


HTML_LAYOUTS: Mapping[str, Callable[[Paper], tuple[str, str]]] = {
    "clean": _clean,
    "word": _word,
    "portal": _portal,
    "nested": _nested,
    "dropped": _dropped,
}
