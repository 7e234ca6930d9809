"""What is different between two builds: reports, figures (old → new, with their places), findings. As CHANGES.md."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from govinfo.definitions.labels import figure_labels
from govinfo.definitions.wording import say, words
from govinfo.tables import CORRECTED, FIGURE_KEYS, Tables

# so many reports of a kind, and so many figures, are listed one by one
_MOST = 1000
# what tells that two reports are one, from the surest on: the same bytes, the same file, the same place and year
_SAME = (("report_id",), ("source",), ("province", "city", "county", "township", "year"))
_NEEDED = ("township", "year")
_MARKS = re.compile(r"([\\`*_{}\[\]|#~])")
_CELL = ("value", "status", "locator")
_REGISTER = "corrected"


@dataclass(frozen=True)
class Figure:
    """A figure that is another now, by its labels; `locator` is where it stands, or stood where it is gone."""

    report: str
    table: str
    line: str
    column: str
    old: str
    new: str
    locator: str


@dataclass(frozen=True)
class Changes:
    """What is different. Reports are told by place, year and file; `replaced` have other bytes than before.

    `figures` are those of reports that both builds have; `added_figures` and `removed_figures` count those of reports
    that only one of them has. `first` is whether there was no build before.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    renamed: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    added_figures: int = 0
    removed_figures: int = 0
    new_findings: int = 0
    gone_findings: int = 0
    first: bool = False

    @property
    def any(self) -> bool:
        """Whether anything is different."""
        return self != Changes()


def compare(old: Tables | None, new: Tables) -> Changes:
    """What is different in `new`. Reports of both are compared figure by figure, the others are counted.

    A report is the same if it has the same bytes, else the same file's name, else alone the same place and year.
    """
    if old is None:
        figures, findings = _count(new), len(new.findings)
        return Changes(added=_names(new.reports), added_figures=figures, new_findings=findings, first=True)
    pairs = _pairs(old.reports, new.reports)
    olds, news = set(pairs.values()), set(pairs)
    gone = old.reports[~old.reports["report_id"].isin(olds)]
    come = new.reports[~new.reports["report_id"].isin(news)]
    same = new.reports[new.reports["report_id"].isin(news)]
    before = same["report_id"].map(pairs)
    source = before.map(dict(zip(old.reports["report_id"], old.reports["source"], strict=True)))
    known, now = set(old.findings["finding_id"]), set(new.findings["finding_id"])
    return Changes(
        added=_names(come),
        removed=_names(gone),
        replaced=_names(same[before != same["report_id"]]),
        renamed=_names(same[(before == same["report_id"]) & (source != same["source"])]),
        figures=tuple(_figures(old, new, pairs)),
        added_figures=_count(new, set(come["report_id"])),
        removed_figures=_count(old, set(gone["report_id"])),
        new_findings=len(now - known),
        gone_findings=len(known - now),
    )


def changes_text(changes: Changes) -> str:
    """The changes as a page of markdown, in Chinese; text of reports is escaped."""
    said = words("changes")
    lines = [f"# {said['title']}", ""]
    lines += [said["first"], ""] if changes.first else []
    counts = {
        "added": len(changes.added),
        "removed": len(changes.removed),
        "replaced": len(changes.replaced),
        "renamed": len(changes.renamed),
        "figures": len(changes.figures),
        "added_figures": changes.added_figures,
        "removed_figures": changes.removed_figures,
        "new_findings": changes.new_findings,
        "gone_findings": changes.gone_findings,
    }
    lines += [f"- {say('changes', f'sum_{name}', n=counts[name])}" for name in counts if counts[name]]
    for name in ("added", "removed", "replaced", "renamed"):
        lines += _list(said[name], getattr(changes, name))
    return "\n".join([*lines, *_table(changes.figures)]) + "\n"


def change_sums(changes: Changes) -> dict[str, int]:
    """How much is different, for the run log."""
    lists = {name: len(getattr(changes, name)) for name in ("added", "removed", "replaced", "renamed", "figures")}
    return lists | {"new_findings": changes.new_findings, "gone_findings": changes.gone_findings}


def _pairs(old: pd.DataFrame, new: pd.DataFrame) -> dict[str, str]:
    """The reports that both builds have: the new `report_id` to the old one."""
    pairs: dict[str, str] = {}
    for columns in _SAME:
        left = _by(old[~old["report_id"].isin(set(pairs.values()))], columns)
        right = _by(new[~new["report_id"].isin(pairs)], columns)
        pairs |= {right[key]: left[key] for key in right if key in left}
    return pairs


def _by(reports: pd.DataFrame, columns: Sequence[str]) -> dict[tuple[Any, ...], str]:
    """The reports by these columns, as far as they are known and tell one report from all others."""
    known = reports.dropna(subset=[name for name in columns if name in _NEEDED or len(columns) == 1])
    alone = known[~known.duplicated(list(columns), keep=False)]
    keys = alone[list(columns)].astype("object").where(alone[list(columns)].notna(), None)
    return dict(zip(keys.itertuples(index=False, name=None), alone["report_id"], strict=True))


def _names(reports: pd.DataFrame) -> tuple[str, ...]:
    return tuple(_name(record) for record in reports.to_dict("records"))


def _name(record: Mapping[Any, Any]) -> str:
    place = "".join(str(record[name]) for name in ("county", "township") if not pd.isna(record[name]))
    said = words("check")
    year = said["unknown_year"] if pd.isna(record["year"]) else record["year"]
    return say("changes", "report", place=place or said["unknown_place"], year=year, source=record["source"])


def _count(tables: Tables, ids: set[str] | None = None) -> int:
    """How many figures with a value the reports have."""
    count = 0
    for name in FIGURE_KEYS:
        frame: pd.DataFrame = getattr(tables, name)
        count += int((frame["value"].notna() & (ids is None or frame["report_id"].isin(ids))).sum())
    return count


def _figures(old: Tables, new: Tables, pairs: Mapping[str, str]) -> Iterator[Figure]:
    """The figures of reports that both have whose value or status is another now, in the order of the new tables."""
    names = dict(zip(new.reports["report_id"], _names(new.reports), strict=True))
    forms = dict(zip(new.reports["report_id"], new.reports["form"], strict=True))
    back = {was: now for now, was in pairs.items()}
    for table, keys in FIGURE_KEYS.items():
        left: pd.DataFrame = getattr(old, table)
        left = left[left["report_id"].isin(back)].assign(report_id=lambda frame: frame["report_id"].map(back))
        right: pd.DataFrame = getattr(new, table)
        right = right[right["report_id"].isin(pairs)]
        both = _keyed(right, keys).merge(
            _keyed(left, keys), on=["report_id", *keys, "nth"], how="outer", suffixes=("", "_old")
        )
        for record in both[_differs(both)].sort_values("rank", kind="stable").to_dict("records"):
            line, column = figure_labels(forms[record["report_id"]], table, *(str(record[key]) for key in keys))
            locator = record["locator_old"] if pd.isna(record["locator"]) else record["locator"]
            yield Figure(
                names[record["report_id"]],
                words("codes")[table],
                line,
                column,
                _said(record["value_old"], record["status_old"]),
                _said(record["value"], record["status"]),
                "" if pd.isna(locator) else str(locator),
            )


def _keyed(figures: pd.DataFrame, keys: tuple[str, str]) -> pd.DataFrame:
    """What is compared, with the number of each cell among those of the same line and column.

    A figure that the register of corrections changed has the status of that, and not of how it was read.
    """
    corrected = figures["status_detail"].str.startswith(CORRECTED).fillna(False).astype(bool)
    known = figures[["report_id", *keys, *_CELL]].reset_index(drop=True)
    known["status"] = known["status"].mask(corrected.reset_index(drop=True), _REGISTER)
    return known.assign(nth=known.groupby(["report_id", *keys], dropna=False).cumcount(), rank=range(len(known)))


def _differs(both: pd.DataFrame) -> pd.Series[bool]:
    other = (both["value"] != both["value_old"]).fillna(both["value"].isna() != both["value_old"].isna())
    return other.astype(bool) | (both["status"].fillna("") != both["status_old"].fillna("")).astype(bool)


def _said(value: Any, status: Any) -> str:
    """A figure as it is told: its number, else the word for why there is none."""
    if pd.isna(status):
        return say("changes", "absent")
    said = say("changes", _REGISTER) if status == _REGISTER else words("codes")[f"status_{status}"]
    if pd.isna(value):
        return said
    number = f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return say("changes", "value", value=number, status=said)


def _list(title: str, names: Sequence[str]) -> list[str]:
    if not names:
        return []
    more = [f"- {say('changes', 'more', n=len(names) - _MOST)}"] if len(names) > _MOST else []
    return ["", f"## {title}", "", *(f"- {_plain(name)}" for name in names[:_MOST]), *more]


def _table(figures: Sequence[Figure]) -> list[str]:
    if not figures:
        return []
    said = words("changes")
    heads = [said[f"head_{name}"] for name in ("report", "table", "line", "column", "old", "new", "locator")]
    rows = [[one.report, one.table, one.line, one.column, one.old, one.new, one.locator] for one in figures[:_MOST]]
    lines = ["", f"## {said['figures']}", "", _row(heads), _row(["---"] * len(heads))]
    lines += [_row([_plain(cell) for cell in row]) for row in rows]
    return [*lines, *(["", say("changes", "more", n=len(figures) - _MOST)] if len(figures) > _MOST else [])]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _plain(text: str) -> str:
    """Text of a report without meaning for markdown or HTML, on one line."""
    line = " ".join(text.split()).replace("&", "&amp;").replace("<", "&lt;")
    return _MARKS.sub(r"\\\1", line)
