"""Whether the parts of a list in the narrative add up to what they share out, and its shares to a hundred."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from govinfo.checks.findings import Row, Spoken, Subject, make, number_text
from govinfo.checks.narrative_stated import YEAR, called
from govinfo.definitions.mentions import mention_words
from govinfo.definitions.rules import rule_book
from govinfo.parse.mentions.reading import SectionFigures
from govinfo.parse.mentions.told import FigureList, Told

_NARRATIVE = Spoken("narrative")
_CHANNELS = frozenset({"disclosed_website", "disclosed_wechat", "disclosed_weibo", "disclosed_other_channel"})
_CARRIED = "requests_carried_over"
# so many parts a list must have that is held against a total which stands elsewhere
_ENOUGH = 3
_FULL = Decimal(100)


def list_findings(subject: Subject, read: Sequence[SectionFigures]) -> Iterator[Row]:
    """Findings of `narrative.breakdown` and `narrative.shares`."""
    seen: set[tuple[str, str]] = set()
    for figures in read:
        for found in figures.lists:
            for row in (*_breakdown(subject, figures, found), *_shares(subject, figures, found)):
                key = (row["rule"], row["finding_id"])
                if key not in seen:
                    seen.add(key)
                    yield row


def _breakdown(subject: Subject, figures: SectionFigures, found: FigureList) -> Iterator[Row]:
    total = _total(figures, found)
    if total is None or not _is_closed(found, total):
        return
    parts = [part.amount.value for part in found.parts]
    whole = sum(parts, Decimal(0))
    if whole == total.amount.value or (whole < total.amount.value and _is_selection(found)):
        return
    # shared out twice, by two things at once (自然人3件、法人2件，网上4件、信函1件)
    if total.amount.value and whole % total.amount.value == 0 and len(parts) > _ENOUGH:
        return
    measure = total.measure or ""
    yield make(
        subject,
        "narrative.breakdown",
        "broken",
        _NARRATIVE,
        expected=whole,
        found=total.amount.value,
        about=f"{measure}/{figures.order}/{total.category or ''}",
        measure=called(measure),
        told=number_text(total.amount.value),
        evidence=_clause(total),
        count=len(parts),
        parts=rule_book().formula["plus"].zh.join(number_text(part) for part in parts),
        sum=number_text(whole),
        difference=number_text(abs(whole - total.amount.value)),
    )


def _is_selection(found: FigureList) -> bool:
    """Whether a short list of subjects may name only some of what was published (其中重点领域32条、政策解读5条)."""
    closes = any(word in found.parts[-1].label for word in mention_words().rest_of_list)
    few = found.family == "disclosed" and len(found.parts) < _ENOUGH
    # kinds (机构职能类, 财政信息类) share out what there is
    return found.is_among and few and not closes and not _is_of_kinds(found)


def _clause(told: Told) -> str:
    return told.evidence.replace("\n", "")


def _total(figures: SectionFigures, found: FigureList) -> Told | None:
    """What a list shares out; of one that names nothing, the one count of all information that its section gives."""
    if found.total is not None:
        return found.total if found.total.measure and not found.total.approximate else None
    if len(found.parts) < _ENOUGH or not (found.shares or _is_of_kinds(found)):
        return None
    before = [
        told
        for told in figures.told
        if told.measure == "disclosed" and told.period == YEAR and told.number < found.parts[0].number
    ]
    if len(before) != 1 or before[0].approximate or before[0].amount.unit != found.unit:
        return None
    return before[0]


def _is_of_kinds(found: FigureList) -> bool:
    return all(part.label.endswith(mention_words().kinds_end) for part in found.parts)


def _is_closed(found: FigureList, total: Told) -> bool:
    """Whether the parts must add up: all are printed, exact, of one time, and no part could be counted twice."""
    parts = found.parts
    if found.is_open or found.is_mixed or len(parts) < 2:
        return False
    if any(part.approximate or part.period != total.period for part in parts):
        return False
    carried = [part.measure == _CARRIED for part in parts]
    if any(carried) and (len(parts) != 2 or all(carried)):
        return False
    channels = [part.measure in _CHANNELS for part in parts]
    if any(channels):
        # what is on the website may be on WeChat too; with a part for all others the parts are meant to be all
        closes = any(parts[-1].evidence.find(word) >= 0 for word in mention_words().rest_of_list)
        return all(channels) and closes
    return True


def _shares(subject: Subject, figures: SectionFigures, found: FigureList) -> Iterator[Row]:
    if len(found.shares) < 2:
        return
    values = [share.amount.value for share, _ in found.shares]
    whole = sum(values, Decimal(0))
    slack = sum((_rounding(value) for value in values), Decimal(0))
    complete = not found.is_open and len(found.shares) == len(found.parts)
    where = f"{figures.order}/{found.parts[0].label if found.parts else ''}"
    if complete and abs(whole - _FULL) > slack:
        yield make(
            subject,
            "narrative.shares",
            "sum",
            _NARRATIVE,
            expected=_FULL,
            found=whole,
            about=f"sum/{where}",
            count=len(values),
            shares=rule_book().formula["plus"].zh.join(f"{value.normalize():f}%" for value in values),
            sum=number_text(whole),
        )
    yield from _unfit(subject, figures, found, where)


def _unfit(subject: Subject, figures: SectionFigures, found: FigureList, where: str) -> Iterator[Row]:
    """The first share that fits its count by none of the totals that it may be of."""
    stated = _total(figures, found)
    added = sum((part.amount.value for part in found.parts), Decimal(0))
    totals = [total for total in (stated.amount.value if stated else None, added) if total]
    for share, part in found.shares:
        if part.approximate or not totals:
            continue
        right = [_FULL * part.amount.value / total for total in totals]
        if all(abs(value - share.amount.value) > 2 * _rounding(share.amount.value) for value in right):
            yield make(
                subject,
                "narrative.shares",
                "unfit",
                _NARRATIVE,
                expected=round(right[0], 1),
                found=share.amount.value,
                about=f"fit/{where}",
                name=part.label,
                told=number_text(part.amount.value),
                share=f"{share.amount.value.normalize():f}",
                total=number_text(totals[0]),
                right=number_text(round(right[0], 1)),
            )
            return


def _rounding(value: Decimal) -> Decimal:
    """By how much a printed percentage may be off: half of its last digit."""
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb((exponent if isinstance(exponent, int) else 0) - 1)
