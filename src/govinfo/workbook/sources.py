"""The sheet of sources: each file, where it was found, and what tells that it has not changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
from openpyxl.worksheet.hyperlink import Hyperlink

from govinfo.definitions.wording import say, words
from govinfo.questions.areas import area_names
from govinfo.workbook.cells import day_text, text_of
from govinfo.workbook.figures import place_entry
from govinfo.workbook.pages import Drawing, Edition, Page
from govinfo.workbook.sheets import Entry, Head, Sheet, fill_sheet, first_row

_SECTION = "sheet_sources"
_ORDER = ["province", "city", "county", "township", "year", "source"]
_URL = 5
# what Excel takes: so long a link, so many on a sheet
_MOST_CHARACTERS, _MOST_LINKS = 2_000, 60_000
_PLAIN = re.compile(r"[\x21-\x7e]+")
_HOST = re.compile(r"[a-z0-9.-]+\.[a-z0-9-]+", re.IGNORECASE)


def sources_page(edition: Edition) -> Sequence[Page]:
    """The page of the sheet 来源: one row per report, those that do not count included; web addresses are links."""
    reports = edition.tables.reports.sort_values(_ORDER, na_position="last", kind="stable")
    rows = tuple(_row(record) for record in reports.assign(area=area_names(reports)).to_dict("records"))
    counted = int(reports["counted"].fillna(True).sum())
    remarks = [
        say(_SECTION, "unit"),
        say(_SECTION, "source", counted=edition.counted, n=counted, date=edition.date),
    ]
    if len(edition.tables.rejects):
        sheet_name = say("workbook", "sheet_rejects")
        remarks.append(say(_SECTION, "rejects", n=len(edition.tables.rejects), sheet=sheet_name))
    sheet = Sheet(
        name=say(_SECTION, "sheet"),
        title=say(_SECTION, "title"),
        remarks=tuple(remarks),
        heads=_heads(),
        rows=rows,
        empty=say(_SECTION, "nothing"),
        frozen=3,
    )

    def draw(drawing: Drawing) -> None:
        fill_sheet(drawing.page, sheet, drawing.notice)
        links = [safe_link(row[_URL].value) for row in rows]
        for number, link in enumerate(links[:_MOST_LINKS], start=first_row(sheet, drawing.notice)):
            if link is not None:
                cell = drawing.page.cell(number, _URL + 1)
                cell.hyperlink = Hyperlink(ref=cell.coordinate, target=link)
                cell.style = "govinfo_link"

    return (Page("sources", sheet.name, sheet.title, draw),)


def safe_link(url: Any) -> str | None:
    """The address where it is a plain one of the web (http or https, a host, no user name), else None.

    An address comes from a list that anybody may have filled in: what is not plain stays text.

    >>> safe_link("https://www.example.gov.cn/a.html")
    'https://www.example.gov.cn/a.html'
    >>> safe_link("file:///etc/passwd") is safe_link("http://a.cn@b.cn/") is safe_link(None) is None
    True
    """
    if not isinstance(url, str) or len(url) > _MOST_CHARACTERS or not _PLAIN.fullmatch(url):
        return None
    try:
        parts = urlsplit(url)
        host, user, port = parts.hostname, parts.username, parts.port
    except ValueError:
        return None
    known = parts.scheme in ("http", "https") and host is not None and _HOST.fullmatch(host) is not None
    # a port of its own is nothing that a government's site has, but no danger either
    return url if known and user is None and (port is None or port > 0) and "\\" not in url else None


def _heads() -> tuple[Head, ...]:
    text, book = words(_SECTION), words("workbook")
    return (
        Head(words("table_heads")["county"], 12, 18),
        Head(book["head_township"], 14, 20),
        Head(book["head_year"], 7, 7),
        Head(text["head_title"], 24, 40),
        Head(book["head_source"], 24, 40),
        Head(text["head_url"], 16, 44),
        Head(text["head_retrieved"], 12, 12),
        Head(text["head_published"], 12, 12),
        Head(text["head_format"], 8, 8),
        Head(book["head_form"], 12, 16),
        Head(text["head_counted"], 10, 16),
        Head(book["head_note"], 10, 26),
        Head(text["head_sha256"], 36, 36),
    )


def _row(record: Mapping[Any, Any]) -> tuple[Entry, ...]:
    codes, year = words("codes"), record["year"]
    counts = pd.isna(record["counted"]) or bool(record["counted"])
    return (
        Entry(text_of(record["area"])),
        place_entry(record["township"], record["level"]),
        Entry(say("workbook", "unknown_year"), "word") if pd.isna(year) else Entry(int(year), "year"),
        Entry(text_of(record["title"])),
        Entry(text_of(record["source"])),
        Entry(text_of(record["url"])),
        Entry(day_text(record["retrieved_on"]), "middle"),
        Entry(day_text(record["published_on"]), "middle"),
        Entry(text_of(record["format"]), "middle"),
        Entry(codes.get(f"form_{record['form']}", text_of(record["form"])), "middle"),
        Entry(say(_SECTION, "counted" if counts else "set_aside"), "middle" if counts else "warning"),
        Entry(text_of(record["note"])),
        Entry(text_of(record["sha256"])),
    )
