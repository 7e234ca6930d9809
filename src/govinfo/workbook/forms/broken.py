"""Which of the form's equations the sums of a county break, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govinfo.definitions.labels import figure_labels
from govinfo.definitions.wording import say, words
from govinfo.workbook.forms.grid import Key
from govinfo.workbook.forms.relations import Relation, difference, relations_of
from govinfo.workbook.forms.sums import Sums, joined

_SECTION = "document"
# sides of more figures are told as one sum
_MOST_TERMS = 2


def broken_sums(sums: Sums, values: Mapping[Key, Any]) -> Iterator[str]:
    """A sentence for each equation that `values`, the sums by figure, break: both sides, the difference, and whose."""
    for table in sums.grid.form.tables:
        for relation in relations_of(table):
            apart = difference(relation, values, "")
            if isinstance(apart, str) or apart == 0:
                continue
            key = relation.left[0]
            over_lines = relation.equation.for_each == "column"
            yield say(
                _SECTION,
                "broken",
                table=(words("codes").get(key[0]) or table.title).split()[0],
                place=figure_labels(sums.grid.form.code, *key)[1 if over_lines else 0],
                left=_side(sums, relation.left, values, over_lines),
                right=_side(sums, relation.right, values, over_lines),
                apart=f"{abs(apart):.15g}",
                names=joined(_whose(sums, relation)) or words(_SECTION)["broken_nobody"],
            )


def _side(sums: Sums, side: Sequence[Key], values: Mapping[Key, Any], over_lines: bool) -> str:
    labels = [figure_labels(sums.grid.form.code, *key)[0 if over_lines else 1] for key in side]
    if len(side) > _MOST_TERMS:
        return say(_SECTION, "broken_parts", n=len(side), value=f"{sum(values[key] for key in side):.15g}")
    plus = words(_SECTION)["broken_plus"]
    return plus.join(f"{label}{values[key]:.15g}" for label, key in zip(labels, side, strict=True))


def _whose(sums: Sums, relation: Relation) -> list[str]:
    """The townships whose own figures break the equation."""
    found = []
    for number, report in enumerate(sums.county.summed):
        own = {key: sums.cells[key][number] for key in (*relation.left, *relation.right)}
        apart = difference(relation, own, "")
        if not isinstance(apart, str) and apart != 0:
            found.append(str(report.record["township"]))
    return found
