"""What an import did: each line of it with its place, and the sums, as Chinese sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govinfo.definitions.wording import say

# in the order of the sums; `refused` asks somebody to do something, `kept` only tells
STATES = ("new", "changed", "unchanged", "kept", "refused")
_SILENT = "unchanged"


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one line or cell: `place` is where it stands (`问题清单!O12`), `text` what is to be said of it."""

    state: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import does: what is told, and whether the register is another one after it."""

    told: tuple[Told, ...]
    wrote: bool = False


def told_text(done: Imported, register: str, dry_run: bool) -> str:
    """Sentences for the terminal: what is new, changed, kept or refused, each with its place, and the sums."""
    lines = [
        say("imports", "line", state=say("imports", f"state_{one.state}"), place=one.place, text=one.text)
        for state in STATES
        if state != _SILENT
        for one in done.told
        if one.state == state
    ]
    counts = {state: sum(one.state == state for one in done.told) for state in STATES}
    lines.append(say("imports", "sums", **counts))
    key = "would" if dry_run else ("wrote" if done.wrote else "same")
    lines.append(say("imports", key, register=register))
    return "\n".join(lines)


def has_refused(told: Sequence[Told]) -> bool:
    """Whether something was not taken."""
    return any(one.state == "refused" for one in told)
