"""The main figures of one township: a table by year, and where the county's other townships stand."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from govinfo.charts.chart import Chart
from govinfo.charts.shown import Table, Words, beside
from govinfo.charts.style import COLOURS, GREY, INK, house_style, panels, wrap
from govinfo.charts.table import code_word, number, tidy
from govinfo.charts.township.profile_requests import years_said
from govinfo.definitions.labels import figure_labels
from govinfo.definitions.wording import say, words
from govinfo.questions.comparison.main_figures import main_figures
from govinfo.questions.township.one_township import Township
from govinfo.questions.township.township_figures import LEAST, beside_county, county_years, township_figures
from govinfo.questions.township.township_reports import reports_by_year

MOST_PANELS = 6
_SECTION = "profile"
_ACROSS = 2
_RANGE = "#C9D6E2"
_OCR = "ocr"
# lines that follow from the others: what came in and what was left over
_FOLLOWS = ("carried_over", "total", "carried_forward")
_TITLE_WIDTH = 28


def figures_table(township: Township) -> list[Table | Words]:
    """The main figures by year, marked where they are repaired, corrected or recognised; and where each stands."""
    cells = township_figures(township.tables)
    reports = len(township.tables.reports)
    if not reports:
        return [Words((say(_SECTION, "nothing"),))]
    if cells.empty:
        return [Words((say(_SECTION, "no_figures", n=reports),))]
    named = cells.assign(name=_names(cells))
    zero = named.groupby("figure", sort=False)["value"].agg(lambda values: bool((values == 0).fillna(False).all()))
    flat = named[named["figure"].map(zero.to_dict())]
    told = named[~named["figure"].map(zero.to_dict()).astype(bool)]
    zeros = say(_SECTION, "join").join(_rank_by_form(flat)["figure"].drop_duplicates().map(_short_names()))
    if told.empty:
        key = "all_zero" if reports > 1 else "all_zero_one"
        shown: list[Table | Words] = [Words((say(_SECTION, key, years=years_said(cells["year"]), names=zeros),))]
    else:
        shown = [_by_year(township, told)]
        shown += [Words((say(_SECTION, "figures_zero", names=zeros),))] if zeros else []
    return [*shown, *_places(named)]


def _by_year(township: Township, told: pd.DataFrame) -> Table | Words:
    """A row per figure, a column per year: the figure with its mark, or words."""
    heads = _heads(reports_by_year(township))
    marked = told.assign(cell=[_marked(record) for record in told.to_dict("records")])
    wide = marked.pivot(index="figure", columns="report_id", values="cell")
    order = _rank_by_form(told)["figure"].drop_duplicates()
    units = {one.code: code_word(one.unit, "unit_") for one in main_figures()}
    frame = pd.DataFrame({"figure_name": order.map(_short_names()), "unit": order.map(units)}).set_index(order)
    for head, report_id in heads:
        column = wide[report_id].reindex(order) if report_id in wide.columns else pd.Series(pd.NA, index=order)
        empty = say(_SECTION, "no_report") if report_id is None else say(_SECTION, "not_on_form")
        frame[head] = column.fillna(empty)
    caption = say(_SECTION, "figures_table", years=years_said(told["year"])) + _marks(told, frame)
    return tidy(frame, list(frame.columns), caption=caption)


def _heads(by_year: pd.DataFrame) -> list[tuple[str, str | None]]:
    """What stands above the column of each report, and of each year without one, and the report."""
    heads: list[tuple[str, str | None]] = []
    for record in by_year.to_dict("records"):
        year = say(_SECTION, "no_year") if pd.isna(record["year"]) else str(record["year"])
        twins = sum(head.split()[0] == year for head, _ in heads)
        head = year if not twins else f"{year} ({twins + 1})"
        heads.append((head, record["report_id"] if record["state"] == "there" else None))
    return heads


def _marked(record: dict[Any, Any]) -> str:
    if pd.isna(record["value"]):
        return code_word(str(record["status"]), "status_")
    if record["status"] in ("repaired", "corrected"):
        return say(_SECTION, record["status"], value=number(record["value"]))
    if _recognised(record["status_detail"]):
        return say(_SECTION, "ocr", value=number(record["value"]))
    return number(record["value"])


def _recognised(detail: Any) -> bool:
    return pd.notna(detail) and str(detail).startswith(_OCR)


def _marks(told: pd.DataFrame, shown: pd.DataFrame) -> str:
    """What the marks in the table mean, those only that stand in it."""
    keys = [key for key in ("repaired", "corrected") if (told["status"] == key).any()]
    keys += ["ocr"] if any(map(_recognised, told["status_detail"])) else []
    keys += ["words"] if told["value"].isna().any() else []
    keys += ["not_on_form"] if (shown == say(_SECTION, "not_on_form")).any(axis=None) else []
    said = [say(_SECTION, f"mark_{key}") for key in keys]
    return say(_SECTION, "marks", marks=say(_SECTION, "semicolon").join(said)) if said else ""


def _places(named: pd.DataFrame) -> tuple[Table, ...]:
    """Each figure with its place in its file, what is printed there, and how it was read; folded."""
    status = [
        say(_SECTION, "status_corrected") if status == "corrected" else code_word(str(status), "status_")
        for status in named["status"]
    ]
    rows = named.assign(figure_status=status, figure_name=named["name"], printed=named["printed"].replace("", pd.NA))
    caption = say(_SECTION, "places_table", n=len(rows))
    columns = ["year", "figure_name", "value", "figure_status", "printed", "locator", "source"]
    return beside(tidy(rows, columns, caption=caption, folded=True))


def beside_chart(township: Township) -> Chart | Words:
    """Main figures over the years, each in a small picture, before the range of the county's other townships."""
    frame = beside_county(township) if township.county_known else _alone(township)
    if frame["value"].isna().all():
        return Words((say(_SECTION, "beside_nothing"),))
    told = frame[frame["year"].notna()]
    area = _area(frame)
    ranged, years = bool(told["median"].notna().any()), told["year"].nunique()
    if (frame["value"].fillna(0) == 0).all() and not (told["high"].fillna(0) > 0).any():
        return Words((say(_SECTION, "beside_zero" if years > 1 else "beside_zero_one"),))
    if not ranged and years < 2:
        return Words((say(_SECTION, "beside_no_compare" + _unknown(area), area=area, least=LEAST),))
    chosen = _chosen(told)
    if not chosen:
        return Words((say(_SECTION, "beside_no_compare" + _unknown(area), area=area, least=LEAST),))
    shown = told[told["figure"].isin(chosen[:MOST_PANELS])]
    with house_style():
        rows = -(-min(len(chosen), MOST_PANELS) // _ACROSS)
        title, caption = _title(shown, chosen, area, ranged), _caption(shown, ranged, len(chosen))
        figure, axes = panels(1.25 * rows, title, caption, rows, min(_ACROSS, len(chosen)), one_scale=False)
        span = county_years(township)
        for one, code in zip(axes, chosen, strict=False):
            _draw(one, shown[shown["figure"] == code], range(span[0], span[-1] + 1))
        for one in axes[min(len(chosen), MOST_PANELS) :]:
            one.set_visible(False)
        figure.draw_without_rendering()
    return Chart("beside_county", figure, shown)


def beside_table(township: Township) -> tuple[Table, ...]:
    """The figures of the township with median and range of the others; folded."""
    frame = beside_county(township)
    frame = frame[frame["median"].notna()]
    rows = frame.assign(
        figure_name=_names(frame),
        own=[_marked({**record, "status_detail": pd.NA}) for record in frame.to_dict("records")],
        range=[
            say(_SECTION, "range", low=number(low), high=number(high))
            for low, high in zip(frame["low"], frame["high"], strict=True)
        ],
    )
    columns = ["year", "figure_name", "own", "median", "range", "with_figure", "others"]
    return beside(tidy(rows, columns, caption=say(_SECTION, "beside_table", least=LEAST), folded=True))


def _alone(township: Township) -> pd.DataFrame:
    """The figures of a township whose county is not told, beside nothing."""
    own = township_figures(township.tables)
    nothing = pd.Series(pd.NA, index=own.index, dtype="Float64")
    return own.assign(
        area=pd.Series(pd.NA, index=own.index, dtype="string"),
        low=nothing,
        median=nothing,
        high=nothing,
        with_figure=0,
        others=0,
    )


def _area(frame: pd.DataFrame) -> str:
    areas = frame["area"].dropna()
    return "" if areas.empty else str(areas.iloc[-1])


def _unknown(area: str) -> str:
    return "" if area else "_unknown"


def _chosen(told: pd.DataFrame) -> list[str]:
    """The figures that have something to show: not 0 throughout, with a range or figures of two years."""
    chosen = []
    for code, part in told.groupby("figure", sort=False):
        known = part["value"].notna()
        flat = (part["value"].fillna(0) == 0).all() and not (part["high"].fillna(0) > 0).any()
        if not flat and known.any() and (part["median"].notna().any() or part.loc[known, "year"].nunique() > 1):
            chosen.append(str(code))
    rank = {figure.code: (figure.line in _FOLLOWS, at) for at, figure in enumerate(main_figures())}
    # those of the newest year first: what a form of long ago asked for says least of today
    newest = told.groupby("figure")["year"].max()
    return sorted(chosen, key=lambda code: (newest[code] != newest.max(), rank[code]))


def _draw(axes: Axes, part: pd.DataFrame, years: range) -> None:
    one = part.drop_duplicates("year").set_index("year")
    values = [
        float(one["value"][year]) if year in one.index and pd.notna(one["value"][year]) else float("nan")
        for year in years
    ]
    for year, low, median, high in zip(one.index, one["low"], one["median"], one["high"], strict=True):
        if pd.notna(median):
            axes.bar(year, high - low, bottom=low, width=0.62, color=_RANGE, linewidth=0)
            axes.plot([year - 0.31, year + 0.31], [median, median], color=GREY, linewidth=1.4)
            if high == low:
                axes.plot([year - 0.31, year + 0.31], [low, low], color=_RANGE, linewidth=3, zorder=1)
    axes.plot(years, values, color=COLOURS[0], marker="o", markersize=4, linewidth=1.4, clip_on=False)
    repaired = one[(one["status"] == "repaired") & one["value"].notna()]
    axes.plot(
        repaired.index, repaired["value"].astype(float), "o", markersize=4, markerfacecolor="white", color=COLOURS[0]
    )
    known = one["value"].dropna()
    if len(known):
        place: Any = {"xytext": (0, 4), "textcoords": "offset points", "ha": "center", "fontsize": 8.5, "color": INK}
        axes.annotate(number(known.iloc[-1]), (float(known.index[-1]), float(known.iloc[-1])), **place)
    axes.set_title(wrap(_names(part).iloc[0], _TITLE_WIDTH), fontsize=9.5, loc="left")
    axes.set_xticks(list(years), [f"{year % 100:02d}" for year in years], fontsize=8.5)
    axes.set_xlim(years[0] - 0.6, years[-1] + 0.6)
    axes.tick_params(axis="y", labelsize=8.5, labelleft=True)
    axes.margins(y=0.18)
    axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]) if (known < 0).any() else 0.0)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=bool((known % 1 == 0).all())))
    axes.grid(visible=False, axis="x")


def _title(shown: pd.DataFrame, chosen: list[str], area: str, ranged: bool) -> str:
    """The first figure of the newest year that can be compared."""
    if not ranged:
        return say(_SECTION, "beside_alone" + _unknown(area), area=area, least=LEAST)
    known = shown[shown["median"].notna() & shown["value"].notna()]
    if known.empty:
        return say(_SECTION, "beside_unknown", area=area)
    newest = known[known["year"] == known["year"].max()]
    first = newest.iloc[newest["figure"].map({code: at for at, code in enumerate(chosen)}).argsort(kind="stable")].iloc[
        0
    ]
    figure = next(one for one in main_figures() if one.code == first["figure"])
    said = {name: number(first[name]) for name in ("value", "median", "low", "high")}
    unit = code_word(figure.unit, "unit_")
    names = {
        "figure": _name(figure.table, figure.line, figure.column, figure.scope),
        "area": first["area"],
        "unit": unit,
    }
    return say(_SECTION, "beside_title", year=int(first["year"]), n=int(first["with_figure"]), **said, **names)


def _caption(shown: pd.DataFrame, ranged: bool, there: int) -> str:
    text = say(_SECTION, "beside_caption_alone")
    if ranged:
        counts = shown.loc[shown["median"].notna(), "with_figure"]
        low, high = int(counts.min()), int(counts.max())
        said = say(_SECTION, "counts_one" if low == high else "counts_range", low=low, high=high)
        text = say(_SECTION, "beside_caption", counts=said, least=LEAST)
    if (shown["status"] == "repaired").any():
        text += say(_SECTION, "beside_repaired")
    if there > MOST_PANELS:
        text += say(_SECTION, "beside_left_out", shown=MOST_PANELS, all=there)
    return text


def _rank_by_form(named: pd.DataFrame) -> pd.DataFrame:
    rank = {figure.code: at for at, figure in enumerate(main_figures())}
    return named.iloc[named["figure"].map(rank).argsort(kind="stable")]


def _names(frame: pd.DataFrame) -> pd.Series[str]:
    """What each figure is called, with its unit."""
    known = {
        one.code: say(
            _SECTION,
            "figure",
            name=_name(one.table, one.line, one.column, one.scope),
            unit=code_word(one.unit, "unit_"),
        )
        for one in main_figures()
    }
    return frame["figure"].map(known).astype("string")


def _short_names() -> dict[str, str]:
    """What each main figure is called, without its unit."""
    return {one.code: _name(one.table, one.line, one.column, one.scope) for one in main_figures()}


def _name(table: str, line: str, column: str, scope: str) -> str:
    """What officials call the figure; the labels of its form where it has no shorter name."""
    short = words("sheet_years").get(f"figure_{table}_{line}_{column}")
    return short or say(_SECTION, "join").join(figure_labels(scope, table, line, column))
