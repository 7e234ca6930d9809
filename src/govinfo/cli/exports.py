"""The command that writes the tables for others."""

from __future__ import annotations

from pathlib import Path

import click

from govinfo.cli.shared import CONFIG, read_tables_of_study


@click.command()
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The workbook; by default that of govinfo.toml.")
@CONFIG
def export(output: Path | None, config_file: Path | None) -> None:
    """Write the Excel workbook for officials from the tables in data/processed.

    A workbook of that name is replaced. Exit: 0 written, 2 there are no tables.

    \b
    Example:  govinfo export -o 年报汇总.xlsx
    """
    from govinfo.workbook import write_workbook

    config, tables = read_tables_of_study(config_file)
    path = output or config.path(config.output) / config.workbook
    path.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(tables, path, config.notice)
    click.echo(path)
