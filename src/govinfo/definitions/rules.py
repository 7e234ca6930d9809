"""The rules: what must hold, why, who says so, and what an official reads, from `rules.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from string import Formatter
from typing import Any

from govinfo.definitions.source import HERE, Source, Steps, read_source


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence or word in Chinese (`zh`) and in English (`en`)."""

    zh: str
    en: str

    def fill(self, **values: Any) -> Said:
        """The sentence with each {name} filled in: a `Said` in its own language, anything else in both."""
        return Said(
            self.zh.format(**{name: value.zh if isinstance(value, Said) else value for name, value in values.items()}),
            self.en.format(**{name: value.en if isinstance(value, Said) else value for name, value in values.items()}),
        )


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: its code and severity (`error`, `warning`, `info`), what must hold, why, who says so.

    `messages` holds the sentence of a finding by case: a rule can be broken in more than one way.
    """

    code: str
    severity: str
    holds: Said
    why: Said
    source: str
    messages: Mapping[str, Said]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """All rules in order, and the words that their messages share."""

    rules: Mapping[str, Rule]
    tables: Mapping[str, Said]
    formula: Mapping[str, Said]
    reasons: Mapping[str, Said]
    sources: Mapping[str, Said]
    aspects: Mapping[str, Said]
    measures: Mapping[str, Said]


def rules() -> Mapping[str, Rule]:
    """Every rule that the package checks, by code, in the order in which findings are listed.

    Raises
    ------
    DefinitionError
        `rules.yaml` is wrong; the message names the line.
    """
    return rule_book().rules


@lru_cache(maxsize=1)
def rule_book() -> RuleBook:
    """The rules and the words that their messages share.

    Raises
    ------
    DefinitionError
        `rules.yaml` is wrong; the message names the line.
    """
    return load_rules(HERE / "rules.yaml")


def load_rules(path: Path) -> RuleBook:
    """The rules that the file at `path` lists, validated.

    Raises
    ------
    DefinitionError
        The file breaks the schema, a rule stands twice, or the two languages of a message do not name the
        same figures; the message names the line.
    """
    source = read_source(path, schema="rules.schema.yaml")
    found: dict[str, Rule] = {}
    for i, item in enumerate(source.data["rules"]):
        if item["rule"] in found:
            raise source.error(("rules", i, "rule"), f"the rule `{item['rule']}` twice", "each rule once")
        found[item["rule"]] = _rule(source, item, ("rules", i))
    shared = {part: {key: Said(**said) for key, said in source.data[part].items()} for part in _SHARED}
    return RuleBook(found, **shared)


_SHARED = ("tables", "formula", "reasons", "sources", "aspects", "measures")


def _rule(source: Source, item: dict[str, Any], steps: Steps) -> Rule:
    messages = {case: Said(**said) for case, said in item["messages"].items()}
    for case, said in messages.items():
        here = (*steps, "messages", case)
        zh, en = _names(source, said.zh, here), _names(source, said.en, here)
        if zh != en:
            raise source.error(here, f"zh names {sorted(zh)}, en names {sorted(en)}", "the same figures in both")
    return Rule(item["rule"], item["severity"], Said(**item["holds"]), Said(**item["why"]), item["source"], messages)


def _names(source: Source, sentence: str, steps: Steps) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
    except ValueError as error:
        raise source.error(steps, f"`{sentence}`: {error}", "{name} for what is filled in") from error
