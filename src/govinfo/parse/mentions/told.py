"""Figures that are told, the lists that they are parts of, and what is known while a paragraph is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from govinfo.parse.mentions.pieces import Amount


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a section: its measure (None: none of ours), what it is called, and where its clause stands.

    `number` is the place of the figure itself, `in_words` whether it is a 0 told in words.
    """

    measure: str | None
    category: str | None
    amount: Amount
    approximate: bool
    period: str | None
    start: int
    end: int
    label: str = ""
    number: int = 0
    in_words: bool = False
    evidence: str = ""


@dataclass(slots=True)
class FigureList:
    """A list of parts: the figure that they share out (None: it stands elsewhere), the parts, the shares beside them.

    `is_open`: the list says that it is not complete (等, 主要有). `is_among`: it begins with 其中.
    `is_mixed`: a part is shared out again without
    brackets, or is counted in another unit, so that nobody can tell which figures add up. `depth` is the number of
    brackets around the list, `around` the list in which it stands.
    """

    total: Told | None
    family: str
    unit: str
    parts: list[Told] = field(default_factory=list)
    shares: list[tuple[Told, Told]] = field(default_factory=list)
    is_open: bool = False
    is_among: bool = False
    is_mixed: bool = False
    depth: int = 0
    around: FigureList | None = None


@dataclass(slots=True)
class Context:
    """What was said before: in the headings, in the paragraph, and in the sentence.

    `topic` is the kind of the last object named in the paragraph, `tainted` are kinds named there of something else
    (消防培训). `ways` are the kinds of channels named in the sentence so far, `yearly` the measures that it told of the
    year. `previous` is the last figure of the sentence, `listed` whether it is a part of a list, `total` the last
    figure that a list may share out.
    """

    headings: tuple[str, ...] = ()
    topic: str | None = None
    tainted: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    ways: set[str] = field(default_factory=set)
    yearly: set[str] = field(default_factory=set)
    previous: Told | None = None
    listed: bool = False
    total: Told | None = None
    current: FigureList | None = None
    dispute: str | None = None
