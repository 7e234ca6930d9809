"""Reports of townships of one county, for tests of sums and sheets: all figures 0 unless said otherwise."""

from __future__ import annotations

import hashlib
from typing import Any

from filled_reports import filled, form, lost

from govinfo.tables import Tables, typed

NEW = ("requests", "new", "total")
TOTAL = ("requests", "total", "total")
GRANTED = ("requests", "granted", "total")
# figures that are the same in all reports, so that there is something to draw
OTHERS = {
    GRANTED: 3,
    TOTAL: 3,
    ("disclosure", "administrative_licensing", "decisions"): 9,
    ("disclosure", "administrative_penalties", "decisions"): 2,
    ("disputes", "reconsideration", "total"): 1,
}
TOWNS = ("甲镇", "乙镇", "丙乡", "丁乡")


def report(town: str, year: int, code: str | None = None, **more: Any) -> Tables:
    """The report of one township and year, all figures 0 unless said otherwise."""
    code = code or ("2021" if year > 2020 else "2019")
    said = {"report_id": f"{town}{year}", "township": town, "year": year, "source": f"{town}{year}.txt"}
    said |= {"county": "示例县", "city": "示范市", "province": "虚构省", "sha256": digest(town, year)}
    tables = filled(code, **{**said, **more})
    lines = {line.code: line.category for block in form(code).table("requests").blocks for line in block.lines}
    requests = tables.requests.assign(category=tables.requests["line"].map(lines))
    return Tables(**{**vars(tables), "requests": typed("requests", requests)})


def digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def with_value(town: str, year: int, value: int | None, **more: Any) -> Tables:
    """A report whose number of new requests is `value`, or lost."""
    if value is None:
        return report(town, year, cells={NEW: lost()}, values=OTHERS, **more)
    return report(town, year, values={NEW: value, **OTHERS}, **more)
