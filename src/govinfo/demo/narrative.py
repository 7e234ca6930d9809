"""The sections of a made-up report: their paragraphs, the figures told in them, and the points of section 五."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from govinfo.definitions.demo import made_up
from govinfo.demo.history import YearFigures
from govinfo.demo.sentences import Told, fill, needs

# How many problems a township has of its own, how likely each is in a year, and in the words of other years.
_TROUBLES, _COME_BACK, _SAME_WORDS = 3, 0.7, 0.6
_ITEMS = ("disclosure", "requests", "management", "platform", "support")


@dataclass(frozen=True, slots=True)
class Point:
    """One point of section 五; `start` and `end` are its place in the section's text."""

    kind: str
    text: str
    start: int
    end: int


@dataclass
class Section:
    """A section as printed: `heading` (None before the first), paragraphs, and the table that stands in it.

    The table stands behind the first `before` paragraphs.
    """

    role: str
    heading: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    table: str | None = None
    before: int = 0

    @property
    def text(self) -> str:
        """The paragraphs, a line each."""
        return "\n".join(self.paragraphs)

    @property
    def number(self) -> int | None:
        """The number that the heading prints."""
        return None if self.heading is None else made_up("numerals").index(self.heading[0]) + 1

    def add(self, text: str, told: Sequence[Told] = (), points: Sequence[Point] = ()) -> None:
        """Add a text of one or more lines; the places of `told` and `points` count from its beginning."""
        offset = len(self.text) + 1 if self.paragraphs else 0
        self.told.extend(item.moved(offset) for item in told)
        self.points.extend(Point(p.kind, p.text, p.start + offset, p.end + offset) for p in points)
        self.paragraphs.extend(text.split("\n"))


def write_sections(year: YearFigures, words: Mapping[str, str], random: Random) -> list[Section]:
    """All sections of a report from the preamble on, the signature left out.

    Parameters
    ----------
    year : the figures; what the text tells agrees with them.
    words : what sentences are filled with: township, county, year and the like.
    """
    tables = {table.name for table in year.form.tables}
    styles = made_up("styles")
    if tables <= set(made_up("headings")):
        chapters = _new_chapters(year, words, random.choice(styles), random)
    else:
        # problems and measures in chapters of their own would move the numbers of those that follow
        together = [style for style in styles if "apart" not in style]
        chapters = _old_chapters(year, words, random.choice(together), random)
    return [_preamble(words, random), *chapters]


def _preamble(words: Mapping[str, str], random: Random) -> Section:
    section = Section("preamble")
    section.add(fill(made_up("disclaimer"), words, {})[0])
    section.add(fill(random.choice(made_up("intro")), words, {})[0])
    return section


def _new_chapters(
    year: YearFigures, words: Mapping[str, str], style: Mapping[str, Any], random: Random
) -> list[Section]:
    """The six sections of the forms since 2019."""
    sections = []
    for role, headings in made_up("headings").items():
        section = Section(role, random.choice(headings))
        if role == "overview":
            _overview(section, year.facts, words, random)
        elif role == "problems":
            sections += _problem_sections(section, style, words, random)
            continue
        elif role == "other":
            section.heading = style["apart"][2] if "apart" in style else section.heading
            _say(section, "other", year.facts, words, random)
        elif year.form.table(role) is not None:
            section.table = role
            if random.random() < 0.4:
                _say(section, "table", year.facts, words, random)
            section.before = len(section.paragraphs)
        sections.append(section)
    return sections


def _old_chapters(
    year: YearFigures, words: Mapping[str, str], style: Mapping[str, Any], random: Random
) -> list[Section]:
    """The chapters of reports whose figures stand in one table at the end."""
    sections: list[Section] = []
    for chapter in made_up("old_chapters"):
        section = Section(chapter["role"], chapter["heading"])
        if chapter["role"] == "problems":
            sections += _problem_sections(section, style, words, random)
            continue
        if chapter["role"] == "appendix":
            section.table = year.form.tables[0].name
        else:
            _say(section, chapter["text"], year.facts, words, random)
        sections.append(section)
    return sections


def _overview(section: Section, facts: Mapping[str, int], words: Mapping[str, str], random: Random) -> None:
    _say(section, "overview", facts, words, random)
    headed = random.choice(("none", "line", "own"))
    for number, item in enumerate(_ITEMS):
        text, told = _sentence(item, facts, words, random)
        label = made_up("sentences").get(f"{item}_item")
        if headed == "none" or not label:
            section.add(text, told)
            continue
        label = f"（{made_up('numerals')[number]}）{label}"
        if headed == "line":
            lead = f"{label}。"
            section.add(lead + text, [item.moved(len(lead)) for item in told])
        else:
            section.add(label)
            section.add(text, told)


def _say(section: Section, key: str, facts: Mapping[str, int], words: Mapping[str, str], random: Random) -> None:
    text, told = _sentence(key, facts, words, random)
    if text:
        section.add(text, told)


def _sentence(
    key: str, facts: Mapping[str, int], words: Mapping[str, str], random: Random
) -> tuple[str, tuple[Told, ...]]:
    """One of the sentences under `key` of which all figures are known; another one where a figure is 0."""
    sentences = made_up("sentences")
    if key == "requests" and not facts.get("requests_received"):
        key = "requests_none" if "requests_received" in facts else key
    known = [item for item in sentences[key] if needs(item) <= facts.keys()]
    return fill(random.choice(known), words, facts) if known else ("", ())


def _problem_sections(
    section: Section, style: Mapping[str, Any], words: Mapping[str, str], random: Random
) -> list[Section]:
    """Section 五 in one of the styles: one section, or two where problems and measures have chapters of their own."""
    if "nothing" in style:
        section.add(style["nothing"])
        return [section]
    parts = [_listed(kind, style[f"{kind}s"], words, random) for kind in ("problem", "measure") if f"{kind}s" in style]
    if "apart" in style:
        sections = [Section("problems", heading) for heading in style["apart"][:2]]
        for own, (text, points) in zip(sections, parts, strict=True):
            own.add(text, points=points)
        return sections
    text, points = "", []
    for part, found in parts:
        text += style["joint"] if text else ""
        points += [Point(p.kind, p.text, p.start + len(text), p.end + len(text)) for p in found]
        text += part
    section.add(text, points=points)
    return [section]


def _detail(kind: str, random: Random) -> str:
    """What a point goes on with, made of one word of each list."""
    joint: str = made_up("joint")
    return joint + "".join(random.choice(words) for words in made_up("details")[kind])


def _chosen(kind: str, most: int, words: Mapping[str, str], random: Random) -> list[tuple[str, bool]]:
    """The points of a list, and whether each is said again in the words of other years.

    A township has troubles of its own that come back in most years, and means against them; at most half of a list is
    said again word for word, or the section would be a copy of last year's.
    """
    pool = made_up(f"{kind}s")
    own = Random(f"{words['county']} {words['township']}").sample(range(len(pool)), _TROUBLES)
    number = random.randint(min(2, most), most)
    habits = [place for place in own if random.random() < _COME_BACK][: max(1, number - 1)]
    others = random.sample([place for place in range(len(pool)) if place not in habits], number - len(habits))
    again = {place for place in habits[: number // 2] if random.random() < _SAME_WORDS}
    places = random.sample([*habits, *others], number)
    return [(pool[place], place in again) for place in places]


def _listed(kind: str, style: Mapping[str, Any], words: Mapping[str, str], random: Random) -> tuple[str, list[Point]]:
    """One list of points, and where each stands in it."""
    marks = style["marks"]
    chosen = _chosen(kind, len(marks), words, random)
    text = style["heading"] + "\n" if "heading" in style else ""
    lead = fill(style.get("lead", ""), words, {})[0]
    belongs = style.get("lead_belongs", False)
    text += "" if belongs else lead
    points = []
    for number, (mark, (statement, again)) in enumerate(zip(marks, chosen, strict=False)):
        text += style["between"] if number else ""
        said = (lead if belongs and not number else "") + statement
        said += _detail(f"{kind}s", Random(f"{words['township']} {statement}") if again else random)
        text += mark
        points.append(Point(kind, said, len(text), len(text) + len(said)))
        text += said
    return text + style["end"], points
