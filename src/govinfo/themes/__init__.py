"""Which themes a statement names: cue words of `definitions/themes.yaml` and a model of labelled statements."""

from __future__ import annotations

import pandas as pd

from govinfo.tables import SCHEMA, typed
from govinfo.themes.cues import cues_in
from govinfo.themes.deciding import Tag, decide

__all__ = ["Tag", "cues_in", "decide", "tag_themes"]

_BETWEEN = " | "


def tag_themes(problems: pd.DataFrame) -> pd.DataFrame:
    """The themes of each statement of section 五 (the table `problems`).

    Returns
    -------
    DataFrame of the table `problem_themes`, one row per statement and theme, in the order of the taxonomy
        evidence (the cue words that made the tag, joined by ` | `; where the model alone made it, the characters
        that spoke most for it), confidence (0.5 to 1), guess. A statement that names no theme surely enough
        carries `unclassified`: its evidence is null, `guess` the theme that came nearest, where one came near.

    Source: the taxonomy of `definitions/themes.yaml`; how sure the tags are is in docs/themes.md.
    """
    place, texts = pd.factorize(problems["text"].astype("object").where(problems["text"].notna(), ""))
    tags = [_row_parts(found) for found in decide([str(text) for text in texts])]
    numbers = [len(tags[i]) for i in place]
    keys = problems[["report_id", "kind", "ordinal"]]
    rows = keys.loc[keys.index.repeat(numbers)].reset_index(drop=True)
    parts = [part for i in place for part in tags[i]]
    rest = pd.DataFrame(parts, columns=["theme", "evidence", "confidence", "guess"])
    return typed("problem_themes", pd.concat([rows, rest], axis="columns")[list(SCHEMA["problem_themes"])])


def _row_parts(tags: tuple[Tag, ...]) -> list[tuple[str, str | None, float, str | None]]:
    return [(tag.theme, _BETWEEN.join(tag.evidence) or None, tag.confidence, tag.guess) for tag in tags]
