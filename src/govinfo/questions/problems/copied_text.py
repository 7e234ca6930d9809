"""How much of section 五 is last year's again, or another township's, and whose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from govinfo.checks.common import clause_weights
from govinfo.checks.copies import OWN_WORDS, Reports, distinct_texts, near_copies
from govinfo.checks.neighbours import township_reports, year_pairs
from govinfo.checks.problem_texts import ProblemText, problem_texts
from govinfo.questions.frames import PLACE, located, shaped
from govinfo.questions.problems.copied_clauses import Mask, Measured, clauses_in, measure, sharing
from govinfo.questions.problems.section_five import UNREAD, problem_sections
from govinfo.tables import Tables

# `compared`, or why not.
COMPARED, SHORT, TEMPLATE, UNPLACED = "compared", "short", "template", "unplaced"
COPIED = {
    **PLACE,
    "state": "string",
    "characters": "Int64",
    **dict.fromkeys(("copied", "from_last_year", "from_others"), "Float64"),
    **dict.fromkeys(("last_report_id", "last_source", "other_report_id"), "string"),
    **dict.fromkeys(("other_county", "other_township"), "string"),
    "other_year": "Int16",
    "other_source": "string",
    "other_when": "string",
}


@dataclass(frozen=True)
class _Corpus:
    """All sections: texts with the reports that have them, the earliest first; places, texts and last years by id.

    `first` are the two places that reported first, and the years: only these tell whether there is any other one.
    """

    texts: Sequence[Reports]
    near: Mapping[int, Sequence[int]]
    of_county: Mapping[tuple[int, str], Sequence[ProblemText]]
    weights: Mapping[str, float]
    division: Mapping[str, str]
    by_id: Mapping[str, ProblemText]
    before: Mapping[str, str]
    first: Sequence[tuple[str, int]]


def copied_text(tables: Tables) -> pd.DataFrame:
    """How much of each report's section 五 stands in last year's report of the township, or in another township's.

    Returns
    -------
    DataFrame, one row per counted report of a township, in the order of places and years
        report_id, county, township, year, form; `state`: `compared`, or why not: `unread` (no section 五, or none that
        could be read), `short` (it says so little that two may be the same by chance), `template` (what many townships
        write is nearly all of it), `unplaced` (place or year are not known);
        characters (Chinese characters compared: without names, years, figures and marks);
        from_last_year (0 to 1; <NA> without a comparable report on the year before), last_report_id, last_source;
        from_others (0 to 1: what stands in that other township's section that shares most; 0 where none shares
        anything, <NA> where there is no other one up to that year), other_report_id, other_county, other_township,
        other_year, other_source, and `other_when`: `earlier`, or `same_year` (who copied from whom cannot be told);
        copied (0 to 1: what stands in either of the two; of last year's nothing is known where that is <NA>).
        Shares are of characters, counted in clauses: a clause is copied where four fifths of it are. One that stands
        in more than five independent texts is a template's: it counts less, the more have it. With few reports in the
        tables a county's template cannot be told from a copy. Later reports are never a source.
    """
    sections = problem_sections(tables)
    followed = township_reports(tables)
    known: dict[str, str] = dict(zip(followed["report_id"], followed["place"], strict=True))
    corpus = _corpus(tables, sections, known)
    rows = shaped(pd.DataFrame(_rows(corpus)), {name: COPIED.get(name, "string") for name in _ROW})
    frame = sections[["report_id"]].merge(rows, on="report_id", how="left")
    where = ["report_id", "county", "township", "year"]
    others = tables.reports[where].rename(columns={name: f"other_{name}" for name in where})
    frame = frame.merge(others, on="other_report_id", how="left")
    why = _why_not(sections, known)
    return located(frame.assign(state=frame["state"].fillna(frame["report_id"].map(why))), tables, COPIED)


def _corpus(tables: Tables, sections: pd.DataFrame, known: Mapping[str, str]) -> _Corpus:
    read = set(sections.loc[sections["state"] != UNREAD, "report_id"]) & set(known)
    found = [one for one in problem_texts(tables) if one.year is not None and one.report_id in read]
    texts = distinct_texts(found)
    near = near_copies(texts)
    weights = clause_weights(texts, near, range(len(texts)))
    pairs = year_pairs(tables)
    before = dict(zip(pairs["report_id"], pairs["before"], strict=True))
    by_id = {one.report_id: one for one in found}
    years: dict[str, int] = {}
    for one in found:
        years.setdefault(one.place, one.year or 0)
    first = sorted(years.items(), key=lambda entry: entry[1])[:2]
    return _Corpus(texts, sharing(texts, near, weights), _by_county(texts), weights, known, by_id, before, first)


_ROW = (
    *("report_id", "state", "characters", "copied", "from_last_year", "from_others"),
    *("last_report_id", "last_source", "other_report_id", "other_source", "other_when"),
)


def _why_not(sections: pd.DataFrame, known: Mapping[str, str]) -> Mapping[str, str]:
    """Why a report has no text to compare."""
    untold = sections["year"].isna() | sections["county"].isna() | ~sections["report_id"].isin(list(known))
    state = pd.Series(SHORT, index=sections.index).mask(untold, UNPLACED).mask(sections["state"] == UNREAD, UNREAD)
    return dict(zip(sections["report_id"], state, strict=True))


def _rows(corpus: _Corpus) -> Iterator[dict[str, Any]]:
    for number, reports in enumerate(corpus.texts):
        own = measure(reports[0], corpus.weights)
        told = own.total >= OWN_WORDS
        options = [number, *corpus.near.get(number, ())] if told else []
        masks = {other: clauses_in(own, corpus.texts[other][0].text) for other in options}
        for report in reports:
            row: dict[str, Any] = {"report_id": report.report_id, "characters": len(report.text), "state": TEMPLATE}
            yield row | (_compared(report, own, masks, corpus) if told else {})


def _compared(report: ProblemText, own: Measured, masks: Mapping[int, Mask], corpus: _Corpus) -> dict[str, Any]:
    last = corpus.by_id.get(corpus.before.get(report.report_id, ""))
    repeated = own.counts < 0 if last is None else clauses_in(own, last.text)
    source = _source(report, own, masks, corpus)
    taken = own.counts < 0 if source is None else masks[source[1]]
    row: dict[str, Any] = {"state": COMPARED}
    others = any(place != report.place and year <= (report.year or 0) for place, year in corpus.first)
    if others:
        row["from_others"] = own.share(taken)
    if others or last is not None:
        row["copied"] = own.share(repeated | taken)
    if last is not None:
        row |= {"from_last_year": own.share(repeated), "last_report_id": last.report_id, "last_source": last.source}
    if source is not None:
        other = source[0]
        row |= {"other_report_id": other.report_id, "other_source": other.source}
        row |= {"other_when": "same_year" if other.year == report.year else "earlier"}
    return row


def _source(
    report: ProblemText, own: Measured, masks: Mapping[int, Mask], corpus: _Corpus
) -> tuple[ProblemText, int] | None:
    """The report of another township, not a later one, that shares most, and the number of its text; None for none.

    Of several that share as much it is one of the same county, then the earliest.
    """
    found = []
    for number, mask in masks.items():
        share = round(own.share(mask), 3)
        if share > 0:
            for far, among in enumerate((corpus.of_county.get((number, _county(report)), ()), corpus.texts[number])):
                other = next((one for one in among if _may_be_source(one, report, corpus)), None)
                if other is not None:
                    found.append((-share, far, other.year or 0, other.source, number, other))
    if not found:
        return None
    *_, number, other = min(found, key=lambda option: option[:4])
    return other, number


def _by_county(texts: Sequence[Reports]) -> Mapping[tuple[int, str], list[ProblemText]]:
    found: dict[tuple[int, str], list[ProblemText]] = {}
    for number, reports in enumerate(texts):
        for report in reports:
            found.setdefault((number, _county(report)), []).append(report)
    return found


def _county(report: ProblemText) -> str:
    return report.place.rpartition("/")[0]


def _may_be_source(other: ProblemText, report: ProblemText, corpus: _Corpus) -> bool:
    """Whether it is another township's, under whatever name, and not a later one."""
    foreign = other.place != report.place
    foreign = foreign and corpus.division[other.report_id] != corpus.division[report.report_id]
    return foreign and (other.year or 0) <= (report.year or 0)
