"""Commands of the registers beside the reports: what officials wrote into a workbook comes back."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from govinfo.cli.shared import CONFIG, read_tables_of_study

if TYPE_CHECKING:
    from govinfo.build.imports.told import Imported

_FILE = click.argument("file", type=click.Path(path_type=Path))
_BY = click.option("--by", default="", help="Who says so, where the file does not.")
_ON = click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day, where the file says none.")
_DRY_RUN = click.option("-n", "--dry-run", is_flag=True, help="Say what would be done, and write nothing.")


@click.group()
def remarks() -> None:
    """What officials say of findings (意见): remarks.csv beside the folder of reports."""


@remarks.command("import")
@_FILE
@_BY
@_ON
@_DRY_RUN
@CONFIG
def import_remarks(file: Path, by: str, on: datetime | None, dry_run: bool, config_file: Path | None) -> None:
    """Bring the remarks that were written into FILE, a workbook or a list of findings, into remarks.csv.

    FILE is what `govinfo export` or `govinfo check -o` wrote (.xlsx or .csv), filled in: 处理, 意见, 经办人, 日期. A
    line is known by its 编号, wherever it stands. Nothing is taken out of remarks.csv; of two remarks on a finding
    the one with the later day stands. Exit: 0 done, 1 a line was refused (the rest is taken), 2 FILE or remarks.csv
    cannot be used.

    \b
    Example:  govinfo remarks import 年报汇总.xlsx
    """
    from govinfo.build.imports.remarks import import_remarks as bring_in
    from govinfo.build.loading.beside import register_path
    from govinfo.build.registers.remarks import REMARKS

    config, tables = read_tables_of_study(config_file)
    register = register_path(config.path(config.raw), REMARKS)
    done = bring_in(file, tables, register, by=by.strip(), on=_day(on), dry_run=dry_run)
    _end(done, register, dry_run)


@click.group()
def corrections() -> None:
    """Known misprints (更正): corrections.csv beside the folder of reports."""


@corrections.command("import")
@_FILE
@click.option("--by", default="", help="Who decided it.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day it was decided; today by default.")
@click.option("--reason", default="", help="Why these are misprints; by default where they were corrected.")
@_DRY_RUN
@CONFIG
def import_corrections(
    file: Path, by: str, on: datetime | None, reason: str, dry_run: bool, config_file: Path | None
) -> None:
    """Bring the figures that were corrected in FILE, a workbook of `govinfo export`, into corrections.csv.

    A figure is taken where the report's file is still the one that the workbook was made from. Nothing is taken out of
    corrections.csv; the reports stay as they are, and `govinfo refresh` then shows the corrected figures. Exit: 0
    done, 1 a cell was refused (the rest is taken), 2 FILE or corrections.csv cannot be used.

    \b
    Example:  govinfo corrections import 年报汇总.xlsx --by 某某
    """
    from govinfo.build.imports.corrections import Decided
    from govinfo.build.imports.corrections import import_corrections as bring_in
    from govinfo.build.loading.beside import register_path
    from govinfo.build.registers.corrections import CORRECTIONS

    config, tables = read_tables_of_study(config_file)
    raw = config.path(config.raw)
    register = register_path(raw, CORRECTIONS)
    decided = Decided(by.strip(), _day(on) or datetime.now().astimezone().date(), reason.strip())
    done = bring_in(file, tables, raw, register, decided, dry_run=dry_run)
    _end(done, register, dry_run, "refresh" if done.wrote else None)


def _day(on: datetime | None) -> date | None:
    return on.date() if on else None


def _end(done: Imported, register: Path, dry_run: bool, then: str | None = None) -> None:
    from govinfo.build.imports.told import has_refused, told_text
    from govinfo.definitions.wording import say

    click.echo(told_text(done, str(register), dry_run))
    if then is not None:
        click.echo(say("imports", then))
    sys.exit(int(has_refused(done.told)))
