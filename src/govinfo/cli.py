"""The `govinfo` command: thin; what a command needs is imported when it runs."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from govinfo.errors import GovinfoError

if TYPE_CHECKING:
    from govinfo.build.config import Config
    from govinfo.tables import Tables

_FAILED = 2
# what a shell says of a program that Ctrl-C has ended
_STOPPED = 130


class _Group(click.Group):
    """Says errors of ours, and those of files and folders, as a message instead of a traceback; they exit with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # who reads the output (`| head`) has enough
            raise
        except (GovinfoError, OSError) as error:
            click.echo("\n".join([f"govinfo: {error}", *getattr(error, "__notes__", ())]), err=True)
            sys.exit(_FAILED)
        except KeyboardInterrupt:
            # whoever presses again has been heard already
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            from govinfo.definitions.wording import say

            click.echo(f"\ngovinfo: {say('load', 'stopped')}", err=True)
            sys.exit(_STOPPED)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="govinfo")
def main() -> None:
    """Read, check and compare yearly reports on open government information (政府信息公开工作年度报告)."""


def _progress() -> bool:
    return sys.stderr.isatty()


_JOBS = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="So many files (or notebooks) at once; by default one a core."
)
_TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=1_000_000),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="Give a file up after so long.",
)


def _beside(name: str, what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The option for a file that else lies beside RAW."""
    text = f"CSV of {what}; by default {name}.csv beside RAW, where there is one."
    return click.option(f"--{name}", type=click.Path(path_type=Path), help=text)


def _read(
    raw: Path | tuple[Path, ...], jobs: int | None, timeout: float, progress: bool, **beside: Path | None
) -> Tables:
    """The tables of files or folders. The first process that reads is started while this one still imports."""
    from govinfo.build.processes import start_ahead

    start_ahead()
    from govinfo.build.limits import Limits
    from govinfo.build.load import load as load_folder

    return load_folder(
        raw,
        jobs=jobs,
        limits=Limits(seconds=timeout),
        progress=progress,
        places=beside.get("places"),
        corrections=beside.get("corrections"),
        remarks=beside.get("remarks"),
    )


def _study(config_file: Path | None) -> tuple[Config, Tables]:
    """The study and its tables as last loaded, with the remarks of today; says what is outdated in them."""
    from govinfo.build.beside import read_study
    from govinfo.build.config import load_config

    config = load_config(config_file)
    tables, outdated = read_study(config.path(config.processed), config.path(config.raw))
    for sentence in outdated:
        click.echo(sentence, err=True)
    return config, tables


@main.command()
@click.argument("raw", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder for the tables.")
@_JOBS
@_TIMEOUT
@_beside("places", "places that the gazetteer lacks")
@_beside("corrections", "known misprints")
@_beside("remarks", "remarks on findings")
@click.option("--progress/--no-progress", default=None, help="Show a bar; by default where there is a terminal.")
def load(
    raw: Path, output: Path, jobs: int | None, timeout: float, progress: bool | None, **beside: Path | None
) -> None:
    """Read all reports in RAW and write the tables of the data contract to a folder as parquet.

    RAW is not changed; tables that are already in the folder are replaced, once all files are read. Exit: 0 all files
    were read, 2 a file was unreadable (it stands in the table `rejects`, the rest is loaded), 130 stopped by Ctrl-C.

    \b
    Example:  govinfo load data/raw -o data/processed
    """
    tables = _read(raw, jobs, timeout, _progress() if progress is None else progress, **beside)

    from govinfo.build.byclock import undisturbed
    from govinfo.build.listing import has_unreadable, loaded_sums
    from govinfo.definitions.wording import say
    from govinfo.tables import write_tables

    with undisturbed():
        write_tables(tables, output)
        click.echo("\n".join([*loaded_sums(tables), say("refresh", "tables", processed=output)]))
    for message in tables.rejects["message"]:
        click.echo(message, err=True)
    sys.exit(_FAILED if has_unreadable(tables) else 0)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The report's tables as JSON.")
@_TIMEOUT
def show(file: Path, as_json: bool, timeout: float) -> None:
    """Print one report: who, when, its tables with statuses and places, and what does not add up.

    Nothing is written. Exit: 0 it was read, 2 it was unreadable.

    \b
    Example:  govinfo show data/raw/柳屯镇2022.txt
    """
    tables = _read(file, None, timeout, progress=False)

    from govinfo.build.show import show_json, show_text

    click.echo((show_json if as_json else show_text)(tables), nl=False)
    sys.exit(0 if tables.rejects.empty else _FAILED)


@main.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--processed", type=click.Path(path_type=Path), help="Folder of tables, where no PATHS are given.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the list to a .csv, .xlsx or .json too.")
@click.option("--severity", type=click.Choice(["error", "warning", "info"]), help="Only this severity and worse.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of messages.")
@_JOBS
@_TIMEOUT
def check(
    paths: tuple[Path, ...], processed: Path | None, output: Path | None, severity: str | None, lang: str, **how: Any
) -> None:
    """List every figure that is missing, unreadable or does not add up: in PATHS, or in data/processed.

    Several PATHS are checked against each other. Nothing is written unless -o names a file. That list can be filled
    in (status, remark, who, when) and saved as remarks.csv beside the folder of reports: what is dismissed there is
    listed as such and counts no more.

    Exit: 0 no warnings or errors, 1 some (with --severity: findings of that severity or worse), 2 a file was
    unreadable, or the command could not do its work.

    \b
    Example:  govinfo check data/raw/*.docx -o 核对.xlsx
              govinfo check --severity error --lang en
    """
    if output is not None:
        from govinfo.build.findings_file import check_suffix

        check_suffix(output)
    if paths:
        tables = _read(paths, progress=_progress(), **how)
    elif processed is None:
        tables = _study(None)[1]
    else:
        from govinfo.tables import read_tables

        tables = read_tables(processed)

    from govinfo.build.listing import exit_code, findings_text

    click.echo(findings_text(tables, severity, lang), nl=False)
    if output is not None:
        from govinfo.build.findings_file import write_findings

        write_findings(output, tables, severity, lang)
    sys.exit(exit_code(tables, severity))


@main.command()
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

    PROCESSED is data/processed where it is left out. Judged by the list of townships of each year; nothing is written
    unless -o names a file. Exit: 0 none is missing, 1 some are missing or may be, 2 a year could not be judged.

    \b
    Example:  govinfo missing --county 伊川县 --years 2020-2023 -o 未公布.csv
    """
    from govinfo.build.config import load_config
    from govinfo.build.missing import exit_code, missing_json, missing_text, read_years, write_missing
    from govinfo.questions.missing_reports import missing_reports, published_by_year
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


_CONFIG = click.option("--config", "config_file", type=click.Path(path_type=Path), help="Another govinfo.toml.")


@main.command()
@click.argument("notebooks", nargs=-1)
@click.option("-p", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter; may be given again.")
@_CONFIG
def run(notebooks: tuple[str, ...], parameters: tuple[str, ...], config_file: Path | None) -> None:
    """Run NOTEBOOKS (all of govinfo.toml where none is named) into output/: notebook and standalone page.

    An unknown notebook or parameter is an error before anything runs. Exit: 0 done, 2 a notebook stopped.

    \b
    Example:  govinfo run request_outcomes -p years=2021,2022 -p townships=高唐镇
    """
    from govinfo.build.config import load_config
    from govinfo.build.notebooks import run_notebooks
    from govinfo.build.parameters import notebooks as known_notebooks
    from govinfo.build.parameters import read_parameters

    config = load_config(config_file)
    values = read_parameters(parameters, known_notebooks(config.path(config.notebooks)))
    for page in run_notebooks(notebooks, values, config, progress=_progress()):
        click.echo(page)


@main.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The workbook; by default that of govinfo.toml.")
@_CONFIG
def export(output: Path | None, config_file: Path | None) -> None:
    """Write the Excel workbook for officials from the tables in data/processed.

    A workbook of that name is replaced. Exit: 0 written, 2 there are no tables.

    \b
    Example:  govinfo export -o 年报汇总.xlsx
    """
    from govinfo.workbook import write_workbook

    config, tables = _study(config_file)
    path = output or config.path(config.output) / config.workbook
    path.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(tables, path, config.notice)
    click.echo(path)


@main.command()
@_CONFIG
@click.option("--fail-on", type=click.Choice(["error", "warning", "info"]), help="Exit 1 on such findings or rejects.")
@_JOBS
@_TIMEOUT
def refresh(config_file: Path | None, fail_on: str | None, jobs: int | None, timeout: float) -> None:
    """Do all that govinfo.toml asks for, as far as it is out of date: load, check, run the notebooks, export.

    New results replace the old ones together, at the end: what fails or is killed leaves them as they were, and the
    next run goes on from there. output/CHANGES.md says what is different, output/refresh.jsonl is the run log.

    Exit: 0 done, or nothing to do; 1 only with --fail-on; 2 a step failed (it is named), or another refresh runs.

    \b
    Example:  govinfo refresh --fail-on error
    """
    from govinfo.build.byclock import by_clock, done_text, fails
    from govinfo.build.config import load_config
    from govinfo.build.limits import Limits
    from govinfo.build.uptodate import unchanged

    config, limits = load_config(config_file), Limits(seconds=timeout)
    with by_clock():
        if (done := unchanged(config, limits)) is None:
            from govinfo.build.refresh import refresh as refresh_all

            done = refresh_all(config, progress=_progress(), jobs=jobs, limits=limits)
    click.echo(done_text(config, done, fail_on))
    sys.exit(int(fails(done, fail_on)))


@main.command()
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
    from govinfo.build.places import places_json, places_text, townships_of, townships_text
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


@main.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--townships", type=int, default=8, show_default=True, help="How many townships report.")
@click.option("--years", default="2019-2024", show_default=True, metavar="A-B", help="A year, or a span of years.")
@click.option("--formats", "chosen", default="all", show_default=True, help="all, or some, as txt,docx,pdf.")
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed gives the same bytes.")
@click.option("--faults", is_flag=True, help="Put damaged lines and wrong figures into some reports.")
def demo(out: Path, townships: int, years: str, chosen: str, seed: int, faults: bool) -> None:
    """Write a made-up county to OUT: OUT/raw, a report for each township and year, and OUT/truth, what they say.

    No place in it is real. OUT must be new or empty, or written by this command: its files are then replaced.
    The tables of OUT/truth are those of the data contract, without locators, themes and findings.
    Exit: 0 written, 2 it could not be written.

    \b
    Example:  govinfo demo example --townships 8 --years 2019-2024
    """
    from govinfo.definitions.wording import say
    from govinfo.demo.corpus import formats, read_years, write_corpus

    names = formats() if chosen == "all" else tuple(dict.fromkeys(name.strip().lower() for name in chosen.split(",")))
    made = write_corpus(out, townships=townships, years=read_years(years), formats=names, seed=seed, faults=faults)
    click.echo(say("demo", "done", out=out, county=made.county, reports=made.reports))
    if faults:
        click.echo(say("demo", "done_faults", faults=made.faults))
    click.echo(say("demo", "next", raw=out / "raw", processed=out / "processed"))
