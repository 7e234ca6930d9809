"""Commands about places: which townships have not published, and which places have a name."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click


@click.command()
@click.argument("processed", required=False, type=click.Path(path_type=Path))
@click.option("--county", help="Full name of a county, district or county-level city.")
@click.option("--city", help="Its city, where several counties have the name; alone: a city without counties (东莞市).")
@click.option("--province", help="Its province.")
@click.option("--years", required=True, metavar="A-B", help="The years reported on: 2020-2023, 2021, or 2018,2020.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="What is still due on this day is not missing.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the list to a CSV file as well.")
@click.option("--json", "as_json", is_flag=True, help="Print the list as JSON.")
def missing(
    processed: Path | None,
    county: str | None,
    city: str | None,
    province: str | None,
    years: str,
    today: datetime | None,
    output: Path | None,
    as_json: bool,
) -> None:
    """List the townships of a county that have not published, by year, from the tables in PROCESSED.

    PROCESSED is the folder that govinfo.toml names where it is left out (data/processed). Judged by the list of
    townships of each year; nothing is written unless -o names a file. Exit: 0 none is missing, 1 some are missing or
    may be, 2 a year could not be judged.

    \b
    Example:  govinfo missing --county 伊川县 --years 2020-2023 -o 未公布.csv
    """
    from govinfo.build.config import load_config
    from govinfo.build.terminal.missing import exit_code, missing_json, missing_text, read_years, write_missing
    from govinfo.questions.publication.missing_reports import missing_reports, published_by_year
    from govinfo.tables import read_tables

    asked: dict[str, Any] = {
        "county": county,
        "city": city,
        "province": province,
        "today": today.date() if today else None,
    }
    span = read_years(years)
    if processed is None:
        config = load_config()
        processed = config.path(config.processed)
    tables = read_tables(processed)
    by_year, absent = published_by_year(tables, years=span, **asked), missing_reports(tables, years=span, **asked)
    click.echo((missing_json if as_json else missing_text)(by_year, absent), nl=False)
    if output is not None:
        write_missing(output, absent)
    sys.exit(exit_code(by_year))


@click.command()
@click.argument("name")
@click.option("--list", "listing", is_flag=True, help="The townships of the county of that name.")
@click.option("--year", type=click.IntRange(1949, 2100), help="With --list: as of that year; else the newest list.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def places(name: str, listing: bool, year: int | None, as_json: bool) -> None:
    """Say which places are called NAME: all townships and counties of that name, their codes, the years they stood.

    NAME may follow the places above it (乌苏市百泉镇) or lack its kind (百泉). Works offline: the lists are packaged.
    Exit: 0 found, 1 there is none (near names are printed).

    \b
    Example:  govinfo places 百泉镇
              govinfo places 乌苏市 --list --year 2020
    """
    from govinfo.build.terminal.places import places_json, places_text, townships_of, townships_text
    from govinfo.gazetteer import gazetteer
    from govinfo.gazetteer.near import look_up

    known = gazetteer()
    found = look_up(known, name)
    if listing and found:
        judged = year or known.editions[-1]
        own = [one for _, held in townships_of(known, found, judged) for one in held]
        click.echo(places_json(own) if as_json else townships_text(known, found, judged), nl=False)
        sys.exit(0 if own else 1)
    click.echo(places_json(found) if as_json else places_text(known, name, found), nl=False)
    sys.exit(0 if found else 1)
