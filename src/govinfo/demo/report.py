"""A made-up report as text: title, sections, tables in one of the layouts."""

from __future__ import annotations

from collections.abc import Mapping

from govinfo.definitions.form import Form
from govinfo.definitions.sheet import Texts
from govinfo.definitions.wording import say
from govinfo.demo.layouts import Damage, print_table


def print_report(
    form: Form,
    texts: Mapping[str, Texts],
    layout: str,
    *,
    township: str,
    year: int,
    damage: Damage | None = None,
) -> str:
    """The text of a made-up report.

    Parameters
    ----------
    form : the form that its tables follow.
    texts : for each table what is printed in its cells, by line code and column key.
    layout : one of `layouts.TEXT_LAYOUTS`.
    damage : what happened to one line of one table.
    """
    parts = [
        say("demo", "title", township=township, year=year),
        say("demo", "overview", year=year),
        say("demo", "overview_text"),
    ]
    for table in form.tables:
        parts += [table.title, print_table(table, texts[table.name], layout, damage)]
    parts += [say("demo", key) for key in ("problems", "problems_text", "other", "other_text")]
    return "\n\n".join(parts) + "\n"
