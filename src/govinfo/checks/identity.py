"""Whether place and year of a report can be told, and whether those who speak of them agree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from govinfo.checks.findings import Row, Spoken, Subject, make, null_free
from govinfo.definitions.rules import Said, rule_book
from govinfo.tables import Tables

_PLACE = Spoken("reports")
_MOST_CANDIDATES = 6
_COLUMNS = ("township", "county", "city", "province", "level")
# a body of the place's own; departments and what is not known need no township
_GOVERNMENTS = ("township", "county", "prefecture", "province")
_Record = Mapping[str, Any]


def identity_findings(tables: Tables, reports: Mapping[str, Subject]) -> Iterator[Row]:
    """Findings of the rules `identity.*`, from what the table `identity` says of each report."""
    said: dict[str, list[_Record]] = {}
    for record in tables.identity.to_dict("records"):
        said.setdefault(record["report_id"], []).append({str(key): null_free(item) for key, item in record.items()})
    for record in tables.reports.to_dict("records"):
        report = {str(key): null_free(item) for key, item in record.items()}
        subject, own = reports[record["report_id"]], said.get(record["report_id"], [])
        yield from _of_place(subject, report, own)
        yield from _of_manifest(subject, report, own)
        yield from _of_year(subject, report, own)
        yield from _inferred(subject, report)


def _of_place(subject: Subject, report: _Record, said: Sequence[_Record]) -> Iterator[Row]:
    places = [record for record in said if record["aspect"] == "place"]
    candidates = [_path(record["value"]) for record in places if record["role"] == "candidate"]
    printed = next((_path(record["value"]) for record in places if record["role"] == "printed"), None)
    if not candidates and any(record["role"] == "unknown" for record in places):
        yield make(subject, "identity.place", "unknown", _PLACE)
    elif printed is not None and report["level"] in _GOVERNMENTS and _is_unlisted(report, places):
        others = Said("", "") if not candidates else _joined(candidates, "elsewhere")
        yield make(subject, "identity.place", "unlisted", _PLACE, printed=printed, others=others)
    elif candidates and report["place_source"] != "manifest":
        name = printed or candidates[0]
        yield make(subject, "identity.place", "several", _PLACE, printed=name, candidates=_joined(candidates))


def _is_unlisted(report: _Record, places: Sequence[_Record]) -> bool:
    """Whether the name is in no list at all, or not below the county that is printed before it."""
    known = any(record["role"] == "candidate" for record in places)
    return not known or (report["level"] == "township" and report["county"] is not None)


def _joined(paths: Sequence[str], before: str | None = None) -> Said:
    words = rule_book().aspects
    named = _list([Said(path, path) for path in paths[:_MOST_CANDIDATES]])
    nothing = Said("", "")
    lead = words[before] if before else nothing
    end = words["and_others"] if len(paths) > _MOST_CANDIDATES else nothing
    return Said(lead.zh + named.zh + end.zh, lead.en + named.en + end.en)


def _path(value: str | None) -> str:
    return (value or "").replace("/", "")


def _of_manifest(subject: Subject, report: _Record, said: Sequence[_Record]) -> Iterator[Row]:
    """One finding for each other value, whoever in the report gives it: title, text and file mostly say the same."""
    book = rule_book()
    others: dict[tuple[str, str], list[_Record]] = {}
    for record in said:
        if record["role"] == "contradicts":
            others.setdefault((record["aspect"] or "", record["value"] or ""), []).append(record)
    for (aspect, text), records in others.items():
        given = report[aspect] or ""
        sources = dict.fromkeys(record["source"] or "narrative" for record in records)
        yield make(
            subject,
            "identity.manifest",
            "broken",
            Spoken("reports", locator=records[0]["locator"]),
            expected=given,
            found=text,
            about=f"{aspect}/{text}",
            aspect=book.aspects[aspect],
            given=_word(given) if aspect == "level" else given,
            said=_word(text) if aspect == "level" else text,
            source=_list([book.sources[source] for source in sources]),
        )


def _word(code: str) -> Said:
    return rule_book().aspects.get(code, Said(code, code))


def _of_year(subject: Subject, report: _Record, said: Sequence[_Record]) -> Iterator[Row]:
    years = [record for record in said if record["aspect"] == "year" and record["role"] != "other"]
    differing = [record for record in years if record["role"] == "differs"]
    if not differing:
        if any(record["role"] == "unknown" for record in years):
            yield make(subject, "identity.year", "missing", _PLACE)
        return
    sources = rule_book().sources
    named = [(sources[record["source"] or "narrative"], record["value"] or "") for record in years]
    text = _list([Said(source.zh + year, f"{source.en} {year}") for source, year in named])
    case = "undecided" if report["year"] is None else "differ"
    yield make(
        subject,
        "identity.year",
        case,
        _PLACE,
        expected=report["year"],
        found=differing[0]["value"],
        said=text,
        year=report["year"],
    )


def _inferred(subject: Subject, report: _Record) -> Iterator[Row]:
    """What was not in the title, but for what the manifest says."""
    book = rule_book()
    missing: list[tuple[Said, Said, str]] = []
    for aspect, source, taken in (
        (
            "place",
            report["place_source"],
            report["township"] or report["county"] or report["city"] or report["province"],
        ),
        ("year", report["year_source"], report["year"]),
    ):
        if source not in (None, "title", "manifest") and taken is not None:
            missing.append((book.aspects[aspect], book.sources[source], taken))
    if missing:
        aspects, sources, taken = zip(*missing, strict=True)
        yield make(
            subject,
            "identity.inferred",
            "inferred",
            _PLACE,
            missing=_list(aspects),
            sources=_list(tuple(dict.fromkeys(sources))),
            taken=_list([Said(name, name) for name in taken]),
        )


def _list(words: Sequence[Said]) -> Said:
    between = rule_book().formula["and"]
    return Said(between.zh.join(word.zh for word in words), between.en.join(word.en for word in words))
