"""Is it a yearly report at all? News of one, rules for one and lists of links to one are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from govinfo.definitions.patterns import patterns
from govinfo.errors import UnreadableFileError
from govinfo.parse.prose.headings import Heading
from govinfo.parse.tables.laid import LaidTable
from govinfo.readers.document import Document
from govinfo.text import fold_width, simplify, squeeze


def check_report(
    document: Document,
    title: str | None,
    headings: Sequence[Heading],
    tables: Mapping[str, LaidTable],
    in_tables: frozenset[int],
) -> None:
    """Refuse a document that is no yearly report on open government information.

    It is one by its tables, by its title where text stands below it, or by sections that only such a report has.

    Parameters
    ----------
    title : the title of a report as printed, None where there is none.
    headings, tables, in_tables : the document as laid out: its sections, its tables, the cells that belong to these.

    Raises
    ------
    UnreadableFileError
        `not_a_report`.
    """
    rules = patterns("genre")
    if sum(1 for table in tables.values() for line in table.lines if line.slots) >= rules.numbers["least_lines"]:
        return
    lines = [
        simplify(squeeze(fold_width(cell.text)))
        for position, cell in enumerate(document.cells)
        if cell.text and position not in in_tables
    ]
    roles = {heading.role for heading in headings}
    if title is not None:
        said = patterns("identity").one["title"]
        told = sum(len(line) for line in lines if not said.match(line))
        if roles or told >= rules.numbers["least_text"]:
            return
        raise _refused(document, "the title of a report and no report below it", "get the file that the page leads to")
    other = any(rules.one["other"].search(line) for line in lines[: rules.numbers["other_lines"]])
    if other or len(roles & set(rules.words["own_roles"])) < rules.numbers["least_roles"]:
        found = "no table of a known form, no title and no sections of a report"
        raise _refused(document, found, "take the file out of the folder")


def _refused(document: Document, found: str, to_do: str) -> UnreadableFileError:
    return UnreadableFileError(
        "not_a_report",
        f"{document.source}\n  found     {found}\n"
        f"  expected  a yearly report on open government information\n  to do     {to_do}",
    )
