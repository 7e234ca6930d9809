"""Who reports, on which year, published when: read from title, period, signature and narrative.

Without a gazetteer a name is only what the text prints; the levels above the township are filled where the
title prints them or the manifest says them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from govinfo.definitions.patterns import Patterns, patterns
from govinfo.readers.document import Cell
from govinfo.text import fold_width, han_number, is_traditional, simplify, squeeze

_MAX_SIGNATURE_LINES = 8
_MAX_METADATA_LINES = 40
_MAX_TITLE_LINES = 60
_MAX_LINES_ABOVE = 500
_LONGEST_LABEL = 8
# A line with so many of them is traditional also on a page that is not.
_TRADITIONAL_CHARACTERS = 3


@dataclass(frozen=True, slots=True)
class Identity:
    """Who, where and when, each with what it was read from; None where the text does not say."""

    title: str | None = None
    issuer: str | None = None
    level: str = "unknown"
    township: str | None = None
    county: str | None = None
    city: str | None = None
    province: str | None = None
    place_source: str | None = None
    year: int | None = None
    year_source: str | None = None
    published_on: date | None = None


def read_identity(
    cells: Sequence[Cell],
    first_heading: int | None,
    narrative: Sequence[int],
    furniture: frozenset[int] = frozenset(),
    file_title: str | None = None,
) -> tuple[Identity, frozenset[int]]:
    """The identity that a document states, and the positions of the cells that print the title.

    Parameters
    ----------
    cells : the document's cells.
    first_heading : position of the first section's heading, None where there is none.
    narrative : positions of cells that are not tables, in order.
    furniture : positions of what a page prints around the report; no signature, but metadata stands in it.
    file_title : what the file calls itself outside its text; it counts where neither title, signature nor period speak.
    """
    rules = patterns("identity")
    positions = [position for position in narrative if cells[position].text]
    printed_lines = {position: _line(cells[position].text, rules) for position in positions}
    # names of places are official ones, in simplified characters; what is called printed stays as it is
    whole = is_traditional("".join(printed_lines.values()))
    lines = {
        position: simplify(line) if whole or is_traditional(line, _TRADITIONAL_CHARACTERS) else line
        for position, line in printed_lines.items()
    }
    head = [position for position in positions if first_heading is None or position < first_heading]
    near = head[:_MAX_TITLE_LINES] if first_heading is None else head[-_MAX_LINES_ABOVE:]
    candidates = list(_candidates(lines, near, furniture, rules))
    title, printed = _title(candidates, _line(file_title or "", rules), first_heading is not None)
    found = Identity()
    if title is not None:
        as_printed = "".join(printed_lines[position] for position in sorted(printed))
        found = _from_title(Identity(title=as_printed), title, rules)
        found = replace(found, issuer=None if found.issuer is None else as_printed[: len(found.issuer)])
    own = [position for position in positions if position not in furniture]
    signature = [lines[position] for position in own[-_MAX_SIGNATURE_LINES:]]
    found = _from_signature(found, signature, rules)
    found = _from_period(found, list(lines.values()), rules)
    found = _from_file_title(found, file_title, rules)
    found = _from_running_text(found, list(lines.values()), rules)
    around = [*head[:_MAX_METADATA_LINES], *own[-_MAX_SIGNATURE_LINES:]]
    metadata = [lines[position] for position in sorted(furniture.intersection(lines).union(around))]
    # a label and its value may stand in cells of their own
    metadata += [before + after for before, after in pairwise(metadata) if len(before) <= _LONGEST_LABEL]
    return replace(found, published_on=_published(metadata, signature, rules)), printed


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Lines that together read like a title: their text, positions, and the first one's number among the lines."""

    text: str
    parts: tuple[int, ...]
    start: int
    year: int | None
    score: tuple[int, bool]


def _title(found: Sequence[_Candidate], file_title: str, nearest: bool) -> tuple[str | None, frozenset[int]]:
    """The title among the candidates, as printed without spaces, and the positions of its lines.

    A page lists the reports of other years beside this one: of several titles the one counts that the file bears,
    else the one `nearest` to the text below, or the first where the text has no beginning.
    """
    years = {candidate.start: candidate.year for candidate in found if len(candidate.parts) == 1 and candidate.year}
    listed = {
        start for start, year in years.items() if {years.get(start - 1, year), years.get(start + 1, year)} != {year}
    }
    own = [candidate for candidate in found if candidate.start not in listed]
    if not own:
        return None, frozenset()

    def rank(candidate: _Candidate) -> tuple[object, ...]:
        place = candidate.start if nearest else -candidate.start
        return (candidate.score, candidate.text in file_title, place, -len(candidate.parts))

    best = max(own, key=rank)
    # the rest of a sentence that names the report may read the same further below
    best = next(one for one in own if (one.text, one.score) == (best.text, best.score))
    return best.text, frozenset(best.parts)


def _candidates(
    lines: dict[int, str], head: Sequence[int], furniture: frozenset[int], rules: Patterns
) -> Iterator[_Candidate]:
    """What could be a title, put together from at most a few lines each."""
    for start in range(len(head)):
        for stop in range(start + 1, min(start + rules.numbers["title_lines"], len(head)) + 1):
            parts = tuple(head[start:stop])
            if any(word in lines[parts[-1]] for word in rules.words["no_title"]):
                break
            text = "".join(lines[position] for position in parts)
            if len(text) > rules.numbers["title_length"]:
                break
            if rules.one["title"].match(text):
                named = _split_place(text, rules)[0] is not None
                year = _year_of(text, rules)
                score = (named + (year is not None), furniture.isdisjoint(parts))
                yield _Candidate(text, parts, start, year, score)


def _from_title(found: Identity, title: str, rules: Patterns) -> Identity:
    township, above = _split_place(title, rules)
    year = _year_of(title, rules)
    issuer = rules.one["issuer"].match(title)
    found = replace(
        found,
        issuer=issuer.group() if issuer else None,
        year=year,
        year_source="title" if year is not None else None,
        level=_level(title, township, rules),
    )
    if township is not None:
        found = replace(found, township=township, place_source="title", **above)
    return found


def _split_place(title: str, rules: Patterns) -> tuple[str | None, dict[str, Any]]:
    """The township that a title names, and the places above it by column."""
    end = rules.one["place_end"].search(title)
    text = title[: end.start()] if end else ""
    if end is not None and end.start() == 0:
        # the year stands first: the place is between it and the report's own words
        rest = rules.one["year_first"].sub("", title, count=1)
        again = rules.one["place_end"].search(rest)
        text = rest[: again.start()] if again else ""
    suffix = next((item for item in rules.words["township_suffixes"] if text.endswith(item)), None)
    if suffix is None:
        return None, {}
    above: dict[str, Any] = {}
    city = rules.words["city_suffixes"][2]
    for column in ("province", "city", "county"):
        # counties have names of two characters (雄县, 城区), cities and provinces none; a city below a city is a county
        suffixes = [*rules.words[f"{column}_suffixes"], *([city] if column == "county" and "city" in above else [])]
        name = _leading_place(text, suffixes, suffix, 2 if column == "county" else 3)
        if name is not None:
            above[column] = name
            text = text.removeprefix(name)
    if above.get("city", "").endswith(city) and "county" not in above:
        # a city right above a township may be one of county level: without a gazetteer nobody can tell
        above.pop("city")
    return (text, above) if len(text) > len(suffix) else (None, {})


def _leading_place(text: str, suffixes: Sequence[str], township_suffix: str, shortest: int) -> str | None:
    """The place of one level at the start of `text`, where a township's name still follows it."""
    ends = [text.find(suffix, 1) + len(suffix) for suffix in suffixes if text.find(suffix, 1) > 0]
    ends = [end for end in ends if end >= shortest and len(text) - end > len(township_suffix)]
    # 辉县市 is no 辉县
    ends = [end for end in ends if end + 1 not in ends]
    return text[: min(ends)] if ends else None


def _level(title: str, township: str | None, rules: Patterns) -> str:
    if township is not None:
        return "township"
    end = rules.one["place_end"].search(title)
    name = title[: end.start()] if end else title
    if any(name.endswith(word) for word in rules.words["department_words"]):
        return "department"
    for level, key in (("province", "province_suffixes"), ("county", "county_suffixes")):
        if any(name.endswith(suffix) for suffix in rules.words[key]):
            return level
    return "unknown"


def _line(text: str, rules: Patterns) -> str:
    """A line as names and dates are looked for in it: folded, without spaces and without how its words are read."""
    return rules.one["pinyin"].sub("", squeeze(fold_width(text)))


def _from_signature(found: Identity, signature: Sequence[str], rules: Patterns) -> Identity:
    """Fill the issuer and the place from the signature."""
    for line in reversed(signature):
        issuer = rules.one["issuer"].fullmatch(line)
        if issuer is None:
            continue
        found = replace(found, issuer=found.issuer or line)
        if found.township is None and found.level == "unknown":
            township, above = _split_place(line, rules)
            if township is not None:
                found = replace(found, township=township, place_source="signature", level="township", **above)
        break
    return found


def _from_file_title(found: Identity, file_title: str | None, rules: Patterns) -> Identity:
    """Fill place and year from the part of the file's own title that is a report's title."""
    if file_title is None:
        return found
    parts = rules.one["title_joints"].split(simplify(_line(file_title, rules)))
    said = [
        _from_title(Identity(), part, rules)
        for part in parts
        if rules.one["title"].match(part) and not any(word in part for word in rules.words["no_title"])
    ]
    if not said:
        return found
    best = max(said, key=lambda item: (item.township is not None) + (item.year is not None))
    if found.township is None and found.level == "unknown":
        source = None if best.township is None else "metadata"
        place = {name: getattr(best, name) for name in ("level", "township", "county", "city", "province")}
        found = replace(found, place_source=source, **place)
    if found.year is None and best.year is not None:
        found = replace(found, year=best.year, year_source="metadata")
    return found


def _from_running_text(found: Identity, lines: Sequence[str], rules: Patterns) -> Identity:
    """Fill the township and the year with those that running text names most."""
    if found.township is None and found.level == "unknown":
        named = _most_named(name for line in lines for name in _townships_in(line, rules))
        if named is not None:
            found = replace(found, township=named, place_source="narrative", level="township")
    if found.year is None:
        year = _most_named(year for line in lines for year in rules.one["year_in_text"].findall(line))
        if year is not None:
            found = replace(found, year=int(year), year_source="narrative")
    return found


def _most_named(names: Iterable[str]) -> str | None:
    most = Counter(names).most_common(2)
    return most[0][0] if most and (len(most) == 1 or most[0][1] > most[1][1]) else None


def _townships_in(line: str, rules: Patterns) -> Iterator[str]:
    for match in rules.one["township_in_text"].finditer(line):
        name = match.group(1)
        if not any(pattern.search(name) for pattern in rules.many["no_township"]):
            yield name


def _year_of(title: str, rules: Patterns) -> int | None:
    """The one year that a title names; None where it names none or several."""
    years = {int(year) for year in rules.one["year_in_title"].findall(title)}
    years |= {han_number(year) or 0 for year in rules.one["han_year_in_title"].findall(title)}
    return years.pop() if len(years) == 1 else None


def _from_period(found: Identity, lines: Sequence[str], rules: Patterns) -> Identity:
    """Fill the year from the one period that the text reports on."""
    if found.year is None:
        periods = {int(year) for line in lines for year in rules.one["period"].findall(line)}
        if len(periods) == 1:
            return replace(found, year=periods.pop(), year_source="period")
    return found


def _published(metadata: Sequence[str], signature: Sequence[str], rules: Patterns) -> date | None:
    for pattern in rules.many["published"]:
        for line in metadata:
            match = pattern.search(line)
            if match and (found := _date(*(int(part) for part in match.groups()))):
                return found
    for line in reversed(signature):
        match = rules.one["signature_date"].match(line)
        if match and (found := _date(*(int(part) for part in match.groups()))):
            return found
        match = rules.one["han_signature_date"].match(line)
        if match and (found := _date(*(han_number(part) or 0 for part in match.groups()))):
            return found
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
