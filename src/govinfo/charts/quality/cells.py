"""How the cells of the tables were read."""

from __future__ import annotations

import pandas as pd

from govinfo.charts.chart import Chart
from govinfo.charts.part_bars import BAD, DOUBT, GOOD, SOFT, Bars, part_bars
from govinfo.charts.parts import Part
from govinfo.charts.quality.finding_rules import newest_first
from govinfo.charts.shown import Table, Words
from govinfo.charts.style import COLOURS
from govinfo.charts.table import code_word, number, tidy
from govinfo.definitions.wording import say
from govinfo.questions.coverage import reread_lines
from govinfo.questions.quality.cell_statuses import KNOWN, LOST
from govinfo.tables import FIGURE_KEYS, LISTED, Tables

# what is drawn, and which statuses it holds; cells that were read as they stand are not drawn
_GROUPS = {
    "cell_lost": ("ambiguous", "unreadable"),
    "cell_missing": ("missing",),
    "cell_repaired": ("repaired",),
    "cell_corrected": ("corrected",),
    "cell_blank": ("blank", "not_applicable"),
}
_COLOURS = {
    "cell_lost": BAD,
    "cell_missing": DOUBT,
    "cell_repaired": COLOURS[0],
    "cell_corrected": GOOD,
    "cell_blank": SOFT,
}
_DARK = ("cell_lost", "cell_repaired")


def cell_chart(cells: pd.DataFrame) -> Chart | Words:
    """What part of each table's cells, form by form, was not simply read (answer of `cell_statuses`)."""
    if cells.empty:
        return Words((say("quality", "cells_none"),))
    title = _title(cells)
    odd = cells[~cells["status"].isin(("read", "aligned"))]
    if odd.empty:
        return Words((say("quality", "cells_all_read", title=title),))
    group = {status: name for name, statuses in _GROUPS.items() for status in statuses}
    rows = cells.drop_duplicates(["table", "form"])[["table", "form", "of"]].reset_index(drop=True)
    shares = odd.assign(group=odd["status"].map(group)).pivot_table(
        index=["table", "form"], columns="group", values="share", aggfunc="sum"
    )
    counts = odd.groupby(["table", "form"])["cells"].sum()
    keys = pd.MultiIndex.from_frame(rows[["table", "form"]])
    numbers = 100 * shares.reindex(keys).astype(float).fillna(0.0)
    ends = [
        say("quality", "cells_count", n=int(counts.get(key, 0)), of=int(of))
        for key, of in zip(keys, rows["of"], strict=True)
    ]
    labels = [_row(table, form) for table, form in keys]
    parts = {name: Part(say("quality", name), _COLOURS[name], name not in _DARK) for name in _GROUPS}
    heading = Bars("cell_statuses", title, say("quality", "cells_caption"), axis="{x:g}%")
    return part_bars(numbers.set_axis(labels), parts, heading, cells, ends)


def _row(table: object, form: object) -> str:
    if table == LISTED:
        return code_word(str(form), "form_")
    return say("quality", "cells_row", table=code_word(str(table)).split()[0], form=code_word(str(form), "form_"))


def _title(cells: pd.DataFrame) -> str:
    of = int(cells["cells"].sum())
    sums = {name: int(cells.loc[cells["status"].isin(list(held)), "cells"].sum()) for name, held in _GROUPS.items()}
    lost = int(cells.loc[cells["status"].isin(LOST), "cells"].sum())
    known = int(cells.loc[cells["status"].isin(KNOWN), "cells"].sum())
    told = [
        say("quality", f"cells_{name}", n=number(sums[f"cell_{name}"]))
        for name in ("blank", "repaired", "corrected")
        if sums[f"cell_{name}"]
    ]
    more = say("quality", "cells_more", parts=say("quality", "join").join(told)) if told else ""
    told_of = {"of": number(of), "known": number(known), "more": more}
    if not lost:
        return say("quality", "cells_whole", **told_of)
    return say("quality", "cells_title", lost=number(lost), share=f"{lost / of:.2%}", **told_of)


def cell_table(cells: pd.DataFrame) -> list[Table | Words]:
    """The figures behind the chart."""
    if cells.empty:
        return []
    rows = cells.rename(columns={"cells": "cells_n", "of": "of_cells", "reports": "reports_n"}).assign(
        cell_status=[_status(status) for status in cells["status"]],
        cell_share=[f"{share:.2%}" for share in cells["share"]],
    )
    columns = ["table", "form", "cell_status", "cells_n", "of_cells", "cell_share", "reports_n"]
    return [tidy(rows, columns, caption=say("quality", "cells_table"), folded=True)]


def _status(status: str) -> str:
    return say("quality", "cell_corrected") if status == "corrected" else code_word(status, "status_")


def reread_tables(tables: Tables) -> list[Table | Words]:
    """The lines that were repaired or could not be read, a table for each table of the form that has any."""
    shown: list[Table | Words] = []
    for name in FIGURE_KEYS:
        rows = newest_first(reread_lines(tables, name))
        if len(rows):
            columns = ["year", "county", "township", "line_label", "printed", "repaired", "uncertain", "locator"]
            caption = say("quality", "reread_table", table=code_word(name))
            shown.append(tidy(rows, columns, caption=caption, folded=True))
    return shown
