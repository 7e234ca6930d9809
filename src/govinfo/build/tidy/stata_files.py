"""Tables as Stata files (version 14 and later): labelled variables, missing values, texts of any length."""

from __future__ import annotations

import io
from datetime import datetime

import pandas as pd

from govinfo.definitions.dictionary import TableEntry

# what fits into a text of fixed width; longer ones become strL
_MOST_BYTES = 2045
# a file says when it was written: always the same, so that the same tables give the same bytes
_STAMP = datetime(2000, 1, 1)

# words that no variable may be called
_RESERVED = {"end": "end_"}


def stata_name(column: str) -> str:
    """What a column is called in Stata."""
    return _RESERVED.get(column, column)


def stata_bytes(frame: pd.DataFrame, entry: TableEntry) -> bytes:
    """The table as .dta of format 118 (UTF-8): numbers and days may be missing, a null text is an empty one.

    true and false are 1 and 0; each variable has the label of the dictionary.
    """
    plain: dict[str, pd.Series] = {}
    long, days = [], []
    for name, column in ((stata_name(name), frame[name]) for name in frame.columns):
        kind = str(column.dtype)
        if kind == "string":
            # a text ends at a zero byte
            texts = column.fillna("").str.replace("\0", "", regex=False)
            plain[name] = pd.Series(texts.to_list(), dtype=object)
            if max((len(text.encode()) for text in plain[name]), default=0) > _MOST_BYTES:
                long.append(name)
        elif kind == "boolean":
            plain[name] = column.astype("Int8")
        elif kind.startswith("Int"):
            # of a narrow type pandas makes numbers missing that Stata's type of that width cannot hold
            plain[name] = column.astype("Int64")
        else:
            plain[name] = column
            if kind.startswith("datetime"):
                days.append(name)
    target = io.BytesIO()
    pd.DataFrame(plain).to_stata(
        target,
        write_index=False,
        version=118,
        byteorder="<",
        time_stamp=_STAMP,
        data_label=entry.en[:80],
        variable_labels={stata_name(column.name): column.label for column in entry.columns},
        convert_dates=dict.fromkeys(days, "td"),
        convert_strl=long,
    )
    return target.getvalue()
