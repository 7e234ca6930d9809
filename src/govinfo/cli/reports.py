"""Commands that read reports: load, show, check."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from govinfo.cli.shared import FAILED, JOBS, TIMEOUT, bar_by_default, beside_option, read_reports, read_tables_of_study


@click.command()
@click.argument("raw", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="Folder for the tables.")
@JOBS
@TIMEOUT
@beside_option("places", "places that the gazetteer lacks")
@beside_option("corrections", "known misprints")
@beside_option("remarks", "remarks on findings")
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
    from govinfo.build.config import would_be_read
    from govinfo.build.lock import hold_tables

    if would_be_read(output, raw) or output.is_file():
        raise click.UsageError(f"{output}: a folder for the tables is needed, beside that of the reports and not in it")
    with hold_tables(output):
        tables = read_reports(raw, jobs, timeout, bar_by_default() if progress is None else progress, **beside)

        from govinfo.build.byclock import undisturbed
        from govinfo.build.terminal.listing import has_unreadable, loaded_sums
        from govinfo.definitions.wording import say
        from govinfo.tables import write_tables

        with undisturbed():
            write_tables(tables, output)
            click.echo("\n".join([*loaded_sums(tables), say("refresh", "tables", processed=output)]))
    for message in tables.rejects["message"]:
        click.echo(message, err=True)
    sys.exit(FAILED if has_unreadable(tables) else 0)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="The report's tables as JSON.")
@TIMEOUT
def show(file: Path, as_json: bool, timeout: float) -> None:
    """Print one report: who, when, its tables with statuses and places, and what does not add up.

    Nothing is written. Exit: 0 it was read, 2 it was unreadable.

    \b
    Example:  govinfo show data/raw/柳屯镇2022.txt
    """
    tables = read_reports(file, None, timeout, progress=False)

    from govinfo.build.terminal.show import show_json, show_text

    click.echo((show_json if as_json else show_text)(tables), nl=False)
    sys.exit(0 if tables.rejects.empty else FAILED)


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--processed", type=click.Path(path_type=Path), help="Folder of tables, where no PATHS are given.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the list to a .csv, .xlsx or .json too.")
@click.option("--severity", type=click.Choice(["error", "warning", "info"]), help="Only this severity and worse.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language of messages.")
@JOBS
@TIMEOUT
def check(
    paths: tuple[Path, ...], processed: Path | None, output: Path | None, severity: str | None, lang: str, **how: Any
) -> None:
    """List every figure that is missing, unreadable or does not add up: in PATHS, or in the tables of the study.

    These are the tables that govinfo.toml names, as last loaded. Several PATHS are checked against each other.
    Nothing is written unless -o names a file. That list can be filled in (处理, 意见, 经办人, 日期) and brought back
    with `govinfo remarks import`: what is dismissed is listed as such and counts no more.

    Exit: 0 no warnings or errors, 1 some (with --severity: findings of that severity or worse), 2 a file was
    unreadable, or the command could not do its work.

    \b
    Example:  govinfo check data/raw/*.txt -o 核对.xlsx
              govinfo check --severity error --lang en
    """
    if output is not None:
        from govinfo.build.terminal.findings_file import check_suffix

        check_suffix(output)
    if paths:
        tables = read_reports(paths, progress=bar_by_default(), **how)
    elif processed is None:
        tables = read_tables_of_study(None)[1]
    else:
        from govinfo.tables import read_tables

        tables = read_tables(processed)

    from govinfo.build.terminal.listing import exit_code, findings_text

    click.echo(findings_text(tables, severity, lang), nl=False)
    if output is not None:
        from govinfo.build.terminal.findings_file import write_findings

        write_findings(output, tables, severity, lang)
    sys.exit(exit_code(tables, severity))
