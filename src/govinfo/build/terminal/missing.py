"""Who has not published, as an official reads it: on the terminal, as a list for a spreadsheet, as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from govinfo.definitions.wording import say, words
from govinfo.errors import ConfigError
from govinfo.gazetteer import gazetteer
from govinfo.sheet_text import harmless

_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")
# why a township is doubtful, in the order in which they are told
_REASONS = ("between_lists", "place_unknown", "year_unknown", "renamed")
# a cell that begins so is a formula to spreadsheets


def read_years(text: str) -> list[int]:
    """The years that `2020-2023`, `2021` or `2018,2020-2022` names, in order.

    Raises
    ------
    ConfigError
        A part is neither a year nor two years, the earlier first, with a hyphen between them.
    """
    years: set[int] = set()
    for part in text.split(","):
        match = _YEARS.fullmatch(part.strip())
        if match is None or match[1] > (match[2] or match[1]):
            raise ConfigError("years", repr(text), "2020-2023, 2021 or 2018,2020-2022", "correct the years")
        years.update(range(int(match[1]), int(match[2] or match[1]) + 1))
    return sorted(years)


def exit_code(by_year: pd.DataFrame) -> int:
    """2 where a year could not be judged, 1 where a report is missing or may be, else 0."""
    if not bool(by_year["judged"].all()):
        return 2
    return int((by_year["missing"] + by_year["uncertain"]).sum() > 0)


def missing_text(by_year: pd.DataFrame, missing: pd.DataFrame) -> str:
    """Year by year how many have published and who has not, and what makes the answer doubtful.

    `by_year` and `missing` are the answers of `published_by_year` and `missing_reports` to one question.
    """
    area = "".join(str(name) for name in by_year.iloc[0][["province", "city", "county"]] if pd.notna(name))
    first, last = by_year["year"].min(), by_year["year"].max()
    span = str(first) if first == last else say("missing", "span", first=first, last=last)
    lines = [say("missing", "title", area=area, span=span)]
    for year in by_year.to_dict("records"):
        lines.extend(_year(year, missing[missing["year"] == year["year"]]))
    unplaced = int(by_year["unplaced"].max())
    if unplaced:
        lines.append(say("missing", "unplaced", n=unplaced))
    return "\n".join(lines) + "\n"


def missing_csv(missing: pd.DataFrame) -> str:
    """The rows of `missing_reports` with Chinese heads, for a spreadsheet."""
    told = words("missing")
    shown = missing.astype(object).where(missing.notna(), None)
    shown["status"] = [told[f"status_{code}"] for code in missing["status"]]
    shown["reason"] = [None if pd.isna(code) else told[f"reason_{code}"] for code in missing["reason"]]
    shown["due"] = missing["due"].dt.date
    for column in ("province", "city", "county", "township", "division_code"):
        shown[column] = [name if name is None else harmless(name) for name in shown[column]]
    return shown.rename(columns={column: told[f"head_{column}"] for column in missing.columns}).to_csv(index=False)


def missing_json(by_year: pd.DataFrame, missing: pd.DataFrame) -> str:
    """Both answers as JSON, under `by_year` and `missing`."""
    frames = {"by_year": by_year, "missing": missing}
    rows = {name: [_plain(row) for row in frame.to_dict("records")] for name, frame in frames.items()}
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def write_missing(path: Path, missing: pd.DataFrame) -> None:
    """Write the rows of `missing_reports` to a CSV file that spreadsheets open as it is; one there is replaced."""
    path.write_text(missing_csv(missing), encoding="utf-8-sig", newline="")


def _year(year: Mapping[Any, Any], missing: pd.DataFrame) -> Iterator[str]:
    if not year["judged"]:
        why = say("missing", year["reason"], first=gazetteer().editions[0])
        yield say("missing", "not_judged", year=year["year"], why=why)
        return
    told = {name: year[name] for name in ("year", "edition", "listed", "published")}
    yield say("missing", "year", due=year["due"].date(), **told)
    if missing.empty:
        yield say("missing", "all")
    for key, rows in _groups(missing):
        if rows.empty:
            continue
        names = say("missing", "join").join(rows["township"])
        yield say("missing", key, n=len(rows), names=names, year=year["year"])


def _groups(missing: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows by what is told of them, those surely missing first."""
    for status in ("missing", "not_due"):
        yield status, missing[missing["status"] == status]
    doubtful = missing[missing["status"] == "uncertain"]
    for reason in _REASONS:
        yield reason, doubtful[doubtful["reason"] == reason]


def _plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    days = {name: value.date().isoformat() for name, value in row.items() if isinstance(value, pd.Timestamp)}
    return {str(name): None if pd.isna(value) else days.get(name, value) for name, value in row.items()}
