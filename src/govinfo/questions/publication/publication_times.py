"""Whether the reports were published in time."""

from __future__ import annotations

import pandas as pd

from govinfo.questions.frames import PLACE, located
from govinfo.questions.quality.finding_rules import finding_states
from govinfo.tables import Tables

# in time; late; long after, which is mostly the date of an older page that was moved; before the year was over, which
# no report is; nothing known
IN_TIME, LATE, LONG_AFTER, TOO_EARLY, UNDATED = "in_time", "late", "long_after", "too_early", "undated"
STATES = (IN_TIME, LATE, LONG_AFTER, TOO_EARLY, UNDATED)
TIMES = {
    **PLACE,
    "state": "string",
    "published_on": "datetime64[ns]",
    "due": "datetime64[ns]",
    "days_late": "Int64",
    "source": "string",
}
_RULE = "publication.late"


def publication_times(tables: Tables) -> pd.DataFrame:
    """When each report that counts was published, held against the day on which it was due.

    Returns
    -------
    DataFrame, one row per counted report
        who, when, form; state: `in_time`, `late`, `long_after` (in a year after the one in which it was due: mostly the
        day on which a page was published anew), `too_early` (before the year was over: a misread date or year),
        `undated` (no date, or no year to hold it against); published_on, due and days_late where late; source.
        What an official has dismissed is in time.

    Source: the rule `publication.late`.
    """
    own = tables.reports[tables.reports["counted"].fillna(True)]
    found = tables.findings[(tables.findings["rule"] == _RULE).fillna(False)]
    found = found[finding_states(found) != "dismissed"].drop_duplicates("report_id")
    days = pd.DataFrame(
        {
            "report_id": found["report_id"],
            "due": pd.to_datetime(found["expected"], errors="coerce"),
            "first": pd.to_datetime(found["found"], errors="coerce"),
        }
    )
    frame = own[["report_id", "year", "published_on", "source"]].merge(days, on="report_id", how="left")
    frame["published_on"] = frame["first"].fillna(frame["published_on"])
    late = (frame["first"] - frame["due"]).dt.days
    after = frame["first"].dt.year > frame["due"].dt.year
    state = pd.Series(IN_TIME, index=frame.index, dtype="string")
    state = state.mask(late > 0, LATE).mask((late > 0) & after, LONG_AFTER).mask(late <= 0, TOO_EARLY)
    state = state.mask(frame["published_on"].isna() | frame["year"].isna(), UNDATED)
    frame = frame.drop(columns="year").assign(state=state, days_late=late.where(late > 0))
    return located(frame, tables, TIMES)
