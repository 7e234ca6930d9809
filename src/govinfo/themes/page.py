"""`python -m govinfo.themes.page`: write docs/themes.md, the taxonomy and how well statements are tagged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from govinfo.definitions.themes import themes
from govinfo.themes.deciding import ALONE, CUE, LEAST
from govinfo.themes.labelled import Labelled, labelled, set_aside, to_learn
from govinfo.themes.measure import BOTH, Found, by_theme, confused, count, cross_validated, macro, tagged
from govinfo.themes.model import packaged_model

PAGE = Path("docs/themes.md")
_HERE = Path(__file__).parent
_WAYS = {"cues": "cue words alone", "model": "the model alone", "both": "both, as shipped"}
_SHOWN = 25


def page() -> str:
    """The page: the text of `data/page.md` with the measured tables in their places."""
    rows = labelled()
    learned, aside = to_learn(rows), set_aside(rows)
    made, given = ([row for row in aside if row.source == source] for source in ("made", "given"))
    folds = cross_validated(learned)
    tags = {"made": tagged(made), "given": tagged(given)}
    whole: Found = [*tags["made"][BOTH], *tags["given"][BOTH]]
    parts = {
        "taxonomy": _taxonomy(),
        "sizes": _sizes(rows),
        "rule": f"with a cue: margin + {CUE} > {LEAST}; without one: margin > {ALONE}",
        "grams": f"{len(packaged_model().grams):,}",
        "scores": _scores(
            (f"cross-validation, ten folds ({len(learned)})", learned, folds),
            (f"set aside, made up by us ({len(made)})", made, tags["made"]),
            (f"set aside, written by others ({len(given)})", given, tags["given"]),
        ),
        "themes": _by_theme(learned, folds[BOTH], [*made, *given], whole),
        "confusion": _confusion([*made, *given], whole),
        "errors": _errors(learned, folds[BOTH]),
    }
    text = (_HERE / "data" / "page.md").read_text(encoding="utf-8")
    for name, lines in parts.items():
        text = text.replace("{" + name + "}", lines if isinstance(lines, str) else "\n".join(lines))
    return text


def _taxonomy() -> Iterator[str]:
    yield from ("| theme | | what belongs |", "|---|---|---|")
    yield from (f"| `{theme.code}` | {theme.label} | {theme.belongs} |" for theme in themes())


def _sizes(rows: Sequence[Labelled]) -> Iterator[str]:
    yield from ("| | learned from | set aside |", "|---|---:|---:|")
    for source, name in (
        ("made", "made up by us, in seven rounds"),
        ("given", "written by others, given with the taxonomy"),
    ):
        own = [row for row in rows if row.source == source]
        yield f"| {name} | {len(to_learn(own))} | {len(set_aside(own))} |"


def _scores(*measured: tuple[str, Sequence[Labelled], Mapping[str, Found]]) -> Iterator[str]:
    yield from ("| statements | way | micro F1 | macro F1 | precision | recall |", "|---|---|---:|---:|---:|---:|")
    for name, rows, found in measured:
        for way, said in _WAYS.items():
            counts = count(rows, found[way])
            numbers = (counts.f1, macro(rows, found[way]), counts.precision, counts.recall)
            yield f"| {name} | {said} | " + " | ".join(f"{number:.3f}" for number in numbers) + " |"


def _by_theme(learned: Sequence[Labelled], folds: Found, aside: Sequence[Labelled], found: Found) -> Iterator[str]:
    yield "| theme | F1, cross-validated | F1, set aside | right | wrong | lost |"
    yield "|---|---:|---:|---:|---:|---:|"
    own = by_theme(learned, folds)
    for code, counts in by_theme(aside, found).items():
        numbers = f"{own[code].f1:.3f} | {counts.f1:.3f} | {counts.right} | {counts.wrong} | {counts.lost}"
        yield f"| `{code}` | {numbers} |"


def _confusion(rows: Sequence[Labelled], found: Found) -> Iterator[str]:
    yield from ("| given by hand | tagged instead | times |", "|---|---|---:|")
    pairs = sorted(confused(rows, found).items(), key=lambda pair: (-pair[1], pair[0]))
    for (given, instead), times in pairs[:_SHOWN]:
        yield f"| {_code(given)} | {_code(instead)} | {times} |"


def _code(theme: str) -> str:
    return "" if theme == "-" else f"`{theme}`"


def _errors(rows: Sequence[Labelled], found: Found) -> Iterator[str]:
    yield from ("| statement | lost | wrong |", "|---|---|---|")
    shown = [(row, tags) for row, tags in zip(rows, found, strict=True) if row.themes != tags]
    for row, tags in shown[:_SHOWN]:
        lost, wrong = (", ".join(sorted(some)) for some in (row.themes - tags, tags - row.themes))
        yield f"| {row.text} | {lost} | {wrong} |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
