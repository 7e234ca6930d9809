"""Problems by theme: a row per township and year, a column per theme; above them how many reports name each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from govinfo.definitions.themes import UNCLASSIFIED, themes
from govinfo.definitions.wording import say, words
from govinfo.questions.problems.section_five import UNREAD
from govinfo.questions.problems.themes_by_place import themes_by_frequency, themes_by_place
from govinfo.workbook.drawn import Chart
from govinfo.workbook.pages import Edition
from govinfo.workbook.sheets import Entry, Head, Sheet

KEY = "topics"
_SECTION = "sheet_topics"
_LEFT = 5
# a chart of how many of so few reports name a theme would say nothing
_LEAST_DRAWN = 2
_STYLES = {UNREAD: "word_open"}
Record = Mapping[Any, Any]
Counts = Mapping[tuple[str, str], int]


def topics_part(edition: Edition) -> tuple[Sheet, list[Chart]]:
    """The sheet 问题主题, newest year first, and a chart of each county's newest year."""
    places, found = themes_by_place(edition.tables)
    order = _shown(themes_by_frequency(found))
    counts = {(str(one), str(theme)): int(n) for one, theme, n in found.itertuples(index=False)}
    rows: list[tuple[Entry, ...]] = []
    newest: dict[str, tuple[int, int]] = {}
    lone = {str(area) for area, own in places.groupby("area") if own["township"].nunique() < _LEAST_DRAWN}
    for (area, year), own in _groups(places):
        newest.setdefault(area, (year, len(rows)))
        records = own.to_dict("records")
        rows.append(_whole(area, year, records, order, counts))
        rows += [_row(record, order, counts) for record in records]
    sheet = Sheet(
        name=say(_SECTION, "sheet"),
        title=say(_SECTION, "title"),
        remarks=(
            say(_SECTION, "unit", whole=say(_SECTION, "whole")),
            say(
                _SECTION,
                "source",
                counted=edition.counted,
                date=edition.date,
                notes=say("workbook", "sheet_notes"),
            ),
            say(_SECTION, "states"),
        ),
        heads=_heads(order),
        rows=tuple(rows),
        empty=say(_SECTION, "nothing"),
        frozen=3,
    )
    drawn = [(area, *spot) for area, spot in newest.items() if area not in lone]
    return sheet, [_chart(sheet, area, year, row, order) for area, year, row in drawn]


def _shown(order: Sequence[str]) -> list[str]:
    """The themes in order, what no theme fits last, however frequent."""
    return [code for code in order if code != UNCLASSIFIED] + [UNCLASSIFIED]


def _groups(places: pd.DataFrame) -> Iterator[tuple[tuple[str, int], pd.DataFrame]]:
    """The reports of each county and year: counties in order, the newest year first."""
    for area, own in places.groupby("area", sort=False):
        for year in sorted({int(each) for each in own["year"]}, reverse=True):
            yield (str(area), year), own[own["year"] == year]


def _heads(order: Sequence[str]) -> tuple[Head, ...]:
    text, labels = words(_SECTION), {theme.code: theme.label for theme in themes()}
    return (
        Head(words("table_heads")["county"], 12, 20),
        Head(words("table_heads")["year"], 7, 7),
        Head(say("workbook", "head_township"), 16, 26),
        Head(text["head_state"], 17, 17),
        Head(text["head_statements"], 9, 9),
        *(Head(labels[code], 7.5, 7.5) for code in order),
    )


def _whole(area: str, year: int, records: Sequence[Record], order: Sequence[str], counts: Counts) -> tuple[Entry, ...]:
    """How many reports of the county name each theme, of those whose section 五 was read."""
    read = [record for record in records if record["state"] != UNREAD]
    named = [sum((str(one["report_id"]), code) in counts for one in read) for code in order]
    return (
        Entry(area, "sum_text"),
        Entry(year, "sum_middle"),
        Entry(say(_SECTION, "whole"), "sum_text"),
        Entry(say(_SECTION, "read", read=len(read), reports=len(records)), "sum_middle"),
        Entry(sum(int(one["statements"]) for one in read), "sum_whole"),
        # where no section was read, nothing is known of any theme
        *(Entry(n if read else None, "sum_whole" if read else "unknown") for n in named),
    )


def _row(record: Record, order: Sequence[str], counts: Counts) -> tuple[Entry, ...]:
    state = str(record["state"])
    found = [counts.get((str(record["report_id"]), code)) for code in order]
    return (
        Entry(str(record["area"])),
        Entry(int(record["year"]), "year"),
        Entry(str(record["township"])),
        Entry(say(_SECTION, f"state_{state}"), _STYLES.get(state, "middle")),
        Entry(None if pd.isna(record["statements"]) else int(record["statements"]), "whole"),
        *(Entry(n, "absent" if state == UNREAD else "count" if n else "middle") for n in found),
    )


def _chart(sheet: Sheet, area: str, year: int, row: int, order: Sequence[str]) -> Chart:
    return Chart(
        kind="bar",
        area=area,
        title=say(_SECTION, "chart", year=year),
        unit=say(_SECTION, "chart_unit"),
        key=KEY,
        sheet=sheet,
        rows=(row,),
        names=(say(_SECTION, "whole"),),
        columns=(_LEFT, _LEFT + len(order) - 1),
    )
