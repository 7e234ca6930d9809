"""Printed reports with some of their lines mutated, and which lines of the form that touched."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

from govinfo.definitions.form import Form, forms
from govinfo.definitions.sheet import SheetCell, SheetRow
from govinfo.demo.layouts import TEXT_LAYOUTS, Damage, damaged_rows
from govinfo.parse.report import Report, parse_report
from govinfo.readers import read_document

HEAD = ("测试镇2022年政府信息公开工作年度报告", "一、总体情况", "本镇公开信息 35 条，收到申请 2 件。")
TAIL = ("五、存在的主要问题及改进情况", "一是人员培训不足。", "六、其他需要报告的事项", "无。")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
# A line of a form: its table and its code.
FormLine = tuple[str, str]
Figures = dict[str, dict[tuple[str, str], int]]


@dataclass
class Printed:
    """A printed report; `owners` are, for each line of text, the lines of the form of which something stands in it."""

    lines: list[str]
    owners: list[list[FormLine]]
    touched: set[FormLine] = field(default_factory=set)

    def near(self, at: int) -> set[FormLine]:
        """The lines of the form on which something done to this line of text may act: its own and its neighbours'."""
        before = next((self.owners[i][-1] for i in range(at - 1, -1, -1) if self.owners[i]), None)
        after = next((self.owners[i][0] for i in range(at + 1, len(self.lines)) if self.owners[i]), None)
        return {*self.owners[at], *(line for line in (before, after) if line is not None)}


def print_lines(form: Form, figures: Figures, layout: str, damages: Sequence[Damage] = ()) -> Printed:
    """The report in one of TEXT_LAYOUTS; a line with a damaged cell is touched."""
    printed = Printed([], [], {(damage.table, damage.line) for damage in damages})
    printer = TEXT_LAYOUTS[layout].printer

    def add(*texts: str) -> None:
        for text in texts:
            printed.lines += [text, ""]
            printed.owners += [[], []]

    add(*HEAD)
    for table in form.tables:
        add(table.title)
        texts = {cell: str(value) for cell, value in figures[table.name].items()}
        rows = damaged_rows(table, texts, damages)
        printed.lines += [*printer(rows).split("\n"), ""]
        marked = printer([_marked(row) for row in rows]).split("\n")
        printed.owners += [*([(table.name, code) for code in _marks(line)] for line in marked), []]
    add(*TAIL)
    return printed


def _marked(row: SheetRow) -> SheetRow:
    """The row with its line's code in place of its label and its figures."""
    if row.line is None:
        return row
    own = [i for i, cell in enumerate(row.cells) if not cell.merged and (i >= row.first or cell.text == row.line.label)]
    return replace(
        row, cells=tuple(SheetCell(f"«{row.line.code}»") if i in own else cell for i, cell in enumerate(row.cells))
    )


def _marks(line: str) -> list[str]:
    return list(dict.fromkeys(part.split("»")[0] for part in line.split("«")[1:]))


def read(lines: Sequence[str]) -> Report:
    """The report in a text file of these lines."""
    return parse_report(read_document(Path("x.txt"), "x.txt", "\n".join(lines).encode()), forms())


def cells_of(report: Report) -> Iterator[tuple[FormLine, tuple[str, str], dict[str, Any]]]:
    """Each cell: its line of the form, its line and column, its row of the contract."""
    assert report.form is not None
    for table in report.form.tables:
        rows = iter(report.rows[table.name])
        for block in table.blocks:
            for line in block.lines:
                for column in block.columns:
                    yield (table.name, line.code), (line.code, column.key), next(rows)


def _insert(text: str) -> Callable[[str, Random], str | None]:
    return lambda line, random: f"{text}\n{line}"


def _tear(line: str, random: Random) -> str | None:
    """Anywhere but within a number at the end of a row of tabs: a page number on a line of its own looks the same."""
    cuts = [i for i in range(1, len(line) - 1) if "|" in line or not line[i - 1 : i + 1].isdigit()]
    if len(line) <= 6 or not cuts:
        return line
    cut = random.choice(cuts)
    return f"{line[:cut]}\n{line[cut:]}"


def _lose_a_character(line: str, random: Random) -> str | None:
    """Of a label, a bar or a tab: a digit lost from a figure is another figure, which nobody can see."""
    places = [i for i, char in enumerate(line) if not char.isdigit()]
    if not places:
        return line
    cut = random.choice(places)
    return line[:cut] + line[cut + 1 :]


# What is done to a line of text; None: it is lost.
MUTATIONS: dict[str, Callable[[str, Random], str | None]] = {
    "page mark": _insert("- 3 -"),
    "page mark in words": _insert("第 3 页 共 6 页"),
    "page number": _insert("7"),
    "sentence with figures": _insert("2022年度共收到申请12件，较上年增加3件。"),
    "note with figures": _insert("说明：以上3项含上年结转2件"),
    "torn line": _tear,
    "lost character": _lose_a_character,
    "full width": lambda line, random: line.translate(FULL_WIDTH),
    "lost line": lambda line, random: None,
    "doubled line": lambda line, random: f"{line}\n{line}",
}
# Spellings of a section's heading.
HEADINGS: tuple[Callable[[str], str], ...] = (
    lambda text: text.replace("、", "、 ", 1),
    lambda text: text.replace("、", " 、", 1),
    lambda text: text.replace("、", ".", 1),
    lambda text: text.replace("、", "．", 1),
    lambda text: text[1:],
    lambda text: f"## {text}",
    lambda text: f"{text}：",
    lambda text: text[:6] + " " + text[6:],
)


def mutate(printed: Printed, form: Form, layout: str, random: Random, times: int) -> list[str]:
    """The lines with up to so many mutations, none of them near another."""
    lines: list[str | None] = list(printed.lines)
    # tags are the reader's of pages; a whole table on one line is lost as a whole
    kinds = {"markup": [], "run": [name for name in MUTATIONS if name not in ("lost line", "torn line")]}
    names = sorted(kinds.get(layout, MUTATIONS))
    first = lines.index(form.tables[0].title)
    last = lines.index(TAIL[0])
    for _ in range(times if names else 0):
        at, name = random.randrange(first + 1, last), random.choice(names)
        line, near = printed.lines[at], printed.near(at)
        if near & printed.touched or lines[at] != line or (name == "lost line" and not line):
            continue
        lines[at] = MUTATIONS[name](line, random)
        printed.touched |= near if lines[at] != line and name != "full width" else set()
    titles = {table.title for table in form.tables} if form.code != "statistics" else set()
    for at, line in enumerate(printed.lines):
        if line in {*titles, TAIL[0]} and lines[at] == line and random.random() < 0.2:
            lines[at] = random.choice(HEADINGS)(line)
    return [line for line in lines if line is not None]
