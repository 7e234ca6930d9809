"""What several commands share: options, and how reports and tables are read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from govinfo.build.config import Config
    from govinfo.tables import Tables

FAILED = 2


def bar_by_default() -> bool:
    """Whether somebody sits before a terminal and would see a progress bar."""
    return sys.stderr.isatty()


JOBS = click.option(
    "-j", "--jobs", type=click.IntRange(min=1), help="So many files (or notebooks) at once; by default one a core."
)
TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True, max=1_000_000),
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="Give a file up after so long.",
)
CONFIG = click.option("--config", "config_file", type=click.Path(path_type=Path), help="Another govinfo.toml.")


def beside_option(name: str, what: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The option for a file that else lies beside RAW."""
    text = f"CSV of {what}; by default {name}.csv beside RAW, where there is one."
    return click.option(f"--{name}", type=click.Path(path_type=Path), help=text)


def read_reports(
    raw: Path | tuple[Path, ...], jobs: int | None, timeout: float, progress: bool, **beside: Path | None
) -> Tables:
    """The tables of files or folders. The first process that reads is started while this one still imports."""
    from govinfo.build.reading.processes import start_ahead

    start_ahead()
    from govinfo.build.loading.load import load as load_folder
    from govinfo.build.reading.limits import Limits

    return load_folder(
        raw,
        jobs=jobs,
        limits=Limits(seconds=timeout),
        progress=progress,
        places=beside.get("places"),
        corrections=beside.get("corrections"),
        remarks=beside.get("remarks"),
    )


def read_tables_of_study(config_file: Path | None) -> tuple[Config, Tables]:
    """The study and its tables as last loaded, with the remarks of today; says what is outdated in them."""
    from govinfo.build.config import load_config
    from govinfo.build.loading.beside import read_study

    config = load_config(config_file)
    tables, outdated = read_study(config.path(config.processed), config.path(config.raw))
    for sentence in outdated:
        click.echo(sentence, err=True)
    return config, tables
