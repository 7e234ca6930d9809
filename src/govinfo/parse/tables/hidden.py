"""Lines that are missing because the file holds them where they are not shown."""

from __future__ import annotations

from collections.abc import Sequence

from govinfo.definitions.form import Form
from govinfo.parse.tables.labels import label_index
from govinfo.parse.tables.laying import lay_labels
from govinfo.parse.tables.placed import PlacedCell
from govinfo.readers.document import Cell

HIDDEN = "hidden"


def with_hidden(placed: Sequence[PlacedCell], hidden: Sequence[Cell], form: Form | None) -> list[PlacedCell]:
    """The cells of a form; those missing whose line `hidden` holds say so in their detail, and where it stands.

    They stay missing: what is not printed may be another year's, or an old copy.
    """
    if form is None or not any(cell.status == "missing" for cell in placed if hidden):
        return list(placed)
    tables, _ = lay_labels(hidden, label_index(form))
    places = {
        (name, line.line.code): line.place
        for name, table in tables.items()
        for line in table.lines
        if line.line is not None
    }
    return [
        cell._replace(detail=f"{cell.detail}; {HIDDEN}", place=places[cell.table.name, cell.line.code])
        if cell.status == "missing" and (cell.table.name, cell.line.code) in places
        else cell
        for cell in placed
    ]
