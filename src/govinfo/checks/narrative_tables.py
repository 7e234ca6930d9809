"""Figures of the narrative that a table of the report gives too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from govinfo.checks.contents import Figures, report_figures
from govinfo.checks.findings import Row, Spoken, Subject, make, number_text
from govinfo.checks.narrative_stated import YEAR, Stated, called, is_including
from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.rules import Said, rule_book
from govinfo.tables import LISTED, Tables

_NARRATIVE = Spoken("narrative")
_LITIGATIONS = ("litigation_direct", "litigation_after_reconsideration")
_RESULTS = ("upheld", "corrected", "other", "pending")
_BALANCE = ("requests_received", "requests_carried_over", "requests_answered", "requests_carried_forward")
Cell = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Given:
    """Where a table gives a measure: the cells whose sum it is, by table; the first table that has them counts."""

    rule: str
    cells: Mapping[str, tuple[Cell, ...]]


def _given() -> Mapping[str, _Given]:
    requests = {
        "requests_received": {"requests": (("new", "total"),), LISTED: (("requests_received", ""),)},
        "requests_carried_over": {"requests": (("carried_over", "total"),)},
        "requests_answered": {"requests": (("total", "total"),)},
        "requests_carried_forward": {"requests": (("carried_forward", "total"),)},
    }
    found = {measure: _Given("narrative.requests", cells) for measure, cells in requests.items()}
    documents = {"disclosure": (("normative_documents", "issued"),), LISTED: (("normative_issued", ""),)}
    found["normative_documents"] = _Given("narrative.documents", documents)
    for result in ("", *_RESULTS):
        end, column = (f"_{result}", result) if result else ("", "total")
        for measure, channels in (("reconsideration", ("reconsideration",)), ("litigation", _LITIGATIONS)):
            cells = {"disputes": tuple((channel, column) for channel in channels), LISTED: ((measure + end, ""),)}
            found[f"{measure}s{end}"] = _Given("narrative.disputes", cells)
    return found


_GIVEN = _given()
# the 2019 form counts the documents made
_MADE = (("normative_documents", "made"),)
_INCLUDING = (("new", "total"), ("carried_over", "total"))


def against_tables(
    tables: Tables, stated: Mapping[str, Sequence[Stated]], reports: Mapping[str, Subject]
) -> Iterator[Row]:
    """Findings of `narrative.requests`, `narrative.documents` and `narrative.disputes`: one a measure at most.

    Only exact figures of the year are held against a table, and only where all cells that they need have a figure.
    """
    compared = {
        report_id: [one for one in said if one.period == YEAR and one.measure in _GIVEN]
        for report_id, said in stated.items()
    }
    figures = report_figures(tables, [report_id for report_id, said in compared.items() if said])
    texts = _texts(tables, figures)
    for report_id, said in compared.items():
        if report_id in figures:
            yield from _of_report(reports[report_id], said, figures[report_id], texts)


def _texts(tables: Tables, ids: Iterable[str]) -> Mapping[tuple[str, int], str]:
    rows = tables.narrative[tables.narrative["report_id"].isin(list(ids))]
    keys = zip(rows["report_id"].tolist(), rows["order"].tolist(), strict=True)
    return dict(zip(keys, rows["text"].fillna("").tolist(), strict=True))


def _of_report(
    subject: Subject, said: Sequence[Stated], figures: Figures, texts: Mapping[tuple[str, int], str]
) -> Iterator[Row]:
    seen: set[str] = set()
    whole = [one for one in said if is_including(one, texts.get((subject.report_id, one.order)))]
    new = [one for one in said if one not in whole]
    for one in said:
        if one.measure in seen or (one.measure == "requests_answered" and not _is_of_all(new, figures)):
            continue
        including = one in whole
        cells = _cells(one.measure, figures, including)
        if cells is None:
            continue
        table, named, figure = cells
        if abs(figure - one.value) > 1e-6:
            seen.add(one.measure)
            case = "including" if including else "differ"
            yield _finding(subject, one, table, named, figure, case)


def _cells(measure: str, figures: Figures, including: bool) -> tuple[str, Sequence[Cell], float] | None:
    """The table, the cells and their sum that a measure is held against; None where no table gives all of them."""
    for table, cells in _GIVEN[measure].cells.items():
        wanted = _INCLUDING if including and table == "requests" else cells
        choices = (wanted, _MADE) if table == "disclosure" else (wanted,)
        for choice in choices:
            values = [_value(figures, table, cell) for cell in choice]
            if all(value is not None for value in values):
                return table, choice, sum(value or 0.0 for value in values)
    return None


def _value(figures: Figures, table: str, cell: Cell) -> float | None:
    if table != LISTED:
        return figures.get((table, *cell))
    return next((value for (name, line, _), value in figures.items() if name == table and line == cell[0]), None)


def _is_of_all(said: Sequence[Stated], figures: Figures) -> bool:
    """Whether the text tells all that came in and all that became of it, so that what was answered is all decided.

    Its four figures balance, or the three others are those of the table.
    """
    values = {measure: {one.value for one in said if one.measure == measure} for measure in _BALANCE}
    if any(len(found) != 1 for found in values.values()):
        return False
    told = {measure: found.pop() for measure, found in values.items()}
    received, over, answered, forward = told.values()
    if received + over == answered + forward:
        return True
    cells = {measure: _cells(measure, figures, False) for measure in _BALANCE if measure != "requests_answered"}
    return all(found is not None and abs(found[2] - told[measure]) < 1e-6 for measure, found in cells.items())


def _finding(subject: Subject, one: Stated, table: str, cells: Sequence[Cell], figure: float, case: str) -> Row:
    book = rule_book()
    spots = [_spot(subject.form, table, cell) for cell in cells]
    plus = book.formula["plus"]
    return make(
        subject,
        _GIVEN[one.measure].rule,
        case,
        _NARRATIVE,
        expected=figure,
        found=one.value,
        about=one.measure,
        measure=called(one.measure),
        told=number_text(one.value),
        evidence=one.evidence.replace("\n", ""),
        where=book.tables[table],
        spot=Said(plus.zh.join(spot.zh for spot in spots), plus.en.join(spot.en for spot in spots)),
        figure=number_text(figure),
        difference=number_text(abs(figure - one.value)),
    )


def _spot(form: str, table: str, cell: Cell) -> Said:
    line, column = cell
    label = line_spot(form, table, line).short
    if not column:
        return Said(label, line)
    return Said(f"{label} {column_spot(form, table, column).short}", f"{line}.{column}")
