"""The data contract: tables, columns and dtypes; parquet in and out.

A table is declared once, below; everything that makes or reads a frame goes through `typed`, so that an
empty answer has all its columns and a full one never has others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from govinfo.definitions.figure_keys import CORRECTED as CORRECTED
from govinfo.definitions.figure_keys import FIGURE_KEYS as FIGURE_KEYS
from govinfo.definitions.figure_keys import LISTED as LISTED
from govinfo.errors import TablesError
from govinfo.rich import tables_html, tables_text

DTYPES = {
    "string": pa.string(),
    "Int8": pa.int8(),
    "Int16": pa.int16(),
    "Int32": pa.int32(),
    "Int64": pa.int64(),
    "Float64": pa.float64(),
    "boolean": pa.bool_(),
    "datetime64[ns]": pa.timestamp("ns"),
}


def _columns(*names: str, **dtypes: str) -> dict[str, str]:
    """Columns in order: plain names are strings, `name: dtype` in `dtypes` says otherwise."""
    return {name: dtypes.get(name, "string") for name in names}


# What the cell says, what it means, how sure the reading is, where it stood. `printed` holds the figures of a
# line as printed where they did not fit the form's columns.
_CELL = ("value", "raw", "status", "status_detail", "locator", "printed")

SCHEMA: Mapping[str, Mapping[str, str]] = {
    "reports": _columns(
        *("report_id", "source", "format", "form", "level", "issuer"),
        *("township", "county", "city", "province", "division_code", "nbs_code"),
        *("year", "year_source", "place_source", "published_on", "title", "counted", "note", "status"),
        *("cells_expected", "cells_found", "sha256", "url", "retrieved_on"),
        **{"year": "Int16", "published_on": "datetime64[ns]", "counted": "boolean"},
        **{"cells_expected": "Int32", "cells_found": "Int32", "retrieved_on": "datetime64[ns]"},
    ),
    "disclosure": _columns("report_id", "article", "item", "measure", "unit", *_CELL, value="Float64"),
    "requests": _columns("report_id", "line", "category", "reason", "applicant", *_CELL, value="Int64"),
    "disputes": _columns("report_id", "channel", "result", *_CELL, value="Int64"),
    "statistics": _columns("report_id", "line", "parent", "label", "unit", *_CELL, value="Float64"),
    "narrative": _columns("report_id", "order", "section", "role", "heading", "text", order="Int8", section="Int8"),
    "mentions": _columns(
        *("report_id", "order", "measure", "category", "value", "unit", "approximate", "period", "evidence"),
        *("start", "end"),
        **{"order": "Int8", "value": "Float64", "approximate": "boolean", "start": "Int32", "end": "Int32"},
    ),
    "problems": _columns(
        *("report_id", "kind", "ordinal", "text", "order", "start", "end"),
        **{"ordinal": "Int16", "order": "Int8", "start": "Int32", "end": "Int32"},
    ),
    "problem_themes": _columns(
        *("report_id", "kind", "ordinal", "theme", "evidence", "confidence", "guess"),
        **{"ordinal": "Int16", "confidence": "Float64"},
    ),
    "findings": _columns(
        *("finding_id", "report_id", "rule", "severity", "table", "line", "column", "expected", "found"),
        *("message", "message_en", "locator"),
        # what an official said of it in the register of remarks
        *("remark_status", "remark", "remark_by", "remark_on"),
        remark_on="datetime64[ns]",
    ),
    "rejects": _columns("source", "sha256", "reason", "message"),
    # lines with figures that the report's form does not have, as printed; not part of the outside contract
    "unknown_lines": _columns("report_id", "table", "label", "printed", "locator"),
    # what each report says of who and when, one row a statement (see `Statement`); not part of the contract
    "identity": _columns("report_id", "aspect", "value", "division_code", "source", "role", "evidence", "locator"),
    # the divisions that `places.csv` adds to the gazetteer; not part of the contract
    "places": _columns(
        *("province", "city", "county", "township", "division_code", "first", "last"), first="Int16", last="Int16"
    ),
    # the register of known misprints, and what became of each of its lines (`state`); not part of the contract
    "corrections": _columns(
        *("source", "sha256", "table", "line", "column", "as_printed", "corrected", "reason"),
        *("decided_by", "decided_on", "report_id", "state", "printed", "locator"),
        decided_on="datetime64[ns]",
    ),
    # the register of remarks on findings, and whether each still has its finding (`state`); not part of the contract
    "remarks": _columns("finding_id", "status", "remark", "who", "when", "message", "state", when="datetime64[ns]"),
}

# the tables whose rows belong to no report, or also to reports that are not there
_OF_ALL = ("rejects", "places", "corrections", "remarks")


def as_printed(figure: Mapping[Any, Any]) -> str:
    """What the cell of a figure prints; where the figures of its line did not fit the columns, what the line prints.

    `figure` is a row of a table of figures. Empty where nothing is printed.
    """
    return next((str(figure[name]) for name in ("raw", "printed") if not pd.isna(figure[name])), "")


def typed(name: str, rows: Iterable[Mapping[str, Any]] | pd.DataFrame = ()) -> pd.DataFrame:
    """A frame of the table `name` with exactly its declared columns and dtypes.

    Parameters
    ----------
    name : a table of `SCHEMA`.
    rows : records or a frame; columns that are absent become null, undeclared ones are refused.

    Raises
    ------
    TablesError
        A row has a column that the contract does not declare.
    """
    schema = SCHEMA[name]
    if isinstance(rows, pd.DataFrame):
        columns: dict[str, Any] = {str(column): rows[column] for column in rows.columns}
        index: Any = range(len(rows))
    else:
        records = list(rows)
        seen = {key for record in records for key in record}
        columns = {key: [record.get(key) for record in records] for key in seen}
        index = range(len(records))
    extra = set(columns) - set(schema)
    if extra:
        raise TablesError(
            f"table {name}\n  found     columns {sorted(extra)}\n  expected  {list(schema)}\n"
            "  to do     leave these out"
        )
    data = {column: _series(columns.get(column), dtype, index) for column, dtype in schema.items()}
    return pd.DataFrame(data)


def _series(values: Any, dtype: str, index: Any) -> pd.Series[Any]:
    if values is None:
        values = [None] * len(index)
    if isinstance(values, pd.Series):
        values = values.array
    if dtype == "datetime64[ns]":
        return pd.to_datetime(pd.Series(values, index=index)).astype("datetime64[ns]")
    return pd.Series(values, index=index, dtype=pd.api.types.pandas_dtype(dtype))


@dataclass(frozen=True, repr=False)
class Tables:
    """The tables of the data contract in memory, one typed frame each (see SCHEMA)."""

    reports: pd.DataFrame = field(default_factory=lambda: typed("reports"))
    disclosure: pd.DataFrame = field(default_factory=lambda: typed("disclosure"))
    requests: pd.DataFrame = field(default_factory=lambda: typed("requests"))
    disputes: pd.DataFrame = field(default_factory=lambda: typed("disputes"))
    statistics: pd.DataFrame = field(default_factory=lambda: typed("statistics"))
    narrative: pd.DataFrame = field(default_factory=lambda: typed("narrative"))
    mentions: pd.DataFrame = field(default_factory=lambda: typed("mentions"))
    problems: pd.DataFrame = field(default_factory=lambda: typed("problems"))
    problem_themes: pd.DataFrame = field(default_factory=lambda: typed("problem_themes"))
    findings: pd.DataFrame = field(default_factory=lambda: typed("findings"))
    rejects: pd.DataFrame = field(default_factory=lambda: typed("rejects"))
    unknown_lines: pd.DataFrame = field(default_factory=lambda: typed("unknown_lines"))
    identity: pd.DataFrame = field(default_factory=lambda: typed("identity"))
    places: pd.DataFrame = field(default_factory=lambda: typed("places"))
    corrections: pd.DataFrame = field(default_factory=lambda: typed("corrections"))
    remarks: pd.DataFrame = field(default_factory=lambda: typed("remarks"))

    def select(
        self,
        *,
        provinces: Sequence[str] = (),
        cities: Sequence[str] = (),
        counties: Sequence[str] = (),
        townships: Sequence[str] = (),
        years: Sequence[int] = (),
        counted_only: bool = True,
    ) -> Tables:
        """The same tables, cut to the reports of these places and years (none given: all).

        An empty text among names of places asks for the reports of which that place is not known. Reports that are set
        aside as duplicates are left out unless `counted_only` is false. `rejects`, `places` and the registers are kept
        whole: a file that gave no report has no township.
        """
        places = {"province": provinces, "city": cities, "county": counties, "township": townships}
        keep = pick_reports(self.reports, places, years, counted_only)
        ids = set(keep["report_id"])
        cut = {"reports": keep.reset_index(drop=True), **{name: getattr(self, name) for name in _OF_ALL}}
        for item in fields(self):
            if item.name not in cut:
                frame: pd.DataFrame = getattr(self, item.name)
                cut[item.name] = frame[frame["report_id"].isin(ids)].reset_index(drop=True)
        return Tables(**cut)

    def of(self, which: str) -> Tables:
        """The same tables, cut to one report, counted or not; in a notebook it shows in full.

        Parameters
        ----------
        which : its `report_id` or its `source`.

        Raises
        ------
        TablesError
            There is no such report; the message names near ones.
        """
        reports = self.reports
        found = reports[(reports["report_id"] == which) | (reports["source"] == which)]
        if found.empty:
            known = [*reports["source"].dropna(), *reports["report_id"].dropna()]
            near = get_close_matches(which, known, n=3, cutoff=0.4) or known[:3]
            raise TablesError(
                f"{which}\n  found     no report of that source or report_id\n"
                f"  expected  {' or '.join(near) or 'none: there are no reports'}\n"
                "  to do     take one of reports['source']"
            )
        ids = set(found["report_id"])
        rows = {item.name: getattr(self, item.name) for item in fields(self)}
        own = {name: frame[frame["report_id"].isin(ids)] for name, frame in rows.items() if "report_id" in frame}
        return Tables(**{name: frame.reset_index(drop=True) for name, frame in own.items()})

    def _repr_html_(self) -> str:
        """What a notebook shows: counts of reports, findings and rows; a single report in full. Escaped."""
        return tables_html(vars(self))

    def __repr__(self) -> str:
        return tables_text(vars(self))


def pick_reports(
    reports: pd.DataFrame, places: Mapping[str, Sequence[str]], years: Sequence[int] = (), counted_only: bool = True
) -> pd.DataFrame:
    """The rows of the reports that `Tables.select` keeps; `places` are names by column."""
    keep = reports
    if counted_only:
        keep = keep[keep["counted"].fillna(True)]
    for column, names in places.items():
        if names:
            keep = keep[keep[column].fillna("").isin(list(names))]
    return keep[keep["year"].isin(list(years))] if years else keep


def write_tables(tables: Tables, folder: Path | str) -> None:
    """Write each table to `folder/<table>.parquet` with its declared types; same tables, same bytes."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in SCHEMA.items():
        frame: pd.DataFrame = getattr(tables, name)
        arrow_schema = pa.schema([(column, DTYPES[dtype]) for column, dtype in schema.items()])
        arrow = pa.Table.from_pandas(frame, schema=arrow_schema, preserve_index=False)
        temporary = folder / f".{name}.parquet.part"
        pq.write_table(arrow, temporary, compression="zstd")
        temporary.replace(folder / f"{name}.parquet")


def read_tables(folder: Path | str) -> Tables:
    """The tables that `write_tables` (or `govinfo load -o`) wrote to `folder`.

    Raises
    ------
    TablesError
        `folder` lacks one of the tables, or one of them lacks a declared column.
    """
    return Tables(**{name: read_table(folder, name) for name in SCHEMA})


def read_table(folder: Path | str, name: str) -> pd.DataFrame:
    """One of the tables that `write_tables` wrote to `folder`.

    Raises
    ------
    TablesError
        It is not there, or lacks a declared column.
    """
    path, schema = Path(folder) / f"{name}.parquet", SCHEMA[name]
    if not path.exists():
        raise TablesError(
            f"{folder}\n  found     no table {name}\n  expected  {name}.parquet (a file or a folder)\n"
            f"  to do     run `govinfo load RAW -o {folder}` first"
        )
    frame = pd.read_parquet(path)
    missing = [column for column in schema if column not in frame.columns]
    if missing:
        raise TablesError(
            f"{path}\n  found     no column {missing[0]}\n  expected  {list(schema)}\n  to do     load the reports anew"
        )
    return typed(name, frame[list(schema)])
