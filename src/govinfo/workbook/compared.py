"""The sheets that compare: years, outcomes, themes, and the charts that are drawn from them."""

from __future__ import annotations

from collections.abc import Iterable

from govinfo.definitions.wording import say
from govinfo.workbook import outcomes, topics, years
from govinfo.workbook.drawn import charts_page
from govinfo.workbook.pages import Edition, Page, table_page
from govinfo.workbook.townships import outcomes_by_township, years_by_township

# so many counties have charts: more would be leafed through by nobody
_MOST_AREAS = 6


def compared_pages(edition: Edition) -> Iterable[Page]:
    """图表, 年度对比, 分乡镇对比, 办理结果, 分乡镇办理结果 and 问题主题."""
    over_time, time_charts = years.years_part(edition)
    by_outcome, outcome_charts = outcomes.outcomes_part(edition)
    by_topic, topic_charts = topics.topics_part(edition)
    areas = list(dict.fromkeys(chart.area for chart in time_charts))
    drawn = [
        chart
        for area in areas[:_MOST_AREAS]
        for chart in (*time_charts, *outcome_charts, *topic_charts)
        if chart.area == area
    ]
    remarks = [
        say(
            "sheet_charts",
            "remark",
            **{"years": over_time.name, "outcomes": by_outcome.name, "topics": by_topic.name},
            counted=edition.counted,
            date=edition.date,
        ),
        say("sheet_charts", "gaps"),
    ]
    if len(areas) > _MOST_AREAS:
        remarks.append(say("sheet_charts", "left_out", n=_MOST_AREAS))
    yield charts_page("charts", say("sheet_charts", "sheet"), say("sheet_charts", "title"), remarks, drawn)
    yield table_page(years.KEY, over_time)
    yield table_page("years_by_township", years_by_township(edition))
    yield table_page(outcomes.KEY, by_outcome)
    yield table_page("outcomes_by_township", outcomes_by_township(edition))
    yield table_page(topics.KEY, by_topic)
