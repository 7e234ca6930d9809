"""Answers made visible: charts in one house style, tables as tidy HTML, and the words that open notebooks."""

from govinfo.charts.bars import bars
from govinfo.charts.lines import lines
from govinfo.charts.opening import notes, opening, reread_note
from govinfo.charts.outcomes import dispute_chart, flow_chart, flow_lines, outcome_chart
from govinfo.charts.shown import Picture, Table, Words, show
from govinfo.charts.table import tidy
from govinfo.charts.themes import place_theme_table, theme_chart, theme_year_table
from govinfo.charts.volume import narrative_note, volume_charts, volume_lines

__all__ = [
    "Picture",
    "Table",
    "Words",
    "bars",
    "dispute_chart",
    "flow_chart",
    "flow_lines",
    "lines",
    "narrative_note",
    "notes",
    "opening",
    "outcome_chart",
    "place_theme_table",
    "reread_note",
    "show",
    "theme_chart",
    "theme_year_table",
    "tidy",
    "volume_charts",
    "volume_lines",
]
