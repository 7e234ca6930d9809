"""Every figure that a form asks for: what it is called, in what unit, which forms have it, and whether they compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from govinfo.definitions.form import Column, Form, FormTable, Line, forms
from govinfo.definitions.labels import column_spot, line_spot
from govinfo.definitions.wording import say, words
from govinfo.questions.volume.disclosure_volume import COMPARABLE
from govinfo.tables import FIGURE_KEYS, LISTED

_SECTION = "sheet_notes"
# table, line, column; a null stands for all of them
Key = tuple[str, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure of the forms in words: the table, its name with the unit, what it means, and the forms' sources."""

    table: str
    name: str
    meaning: str
    basis: str


def measures() -> Iterator[Measure]:
    """The figures of all forms, table by table in the order of the newest form that has each."""
    found: dict[Key, dict[str, tuple[Form, str, str | None]]] = {}
    for form in forms():
        for key, label, unit in _asked(form):
            found.setdefault(key, {}).setdefault(form.code, (form, label, unit))
    order = list(FIGURE_KEYS)
    for key in sorted(found, key=lambda key: order.index(key[0])):
        own = list(found[key].values())
        _, label, unit = own[0]
        name = label if unit is None else label + say(_SECTION, "unit", unit=words("codes").get(f"unit_{unit}", unit))
        basis = say("workbook", "join").join(form.source for form, *_ in own)
        yield Measure(key[0], name, _meaning(key, [(form, label) for form, label, _ in own]), basis)


def _asked(form: Form) -> Iterator[tuple[Key, str, str | None]]:
    """The figures of one form: key, label and unit."""
    for table in form.tables:
        for block in table.blocks:
            for line in block.lines:
                for column in block.columns:
                    yield from _figure(form, table, line, column)


def _figure(form: Form, sheet: FormTable, line: Line, column: Column) -> Iterator[tuple[Key, str, str | None]]:
    """What one cell asks: lines and applicants of table three are told apart, as each holds for all of the others."""
    table = sheet.name
    if table == LISTED:
        label, parent = line_spot(form.code, table, line.code).label, sheet.parent(line.code)
        if parent is not None:
            label = say(_SECTION, "measure_line", line=line_spot(form.code, table, parent).plain, column=label)
        yield (table, line.code, None), label, line.unit
    elif table == "requests":
        yield (table, line.code, None), line_spot(form.code, table, line.code).label, "documents"
        applicant = column_spot(form.code, table, column.code).label
        yield (table, None, column.code), say(_SECTION, "measure_applicant", label=applicant), None
    else:
        row = column.group or line.code
        left, top = line_spot(form.code, table, row).label, column_spot(form.code, table, column.code).plain
        unit = column.unit or ("documents" if column.group else None)
        yield (table, row, column.code), say(_SECTION, "measure_line", line=left, column=top.split("(")[0]), unit


def _meaning(key: Key, own: list[tuple[Form, str]]) -> str:
    if len(own) == 1:
        return say(_SECTION, "measure_own", form=form_name(own[0][0]))
    told = say(_SECTION, "semicolon").join(
        say(_SECTION, "measure_form", form=form_name(form), label=label) for form, label in own
    )
    if len({label for _, label in own}) == 1:
        told = say("workbook", "join").join(form_name(form) for form, _ in own)
    alike = key[0] != "disclosure" or key[2] in COMPARABLE
    return say(_SECTION, "measure_alike" if alike else "measure_apart", forms=told)


def form_name(form: Form) -> str:
    """What officials call a form; the code of one that the wording does not name."""
    return words("codes").get(f"form_{form.code}", form.code)
