"""Answers made visible: charts in one house style, tables as tidy HTML, and the words that open notebooks."""

from govinfo.charts.bars import bars
from govinfo.charts.chart import Chart
from govinfo.charts.copied import copied_chart, copied_table
from govinfo.charts.emerging import emerging_chart, emerging_table
from govinfo.charts.lines import lines
from govinfo.charts.opening import notes, opening, reread_note
from govinfo.charts.outcomes import dispute_chart, flow_chart, flow_lines, outcome_chart
from govinfo.charts.promised import promise_chart, promise_table
from govinfo.charts.recurring import recurring_table, run_grid
from govinfo.charts.shown import Picture, Table, Words, answers, show
from govinfo.charts.table import tidy
from govinfo.charts.theme_shares import share_chart, share_table, trend_chart
from govinfo.charts.volume import narrative_note, volume_charts, volume_lines

__all__ = [
    "Chart",
    "Picture",
    "Table",
    "Words",
    "answers",
    "bars",
    "copied_chart",
    "copied_table",
    "dispute_chart",
    "emerging_chart",
    "emerging_table",
    "flow_chart",
    "flow_lines",
    "lines",
    "narrative_note",
    "notes",
    "opening",
    "outcome_chart",
    "promise_chart",
    "promise_table",
    "recurring_table",
    "reread_note",
    "run_grid",
    "share_chart",
    "share_table",
    "show",
    "tidy",
    "trend_chart",
    "volume_charts",
    "volume_lines",
]
