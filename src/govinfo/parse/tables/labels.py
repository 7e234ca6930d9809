"""Which official label a printed text is: looked up, never searched for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from govinfo.definitions.form import Block, Column, Form, FormTable, Line
from govinfo.text import label_keys

# A cut-off label is believed from this many characters on, where only one line of the table begins so.
MIN_CUT_LABEL = 4


@dataclass(frozen=True, slots=True)
class Label:
    """A label of a form.

    `kind` is `line`, `column`, `caption` (no figures of its own), `corner` or `footer` (the table ends there).
    """

    table: str
    kind: str
    block: int
    line: Line | None = None
    column: Column | None = None


@dataclass(frozen=True)
class LabelIndex:
    """The labels of one form by key; `beginnings` are all proper beginnings of keys, with the keys they begin."""

    form: Form
    keys: Mapping[str, tuple[Label, ...]]
    beginnings: Mapping[str, frozenset[str]]

    def find(self, text: str) -> tuple[Label, ...]:
        """Every label that `text` prints, best key first; empty where it prints none."""
        for key in label_keys(text):
            labels = self.keys.get(key)
            if labels:
                return labels
        return ()

    def may_go_on(self, text: str) -> bool:
        """Whether a label begins with `text` and goes on after it."""
        keys = label_keys(text)
        return bool(keys) and keys[0] in self.beginnings

    def find_cut(self, text: str, table: str) -> tuple[Label, ...]:
        """The one line of `table` whose label begins with `text`, where `text` is long enough to tell."""
        keys = label_keys(text)
        if not keys or len(keys[0]) < MIN_CUT_LABEL:
            return ()
        found = {
            label
            for key in self.beginnings.get(keys[0], ())
            for label in self.keys[key]
            if label.table == table and label.kind == "line"
        }
        return tuple(found) if len(found) == 1 else ()


@lru_cache(maxsize=32)
def label_index(form: Form) -> LabelIndex:
    """The labels of `form`, by key."""
    keys: dict[str, list[Label]] = defaultdict(list)
    for table in form.tables:
        for text, label in _table_labels(table):
            for key in label_keys(text):
                if label not in keys[key]:
                    keys[key].append(label)
    # the key without its bracket helps only where it tells labels apart: not for 第二十条第（…）项
    frozen = {key: tuple(labels) for key, labels in keys.items() if len({_group(x) for x in labels}) <= 3}
    beginnings: dict[str, set[str]] = defaultdict(set)
    for key in frozen:
        for length in range(1, len(key)):
            beginnings[key[:length]].add(key)
    return LabelIndex(form, frozen, {key: frozenset(value) for key, value in beginnings.items()})


def _group(label: Label) -> tuple[str, str, str]:
    code = label.line.code if label.line else label.column.code if label.column else ""
    return label.table, label.kind, code


def _table_labels(table: FormTable) -> Iterator[tuple[str, Label]]:
    if table.corner:
        yield table.corner, Label(table.name, "corner", 0)
    if table.unit_column:
        # a list stands behind the sections, so its title is no section's heading
        yield table.title, Label(table.name, "corner", 0)
        yield table.unit_column, Label(table.name, "corner", 0)
    for text in table.footer:
        yield text, Label(table.name, "footer", 0)
    for number, block in enumerate(table.blocks):
        if block.caption:
            yield block.caption, Label(table.name, "caption", number)
        yield from _block_labels(table, number, block)


def _block_labels(table: FormTable, number: int, block: Block) -> Iterator[tuple[str, Label]]:
    for labels in block.captions:
        for text in labels:
            yield text, Label(table.name, "caption", number)
    for column in block.columns:
        for text in column.labels:
            yield text, Label(table.name, "column", number, column=column)
    for line in block.lines:
        for text in line.labels:
            yield text, Label(table.name, "line", number, line=line)


@lru_cache(maxsize=32)
def own_keys(form: Form, others: tuple[Form, ...]) -> frozenset[str]:
    """The keys of labels with a line or a column that `form` has and none of `others` has."""
    elsewhere = {key for other in others for key in label_index(other).keys}
    return frozenset(
        key
        for key, labels in label_index(form).keys.items()
        if key not in elsewhere and any(label.kind in ("line", "column") for label in labels)
    )
