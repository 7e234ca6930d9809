"""The command that writes the tables for others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from govinfo.cli.shared import CONFIG, read_tables_of_study

_WORKBOOK = "xlsx"
_DOCUMENT = "docx"
_FORMATS = (_WORKBOOK, _DOCUMENT, "csv", "stata", "parquet")


@click.command()
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option("--format", "kind", type=click.Choice(_FORMATS), help="By default as TARGET ends, else xlsx.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The same as TARGET.")
@click.option("--year", type=int, help="The year of the workbook's forms and sums; by default the newest.")
@click.option("--county", help="Only this county, by its full name, in the workbook.")
@click.option("--city", help="Only this city.")
@click.option("--province", help="Only this province.")
@CONFIG
def export(target: Path | None, kind: str | None, output: Path | None, config_file: Path | None, **scope: Any) -> None:
    """Write the Excel workbook for officials, or the tidy tables for researchers, from the tables of the study.

    TARGET is the workbook's file (by default that of govinfo.toml), which is replaced; or a .docx for the sums of the
    townships in the layout of the official form, ready to paste; or, with --format csv, stata or parquet, a folder (by
    default one of that name in output/) for a file each table, datapackage.json and dictionary.md. A folder must be
    new or empty, or hold an earlier export, which is replaced. Exit: 0 written, 2 there are no tables, or the folder
    holds other files.

    \b
    Example:  govinfo export 年报汇总.xlsx
              govinfo export 乌苏市2023.xlsx --county 乌苏市 --year 2023
              govinfo export 汇总.docx --year 2023
              govinfo export 数据 --format csv
    """
    path = _one_of(target, output)
    suffix = "" if path is None else path.suffix.lower()
    if kind is None and target is not None and suffix not in (f".{_WORKBOOK}", f".{_DOCUMENT}"):
        raise click.UsageError(
            f"{target}: a folder needs --format csv, stata or parquet; a workbook ends in .xlsx, a document in .docx"
        )
    kind = kind or (_DOCUMENT if suffix == f".{_DOCUMENT}" else _WORKBOOK)
    if kind in (_WORKBOOK, _DOCUMENT):
        _office(path, kind, config_file, scope)
    elif any(value is not None for value in scope.values()):
        raise click.UsageError("--year, --county, --city and --province are for the workbook and the document")
    else:
        _tables(path, kind, config_file)


def _one_of(target: Path | None, output: Path | None) -> Path | None:
    if target is not None and output is not None:
        raise click.UsageError("give the file or folder once: as TARGET, or with -o")
    return target or output


def _office(path: Path | None, kind: str, config_file: Path | None, scope: dict[str, Any]) -> None:
    from govinfo.build.rollup_docx import write_rollup
    from govinfo.workbook import Scope, write_workbook

    config, tables = read_tables_of_study(config_file)
    default = config.path(config.output) / config.workbook
    path = path or (default if kind == _WORKBOOK else default.with_suffix(f".{_DOCUMENT}"))
    path.parent.mkdir(parents=True, exist_ok=True)
    (write_workbook if kind == _WORKBOOK else write_rollup)(tables, path, config.notice, Scope(**scope))
    click.echo(path)


def _tables(folder: Path | None, kind: str, config_file: Path | None) -> None:
    from govinfo.build.tidy.write import export_tables
    from govinfo.definitions.wording import say

    config, tables = read_tables_of_study(config_file)
    folder = folder or config.path(config.output) / kind
    files = export_tables(tables, folder, kind, config.notice)
    *_, page, _package = files
    click.echo(say("tidy", "wrote", folder=folder, n=len(files) - 2, format=kind, page=page))
