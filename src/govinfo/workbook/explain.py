"""The sheet of notes: marks, statuses, sums, every figure of every form, themes, rules, forms."""

from __future__ import annotations

from collections.abc import Iterator

from govinfo.definitions.form import Form, forms
from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.rules import rule_book, rules
from govinfo.definitions.themes import themes
from govinfo.definitions.wording import say, words
from govinfo.workbook.explain_measures import form_name, measures
from govinfo.workbook.figures import FIGURES, Figure, one_line
from govinfo.workbook.sheets import Entry, Head, Sheet

STATUSES = ("read", "aligned", "repaired", "ambiguous", "blank", "not_applicable", "missing", "unreadable")
_SECTION = "sheet_notes"
Row = tuple[Entry, ...]


def notes_sheet(counted: str) -> Sheet:
    """The sheet 口径说明: one row per mark, status, way of computing, figure, theme, rule and form, with its source."""
    text = words("workbook")
    rows = (*_marks(), *_statuses(), *_computed(), *_figures(), *_measures(), *_themes(), *_rules(), *_forms())
    return Sheet(
        name=text["sheet_notes"],
        title=text["notes_title"],
        remarks=(text["notes_unit"], say("workbook", "notes_source", counted=counted)),
        heads=(
            Head(text["head_kind"], 14, 16),
            Head(text["head_name"], 22, 34),
            Head(text["head_meaning"], 40, 84),
            Head(text["head_basis"], 24, 52),
        ),
        rows=rows,
        frozen=2,
    )


def _row(kind: str, name: str, meaning: str, basis: str) -> Row:
    return _noted(say("workbook", f"kind_{kind}"), name, meaning, basis)


def _marks() -> Iterator[Row]:
    text = words(_SECTION)
    for mark in ("red", "yellow", "green"):
        yield _noted(text["kind_mark"], text[f"mark_{mark}"], text[f"mark_{mark}_means"], text["mark_basis"])


def _computed() -> Iterator[Row]:
    text = words(_SECTION)
    for name in ("sum", "share", "change", "missing", "duplicate"):
        meaning = text[f"computed_{name}_means"]
        yield _noted(text["kind_computed"], text[f"computed_{name}"], meaning, text["computed_basis"])


def _measures() -> Iterator[Row]:
    for one in measures():
        kind = say(_SECTION, "kind_measure", table=rule_book().tables[one.table].zh)
        yield _noted(kind, one.name, one.meaning, one.basis)


def _themes() -> Iterator[Row]:
    for theme in themes():
        yield _noted(say(_SECTION, "kind_theme"), theme.label, theme.belongs, say(_SECTION, "theme_basis"))


def _noted(kind: str, name: str, meaning: str, basis: str) -> Row:
    return (Entry(kind), Entry(name), Entry(meaning), Entry(basis))


def _statuses() -> Iterator[Row]:
    for status in STATUSES:
        meaning = say("workbook", f"status_{status}")
        yield _row("status", say("codes", f"status_{status}"), meaning, say("workbook", "status_basis"))


def _figures() -> Iterator[Row]:
    for figure in FIGURES:
        there = [form for form in forms() if _has(form, figure)]
        places = {_place(form, figure): form for form in there}
        if len(there) == len(places) == 1:
            meaning = say("workbook", "figure_own", place=_of_form(there[0], figure))
        elif len(places) == 1:
            meaning = say("workbook", "figure_all", place=next(iter(places)))
        else:
            both = say("workbook", "semicolon").join(_of_form(form, figure) for form in there)
            meaning = say("workbook", "figure_all", place=both)
        basis = say("workbook", "join").join(form.source for form in there)
        yield _row("figure", one_line(figure.head), meaning, basis)


def _of_form(form: Form, figure: Figure) -> str:
    return say("workbook", "figure_form", form=form_name(form), place=_place(form, figure))


def _has(form: Form, figure: Figure) -> bool:
    table = form.table(figure.table)
    return table is not None and any(
        line.code == figure.line and column.code == figure.column
        for block in table.blocks
        for line in block.lines
        for column in block.columns
    )


def _place(form: Form, figure: Figure) -> str:
    return say(
        "workbook",
        "figure_place",
        table=say("codes", figure.table).split()[0],
        line=line_spot(form.code, figure.table, figure.line).label,
        column=column_spot(form.code, figure.table, figure.column).label,
    )


def _rules() -> Iterator[Row]:
    for rule in rules().values():
        severity = say("codes", f"severity_{rule.severity}")
        meaning = say("workbook", "rule_text", severity=severity, holds=rule.holds.zh, why=rule.why.zh)
        yield _row("rule", rule.code, meaning, rule.source)


def _forms() -> Iterator[Row]:
    for form in forms():
        size = sum(table.size for table in form.tables)
        meaning = say("workbook", "form_cells", years=_years(form), tables=len(form.tables), cells=size)
        yield _row("form", form_name(form), meaning, f"{form.source} {form.title}")


def _years(form: Form) -> str:
    first, last = form.years
    if first is None:
        return say("workbook", "form_until", last=last)
    if last is None:
        return say("workbook", "form_since", first=first)
    return say("workbook", "form_years", first=first, last=last)
