"""The whole made-up county on disk: raw reports, a manifest, and the truth about them."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from io import StringIO
from itertools import zip_longest
from pathlib import Path
from random import Random
from typing import Any

import pandas as pd

from govinfo.definitions.demo import made_up
from govinfo.definitions.form import Form, forms
from govinfo.demo.county import County, Township, divisions, make_county
from govinfo.demo.docx import DOCX_LAYOUTS, print_docx
from govinfo.demo.faults import Earlier, Fault, put_faults, put_kinds
from govinfo.demo.folder import open_folder
from govinfo.demo.history import township_years
from govinfo.demo.html import HTML_LAYOUTS, print_html
from govinfo.demo.layouts import TEXT_LAYOUTS
from govinfo.demo.paper import Paper, write_paper
from govinfo.demo.pdf import PDF_LAYOUTS, print_pdf
from govinfo.demo.plain import print_markdown, print_text
from govinfo.demo.sentences import fill
from govinfo.demo.truth import truth_rows
from govinfo.demo.xlsx import XLSX_LAYOUTS, print_xlsx
from govinfo.errors import DemoError
from govinfo.gazetteer import place_row
from govinfo.tables import SCHEMA, Tables, typed, write_tables

Row = dict[str, Any]
# The share of reports that still follow the form before.
_OLD_FORM = 0.05
# what is found in the report that counts only
_ACROSS = ("years.", "places.", "publication.")
_FIRST_YEAR, _LAST_YEAR = 2008, 2099
_YEARS = re.compile(r"^(\d{4})(?:-(\d{4}))?$", re.ASCII)
_MARKDOWN = ("pipes", "trailing", "dropped", "paged", "spaced")


@dataclass(frozen=True, slots=True)
class Variant:
    """A way to write a report: its format, the layout of its tables, and what that layout shows.

    `blanks`: that a cell is empty; `grid`: in which column a figure stands; `text`: lines can be damaged in it.
    """

    format: str
    layout: str
    printer: Callable[[Paper, str, Random], bytes]
    blanks: bool = True
    grid: bool = True
    text: bool = False


@dataclass(frozen=True, slots=True)
class _Written:
    """One report: its file below the raw folder, its bytes, and what they were written from."""

    source: str
    data: bytes
    way: Variant
    paper: Paper
    faults: list[Fault]


@dataclass
class _Putting:
    """Which faults are put: some at `random`, and the sets of `kinds` that no report has yet.

    `gaps` is the share of reports that are left out, `earlier` are those written so far whose text others may have
    copied.
    """

    random: bool
    kinds: list[Sequence[str]]
    gaps: float
    earlier: list[Earlier] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Made:
    """What was written: of which county, how many reports, and how many faults in them."""

    county: str
    reports: int
    faults: int


def variants() -> tuple[Variant, ...]:
    """Every format in every layout, by format."""
    found = [Variant("txt", name, print_text, kind.blanks, kind.grid, text=True) for name, kind in TEXT_LAYOUTS.items()]
    chosen = ((name, TEXT_LAYOUTS[name]) for name in _MARKDOWN)
    found += [Variant("md", name, print_markdown, kind.blanks, kind.grid, text=True) for name, kind in chosen]
    found += [Variant("html", name, print_html, grid=name != "dropped") for name in HTML_LAYOUTS]
    found += [Variant("docx", name, print_docx) for name in DOCX_LAYOUTS]
    found += [Variant("xlsx", name, print_xlsx) for name in XLSX_LAYOUTS]
    found += [Variant("pdf", name, print_pdf, blanks=name != "unruled", grid=name != "unruled") for name in PDF_LAYOUTS]
    return tuple(found)


def formats() -> tuple[str, ...]:
    """The formats that reports can be written in."""
    return tuple(dict.fromkeys(variant.format for variant in variants()))


def read_years(text: str) -> list[int]:
    """The years that `2019-2024` or `2021` names, in order.

    Raises
    ------
    DemoError
        `text` is neither a year nor two years, the earlier first, with a hyphen between them.
    """
    match = _YEARS.match(text.strip())
    if match is None or match[1] > (match[2] or match[1]):
        raise DemoError(f"years\n  found     {text}\n  expected  2019-2024 or 2021\n  to do     correct the years")
    first, last = match.groups()
    return list(range(int(first), int(last or first) + 1))


def write_corpus(
    out: Path,
    *,
    townships: int,
    years: Sequence[int],
    formats: Sequence[str],
    seed: int,
    faults: bool = False,
    gaps: float = 0.0,
    kinds: Sequence[Sequence[str]] = (),
) -> Made:
    """Write a made-up county to `out`: `raw/` with one report for each township and year, `truth/` with what they say,
    and `places.csv` with the townships that there are.

    Parameters
    ----------
    out : a new or empty folder, or one that was written by this function; its earlier files are then removed.
    formats : of `formats()`; each layout of each format is taken in turn.
    seed : the same seed and the same other arguments give the same bytes.
    faults : put faults of all kinds into some reports; `truth/faults.csv` says where.
    gaps : the share (0 to 1) of the reports that are never published: they are neither in `raw/` nor in `truth/`. Those
        that have a fault, or a fault of the next year speaks of, are published all the same.
    kinds : sets of kinds of faults (see `govinfo.demo.faults.KINDS`) that are put into a report each, no others.

    Raises
    ------
    DemoError
        An argument is out of range, no form covers a year, or `out` holds files of somebody else.
    """
    _check(years, formats)
    county = make_county(townships, Random(f"{seed} county"))
    ways = _in_turn([way for way in variants() if way.format in formats])
    truths: dict[str, list[pd.DataFrame]] = {name: [] for name in SCHEMA}
    lists: dict[str, list[Row]] = {name: [] for name in ("manifest", "layouts", "faults")}
    putting = _Putting(faults, list(kinds), gaps)
    with open_folder(out) as place:
        for number, township in enumerate(county.townships):
            taken = [ways[(number * len(years) + i) % len(ways)] for i in range(len(years))]
            rows: dict[str, list[Row]] = {name: [] for name in SCHEMA}
            for report in _reports(county, township, years, taken, seed, putting):
                place(f"raw/{report.source}").write_bytes(report.data)
                _note(report, county, rows, lists)
            for name, own in truths.items():
                own.append(typed(name, rows[name]))
        _write_lists(place, county, truths, lists, with_faults=bool(faults or kinds))
    return Made(county.name, len(lists["manifest"]), len(lists["faults"]))


def _write_lists(
    place: Callable[[str], Path],
    county: County,
    truths: dict[str, list[pd.DataFrame]],
    lists: Mapping[str, Sequence[Row]],
    *,
    with_faults: bool,
) -> None:
    """The truth, the manifest, and what else is listed of all reports."""
    # beside the reports, where `load` looks for places that the gazetteer lacks
    places = [place_row(division) for division in divisions(county)]
    truths["places"].append(typed("places", places))
    paths = [place(f"truth/{name}.parquet") for name in SCHEMA]
    tables = Tables(**{name: pd.concat(parts, ignore_index=True) for name, parts in truths.items()})
    write_tables(tables, paths[0].parent)
    place("raw/manifest.csv").write_bytes(_csv(lists["manifest"]))
    place("places.csv").write_bytes(_csv(places))
    place("truth/layouts.csv").write_bytes(_csv(lists["layouts"]))
    if with_faults:
        place("truth/faults.csv").write_bytes(_csv(lists["faults"], [item.name for item in fields(Fault)]))


def _note(report: _Written, county: County, rows: dict[str, list[Row]], lists: dict[str, list[Row]]) -> None:
    """Add what a report truly says to `rows`, and to `lists` where it stands, how it is laid out and what is wrong."""
    way, source = report.way, report.source
    posted = (way.format, way.layout) == ("html", "portal")
    truth = truth_rows(report.paper, source, way.format, report.data, grid=way.grid, posted=posted)
    for name in SCHEMA:
        rows[name] += truth[name]
    rows["reports"][-1]["counted"] = not any(fault.rule == "report.duplicate" for fault in report.faults)
    # what the manifest leaves blank it does not say
    named = next((fault.printed for fault in report.faults if fault.rule == "identity.manifest"), "")
    place = {"township": named, "county": county.name, "city": county.city, "province": county.province}
    lists["manifest"].append({"file": source, **place, "note": made_up("note")})
    form = report.paper.year.form.code
    lists["layouts"].append({"source": source, "form": form, "format": way.format, "layout": way.layout})
    lists["faults"] += [asdict(fault) | {"source": fault.source or source} for fault in report.faults]


def _check(years: Sequence[int], chosen: Sequence[str]) -> None:
    unknown = [name for name in chosen if name not in formats()]
    if unknown or not chosen:
        raise DemoError(
            f"formats\n  found     {', '.join(unknown) or 'none'}\n  expected  all, or some of {', '.join(formats())}\n"
            "  to do     correct the list"
        )
    if not years or years[0] < _FIRST_YEAR or years[-1] > _LAST_YEAR:
        raise DemoError(
            f"years\n  found     {f'{years[0]}-{years[-1]}' if years else 'none'}\n"
            f"  expected  years from {_FIRST_YEAR} to {_LAST_YEAR}, the earlier first\n  to do     ask for other years"
        )


def _in_turn(ways: Sequence[Variant]) -> list[Variant]:
    """The variants in an order in which formats take turns, as evenly as their numbers allow."""
    counts: dict[str, int] = {}
    total = {way.format: sum(1 for other in ways if other.format == way.format) for way in ways}
    ranked = []
    for way in ways:
        place = counts[way.format] = counts.get(way.format, 0) + 1
        ranked.append((place / (total[way.format] + 1), way.format, way))
    return [way for *_, way in sorted(ranked, key=lambda item: item[:2])]


def _plan(years: Sequence[int], random: Random) -> list[tuple[int, Form]]:
    """The form of each year: the official one, now and then the one before it."""
    plan = []
    for year in years:
        official = next((form for form in forms() if form.covers(year)), None)
        if official is None:
            raise DemoError(
                f"years\n  found     {year}\n  expected  a year that a form covers\n  to do     leave it out"
            )
        older = [form for form in forms() if (form.years[0] or 0) < (official.years[0] or 0)]
        plan.append((year, older[0] if older and random.random() < _OLD_FORM else official))
    return plan


def _reports(
    county: County, township: Township, years: Sequence[int], ways: Sequence[Variant], seed: int, putting: _Putting
) -> Iterator[_Written]:
    """The reports of a township, in order of years."""
    random = Random(f"{seed} {township.name}")
    made = township_years(township, _plan(years, random), random)
    papers = [
        write_paper(county, township, year, Random(f"{seed} {township.name} {year.year}"), blanks=way.blanks)
        for year, way in zip(made, ways, strict=True)
    ]
    found = _with_faults(papers, ways, putting, random)
    by_year, name = random.random() < 0.5, random.choice(made_up("files"))
    written = []
    for (paper, noted), way in zip(found, ways, strict=True):
        stem = fill(name, paper.words, {})[0]
        folder = paper.year.year if by_year else township.name
        written.append(_printed(f"{folder}/{stem}.{way.format}", way, paper, noted, seed))
    left_out = Random(f"{seed} {township.name} gaps")
    pairs = list(zip_longest(written, written[1:]))
    written = [own for own, after in pairs if left_out.random() >= putting.gaps or not _may_lack(own, after)]
    # what the next year took over is no text to copy: a third one would be a copy of both
    for own, after in zip_longest(written, written[1:]):
        taken = after is not None and any(fault.rule == "years.copied_text" for fault in after.faults)
        if not own.faults and not taken:
            putting.earlier.append(Earlier(own.source, own.paper))
    yield from (file for own in written for file in _files(own, seed))


def _may_lack(own: _Written, after: _Written | None) -> bool:
    """Whether no fault is lost with the report."""
    compared = after is not None and any(fault.rule.startswith("years.") for fault in after.faults)
    return not own.faults and not compared


def _printed(source: str, way: Variant, paper: Paper, faults: list[Fault], seed: int) -> _Written:
    return _Written(source, way.printer(paper, way.layout, Random(f"{seed} {source}")), way, paper, faults)


def _files(report: _Written, seed: int) -> Iterator[_Written]:
    """The file of a report; and a second one, where that is a fault of it, with all others but those across reports."""
    second = [fault for fault in report.faults if fault.rule == "report.duplicate"]
    own = [fault for fault in report.faults if fault not in second]
    yield replace(report, faults=own)
    if second:
        stem, _, format = report.source.rpartition(".")
        name = f"{stem}{made_up('faults')['second'][0]}.{format}"
        within = [fault for fault in own if not fault.rule.startswith(_ACROSS)]
        file = _printed(name, report.way, report.paper, [*second, *within], seed)
        # printed the same by chance: another file all the same
        yield replace(file, data=file.data + b" ") if file.data == report.data else file


def _with_faults(
    papers: Sequence[Paper], ways: Sequence[Variant], putting: _Putting, random: Random
) -> list[tuple[Paper, list[Fault]]]:
    text, grid = [way.text for way in ways], [way.grid for way in ways]
    if putting.kinds:
        found, put = put_kinds(papers, text, grid, putting.earlier, putting.kinds, random)
        putting.kinds = [kinds for kinds in putting.kinds if kinds not in put]
        return found
    if putting.random:
        return put_faults(papers, text, grid, putting.earlier, random)
    return [(paper, []) for paper in papers]


def _csv(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] = ()) -> bytes:
    stream = StringIO()
    writer = csv.DictWriter(stream, list(columns) or list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue().encode()
