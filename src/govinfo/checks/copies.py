"""Whether section 五 is last year's again, or another township's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govinfo.checks.alike import candidates, share
from govinfo.checks.common import Weights, weights_of
from govinfo.checks.findings import Row, Spoken, Subject, make
from govinfo.checks.neighbours import year_pairs
from govinfo.checks.problem_texts import ProblemText, problem_texts
from govinfo.definitions.rules import Said, rule_book
from govinfo.tables import Tables

# Texts that share so much are copies of each other.
_COPY = 0.8
# Of what two texts share so many characters must be their own, not what many reports say.
OWN_WORDS = 60
_SECTION = Spoken("narrative")
# The reports that have one text, by year and source.
Reports = tuple[ProblemText, ...]


def copy_findings(tables: Tables, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Findings of the rules `years.copied_text`, in the later report, and `places.copied_text`, in each of the two.

    Of several townships with one text a report names the one that is nearest to its own, and the number of the others.
    Short sections are never copies.
    """
    found = list(problem_texts(tables))
    yield from _last_years(tables, found, reports)
    yield from _others(found, reports)


def _last_years(tables: Tables, found: Sequence[ProblemText], reports: Mapping[str, Subject]) -> Iterator[Row]:
    by_id = {one.report_id: one for one in found}
    pairs = year_pairs(tables)
    for report_id, before in zip(pairs["report_id"], pairs["before"], strict=True):
        own, last = by_id.get(report_id), by_id.get(before)
        if own is None or last is None:
            continue
        same = share(own.text, last.text, _COPY)
        if same >= _COPY:
            subject = reports[report_id]
            yield make(
                subject,
                "years.copied_text",
                "copied",
                _SECTION,
                found=f"{same:.2f}",
                year=last.year,
                other=last.source,
                share=_percent(same),
            )


def _percent(same: float) -> int:
    return int(100 * same)


def _others(found: Sequence[ProblemText], reports: Mapping[str, Subject]) -> Iterator[Row]:
    texts = distinct_texts(found)
    alike = _alike(texts)
    for number, text in enumerate(texts):
        options = sorted([(1.0, number), *alike.get(number, ())], key=lambda option: (-option[0], option[1]))
        if number not in alike:
            continue
        places = {report.place for _, other in options for report in texts[other]}
        for own in text:
            nearest = _nearest(own, options, texts)
            if nearest is not None:
                yield _copied(own, *nearest, len(places - {own.place}), reports)


def distinct_texts(found: Sequence[ProblemText]) -> list[Reports]:
    """The reports that have one text, for each text."""
    by_text: dict[str, list[ProblemText]] = {}
    for one in found:
        by_text.setdefault(one.text, []).append(one)
    return [tuple(own) for own in by_text.values()]


def near_copies(texts: Sequence[Reports]) -> list[tuple[int, int, float]]:
    """Pairs of texts, by number, that share at least four fifths of their pieces, and how much they share."""
    near = []
    for first, second in candidates([reports[0].text for reports in texts]):
        same = share(texts[first][0].text, texts[second][0].text, _COPY)
        if same >= _COPY:
            near.append((first, second, same))
    return near


def _alike(texts: Sequence[Reports]) -> Mapping[int, list[tuple[float, int]]]:
    """For each text that is another township's what it shares with which texts; with none where it is the same."""
    near = near_copies(texts)
    several = [number for number, own in enumerate(texts) if len({report.place for report in own}) > 1]
    asked = {number for first, second, _ in near for number in (first, second)} | set(several)
    weights = weights_of(texts, near, asked)
    found: dict[int, list[tuple[float, int]]] = {number: [] for number in several if weights[number].total >= OWN_WORDS}
    for first, second, same in near:
        if _is_copy(weights[first], weights[second]):
            found.setdefault(first, []).append((same, second))
            found.setdefault(second, []).append((same, first))
    return found


def _is_copy(one: Weights, other: Weights) -> bool:
    """Whether two texts share as much when what many reports say counts less, and enough that few do."""
    common = one.shared_with(other), other.shared_with(one)
    return min(common) >= OWN_WORDS and sum(common) >= _COPY * (one.total + other.total)


def _nearest(
    own: ProblemText, options: Sequence[tuple[float, int]], texts: Sequence[Reports]
) -> tuple[ProblemText, float] | None:
    """The report of another township that shares most, the earliest of several; None where there is none."""
    best: tuple[ProblemText, float] | None = None
    for same, number in options:
        if best is not None and same < best[1]:
            break
        other = next((report for report in texts[number] if report.place != own.place), None)
        if other is not None and (best is None or _when(other) < _when(best[0])):
            best = (other, same)
    return best


def _when(report: ProblemText) -> tuple[int, str]:
    return (report.year or 9999, report.source)


def _copied(own: ProblemText, other: ProblemText, same: float, places: int, reports: Mapping[str, Subject]) -> Row:
    more = rule_book().formula["more_townships"].fill(count=places - 1) if places > 1 else Said("", "")
    return make(
        reports[own.report_id],
        "places.copied_text",
        "copied",
        _SECTION,
        found=f"{same:.2f}",
        about=reports[other.report_id].key,
        place=other.name,
        year=other.year,
        other=other.source,
        share=_percent(same),
        more=more,
    )
