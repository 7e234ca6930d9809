"""Figures of the narrative that a table, their own parts or another sentence contradict."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from govinfo.definitions.demo import made_up
from govinfo.demo.faults.fault import Fault, Site, with_sections
from govinfo.demo.narrative import Section
from govinfo.demo.sentences import Told, fill

Made = tuple[Site, list[Fault]] | None
_PARTS = ("disclosed_website", "disclosed_wechat", "disclosed_weibo", "disclosed_other_channel", "disclosed_category")


def wrong_requests(site: Site, random: Random) -> Made:
    """Another number of requests than table three has."""
    if not _is_known(site, "requests", ("new", "total")):
        return None
    return _wrong(_keeping(site, "requests"), ("requests_received",), "narrative.requests")


def wrong_disputes(site: Site, random: Random) -> Made:
    """Another number of reconsiderations or lawsuits than the table has."""
    dressed = site.table("statistics")
    if dressed is None or "statistics" in site.changed:
        return None
    known = {line for (line, _), truth in dressed.truths.items() if truth.value is not None}
    site = _keeping(site, "statistics")
    measures = [f"{line}s" for line in ("reconsideration", "litigation") if line in known]
    # where their results are told they would no longer add up either
    measures = [measure for measure in measures if not any(told.startswith(f"{measure}_") for told in site.told)]
    random.shuffle(measures)
    made = (_wrong(site, (measure,), "narrative.disputes") for measure in measures)
    return next((one for one in made if one is not None), None)


def wrong_total(site: Site, random: Random) -> Made:
    """A total to which its printed parts do not add up."""
    for section in site.paper.sections:
        exact = [told for told in section.told if not told.approximate]
        parts = [told for told in exact if told.measure in _PARTS]
        total = [told for told in exact if told.measure == "disclosed"]
        if total and len(parts) > 1 and len(section.told) >= len(parts) + 1:
            return _wrong(site, ("disclosed",), "narrative.breakdown")
    return None


def said_twice(site: Site, random: Random) -> Made:
    """A second total of what was disclosed, unlike the first."""
    told = [told for section in site.paper.sections for told in section.told if told.measure == "disclosed"]
    if len(told) != 1 or told[0].approximate:
        return None
    text, also = fill(made_up("faults")["total"][0], site.paper.words, {"disclosed": told[0].value + 7})
    return _added(site, text, also, "narrative.contradiction")


def shares(site: Site, random: Random) -> Made:
    """Percentages that do not add up, in a text that has no other total."""
    if "disclosed" in site.told:
        return None
    counts = {"a": 300, "b": 400, "c": 300}
    facts = {"disclosed": sum(counts.values())}
    facts |= {f"disclosed_category.{name}": count for name, count in counts.items()}
    facts |= {f"share.{name}": count // 10 for name, count in counts.items()} | {"share.c": random.randint(40, 60)}
    text, told = fill(random.choice(made_up("faults")["shares"]), site.paper.words, facts)
    return _added(site, text, told, "narrative.shares")


def documents(site: Site, random: Random) -> Made:
    """Another number of documents than table two has."""
    cell = ("normative_documents", "issued")
    if not _is_known(site, "disclosure", cell) or "normative_documents" in site.told:
        return None
    value = int(site.paper.tables["disclosure"].truths[cell].value or 0)
    text, told = fill(made_up("faults")["documents"][0], site.paper.words, {"normative_documents": value + 1})
    return _added(_keeping(site, "disclosure"), text, told, "narrative.documents")


def _keeping(site: Site, table: str) -> Site:
    """The site whose table stays as it is: the text is held against it."""
    return replace(site, changed=site.changed | {table})


def _is_known(site: Site, table: str, cell: tuple[str, str]) -> bool:
    """Whether the table is printed as it was, and with a figure there."""
    dressed = site.table(table)
    if dressed is None or table in site.changed:
        return False
    truth = dressed.truths.get(cell)
    return truth is not None and truth.value is not None


def _added(site: Site, text: str, told: Sequence[Told], rule: str) -> Made:
    def add(sections: list[Section]) -> None:
        next(section for section in sections if section.role == "overview").add(text, told)

    return with_sections(site, add), [Fault("told", rule, "narrative", None, None, text)]


def _wrong(site: Site, measures: Sequence[str], rule: str) -> Made:
    """The site with another figure for one of the measures; None where it is not told just once, in figures."""
    found = [
        (number, told)
        for number, section in enumerate(site.paper.sections)
        for told in section.told
        if told.measure in measures
    ]
    if len(found) != 1:
        return None
    number, told = found[0]
    text = site.paper.sections[number].text
    printed = f"{told.value}{told.unit}"
    clause = text[told.start : told.end]
    if told.approximate or clause.count(printed) != 1:
        return None
    # as many digits as before, so that all other places stay
    value = told.value + 1 if len(str(told.value + 1)) == len(str(told.value)) else told.value - 1
    wrong = clause.replace(printed, f"{value}{told.unit}")

    def change(sections: list[Section]) -> None:
        section = sections[number]
        changed = text[: told.start] + wrong + text[told.end :]
        section.paragraphs = changed.split("\n")
        section.told = [replace(one, value=value) if one == told else one for one in section.told]

    return with_sections(site, change), [Fault("told", rule, "narrative", None, None, wrong)]
