"""Tables as CSV that Excel, R and pandas read alike: UTF-8 with its mark, text that is never a formula."""

from __future__ import annotations

import csv
import io
import re

import pandas as pd

from govinfo.sheet_text import FORMULA_SIGNS, harmless

# a text that begins so gets one more apostrophe, so that taking one away gives the text back
_GUARDED = re.compile(f"'+[{re.escape(''.join(FORMULA_SIGNS))}]")


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """The table as CSV: a null is blank, days are 2024-03-02, true and false are these words.

    A text that a spreadsheet would take for a formula has an apostrophe before it; `plain_text` takes it away.
    """
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(frame.columns)
    columns = [_texts(frame[name]) for name in frame.columns]
    writer.writerows(zip(*columns, strict=True))
    return target.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text as it stands in the CSV."""
    return f"'{text}" if _GUARDED.match(text) else harmless(text)


def plain_text(text: str) -> str:
    """The text that `guarded` gave, as it was."""
    return text[1:] if _GUARDED.match(text) else text


def _texts(column: pd.Series) -> list[str]:
    """Each value of a column as its text in the file, blank for null."""
    kind = str(column.dtype)
    null = column.isna().to_list()
    if kind == "boolean":
        texts = ["true" if value else "false" for value in column.fillna(False)]
    elif kind.startswith("datetime"):
        texts = [str(text) for text in column.dt.strftime("%Y-%m-%d")]
    elif kind == "Float64":
        texts = [repr(value).removesuffix(".0") for value in column.fillna(0.0).astype("float64").to_list()]
    elif kind.startswith("Int"):
        texts = [str(value) for value in column.fillna(0).astype("int64").to_list()]
    else:
        texts = [guarded(str(value)) for value in column.fillna("").to_list()]
    return ["" if absent else text for absent, text in zip(null, texts, strict=True)]
