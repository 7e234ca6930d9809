"""Answers made visible: charts in one house style, tables as tidy HTML, and the words that open notebooks."""

from govinfo.charts.bars import bars
from govinfo.charts.chart import Chart
from govinfo.charts.opening import notes, opening, reread_note
from govinfo.charts.problems.copied import copied_chart, copied_table
from govinfo.charts.problems.emerging import emerging_chart, emerging_table
from govinfo.charts.problems.promised import promise_chart, promise_table
from govinfo.charts.problems.recurring import recurring_table, run_grid
from govinfo.charts.problems.theme_shares import share_chart, share_table, trend_chart
from govinfo.charts.requests.disputed import dispute_chart, dispute_table
from govinfo.charts.requests.outcomes import (
    applicant_chart,
    outcome_chart,
    outcome_table,
    outcomes_by_year,
    place_chart,
    reason_chart,
    reply_chart,
)
from govinfo.charts.requests.received import flow_chart, flow_table, received_chart, silence_words
from govinfo.charts.shown import Picture, Table, Words, answers, show
from govinfo.charts.table import tidy
from govinfo.charts.volume.disclosed import (
    channel_chart,
    channel_table,
    kind_chart,
    kind_table,
    totals_chart,
    totals_table,
)
from govinfo.charts.volume.volume import left_out_note, spread_table, volume_charts, volume_tables

__all__ = [
    "Chart",
    "Picture",
    "Table",
    "Words",
    "answers",
    "applicant_chart",
    "bars",
    "channel_chart",
    "channel_table",
    "copied_chart",
    "copied_table",
    "dispute_chart",
    "dispute_table",
    "emerging_chart",
    "emerging_table",
    "flow_chart",
    "flow_table",
    "kind_chart",
    "kind_table",
    "left_out_note",
    "notes",
    "opening",
    "outcome_chart",
    "outcome_table",
    "outcomes_by_year",
    "place_chart",
    "promise_chart",
    "promise_table",
    "reason_chart",
    "received_chart",
    "recurring_table",
    "reply_chart",
    "reread_note",
    "run_grid",
    "share_chart",
    "share_table",
    "show",
    "silence_words",
    "spread_table",
    "tidy",
    "totals_chart",
    "totals_table",
    "trend_chart",
    "volume_charts",
    "volume_tables",
]
