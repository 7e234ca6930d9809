"""The narrative held against itself and against the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from govinfo.checks.findings import Row, Subject
from govinfo.checks.narrative_contradictions import contradictions
from govinfo.checks.narrative_lists import list_findings
from govinfo.checks.narrative_stated import Stated, is_including, stated_by_report
from govinfo.checks.narrative_tables import against_tables
from govinfo.parse.mentions.reading import SectionFigures, read_figures
from govinfo.parse.prose.sections import NarrativeSection
from govinfo.tables import Tables

# fewer figures share out no total and contradict nothing
_FEW = 2


def narrative_findings(tables: Tables, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Findings of the rules `narrative.*`, from the table `mentions`.

    Which figures are parts of which is not in that table: for reports that tell several figures the sentences are read
    again.
    """
    stated = stated_by_report(tables)
    yield from against_tables(tables, stated, reports)
    several = [report_id for report_id, said in stated.items() if len(said) >= _FEW]
    texts = _sections(tables, several)
    for report_id in several:
        subject = reports[report_id]
        read = read_figures(_telling(texts.get(report_id, []), stated[report_id]), subject.year, subject.level)
        yield from list_findings(subject, read)
        said = {section.order: section.text for section in texts.get(report_id, [])}
        alike = [one for one in stated[report_id] if not is_including(one, said.get(one.order))]
        yield from contradictions(subject, alike, _parts(read))


def _sections(tables: Tables, ids: list[str]) -> Mapping[str, list[NarrativeSection]]:
    rows = tables.narrative[tables.narrative["report_id"].isin(ids)].sort_values(["report_id", "order"])
    found: dict[str, list[NarrativeSection]] = {}
    columns = (rows[name].tolist() for name in ("report_id", "order", "role", "heading", "text"))
    for report_id, order, role, heading, text in zip(*columns, strict=True):
        said = heading if isinstance(heading, str) else None
        printed = text if isinstance(text, str) else ""
        found.setdefault(report_id, []).append(NarrativeSection(int(order), None, role, said, printed))
    return found


def _telling(sections: list[NarrativeSection], stated: list[Stated]) -> list[NarrativeSection]:
    """The sections that tell a figure."""
    orders = {one.order for one in stated}
    return [section for section in sections if section.order in orders]


def _parts(read: tuple[SectionFigures, ...]) -> frozenset[tuple[int, int, str]]:
    """Section, place and measure of every figure that is a part of another one."""
    return frozenset(
        (figures.order, part.start, part.measure or "")
        for figures in read
        for found in figures.lists
        for part in found.parts
    )
