"""What is to be run: which notebooks, each with which parameters, checked before anything runs."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from govinfo.build.config import Config, Run
from govinfo.build.notebooks.fanout import expand, lists_of
from govinfo.build.notebooks.parameters import Notebook, check_parameters, find_notebook, notebooks
from govinfo.build.pages.chart_files import charts_folder
from govinfo.errors import ConfigError
from govinfo.questions.asked import check_asked
from govinfo.questions.near import near
from govinfo.questions.seats import COLUMNS, Seat, seats
from govinfo.tables import read_table

Planned = list[tuple[Notebook, Run]]
# the places and years of the tables in a folder
Known = Callable[[str], Sequence[Seat]]
_CORRECT = "correct it where it is given"


def plan(config: Config) -> Planned:
    """The entries of the study with their notebooks: names and types of parameters are right; nothing else is known.

    Raises
    ------
    ConfigError
        A notebook or parameter is unknown, or a value does not fit its type; the message names the entry.
    """
    known = notebooks(config.path(config.notebooks))
    return [_checked(run, known) for run in config.runs]


def plan_pages(entries: Planned, config: Config, known: Known) -> Planned:
    """The pages that the entries give, each with all that its notebook is to be told.

    Raises
    ------
    ConfigError
        A list of an entry asks for what the tables cannot answer (`check_asked`); the message names the entry.
    """
    for _, run in entries:
        _check_asked(run, config, known, some=False)
    return _pages(entries, config, known)


def plan_run(names: Sequence[str], parameters: Mapping[str, Any], config: Config) -> Planned:
    """The pages that somebody asks for now.

    `names` are notebooks or pages of the study, single ones of an entry with `each` too (none: all that govinfo.toml
    lists); `parameters` go before those of govinfo.toml.

    Raises
    ------
    ConfigError
        As `plan` and `plan_pages`; where `parameters` cut the tables, also that no report is left.
    TablesError
        There are no tables yet.
    """
    there, known = notebooks(config.path(config.notebooks)), tables_seats(config)
    runs = _named(names, config, there, known) if names else config.runs
    given = [replace(run, parameters={**run.parameters, **parameters}) for run in runs]
    if parameters:
        given = [replace(run, where=f"{run.where}, with -p") for run in given]
    entries = [_checked(run, there) for run in given]
    some = any(parameters.get(name) for name in COLUMNS)
    for _, run in entries:
        _check_asked(run, config, known, some=some)
    pages = _pages(entries, config, known)
    made = {page.group for _, page in pages}
    for _, run in entries:
        # of all that the study lists, those whose reports are still to come are left out, as in a refresh
        if names and run.each and run.name not in made:
            found = f"no report whose {COLUMNS[run.each]} is known"
            raise ConfigError(run.where, found, f"a page for each of its {run.each}", "see `govinfo check`")
    return pages


def _named(names: Sequence[str], config: Config, there: Sequence[Notebook], known: Known) -> list[Run]:
    """The entries of the study, pages of those with `each`, and other notebooks that the names mean.

    Raises
    ------
    ConfigError
        A name means none of these; the message names what may have been meant.
    """
    runs: dict[str, Run] = {}
    for name in dict.fromkeys(name.removesuffix(".ipynb") for name in names):
        listed = [run for run in config.runs if name in (run.notebook, run.name)]
        if not listed and name in {notebook.name for notebook in there}:
            listed = [Run(name, name, where=f"notebook {name}")]
        pages = [] if listed else expand_all(config.runs, config, known)
        listed = listed or [page for page in pages if page.name == name]
        if not listed:
            all_known = {notebook.name for notebook in there} | {page.name for page in pages}
            raise ConfigError("notebook", repr(name), near(name, all_known), _CORRECT)
        runs |= {run.name: run for run in listed}
    return [run for run in runs.values() if run.group not in runs]


def _checked(run: Run, there: Sequence[Notebook]) -> tuple[Notebook, Run]:
    notebook = find_notebook(run.notebook, there, run.where)
    check_parameters(notebook, run.parameters, run.where)
    lacking = next((name for name in lists_of(run.each) if name not in notebook.parameters), None)
    if lacking is not None:
        found = f"each = {run.each!r}, and notebook {notebook.name} has no parameter {lacking}"
        expected = "its parameters " + ", ".join(lists_of(run.each))
        raise ConfigError(run.where, found, expected, "add them to the notebook, or leave `each` out")
    return notebook, run


def _check_asked(run: Run, config: Config, known: Known, *, some: bool) -> None:
    asked = {name: values for name, values in run.parameters.items() if name in COLUMNS and values}
    if asked:
        check_asked(asked, known(_folder(run, config)), some=some, where=run.where)


def _pages(entries: Planned, config: Config, known: Known) -> Planned:
    by_name = {notebook.name: notebook for notebook, _ in entries}
    pages: Planned = []
    for run in expand_all([run for _, run in entries], config, known):
        notebook = by_name[run.notebook]
        values = dict(run.parameters)
        if "processed" in notebook.parameters:
            values.setdefault("processed", config.processed)
        if "output" in notebook.parameters:
            values.setdefault("output", charts_folder(config, run.name))
        pages.append((notebook, replace(run, parameters=values)))
    return pages


def expand_all(runs: Sequence[Run], config: Config, known: Known) -> list[Run]:
    """The pages of all runs; nothing is asked of the tables where no run has `each`."""
    folders = {_folder(run, config) for run in runs if run.each}
    return expand(runs, [seat for folder in sorted(folders) for seat in known(folder)])


def tables_seats(config: Config) -> Known:
    """How to ask for the places and years of tables: each folder is read once.

    Raises
    ------
    TablesError
        When asked: there are no tables.
    """

    @lru_cache
    def known(folder: str) -> Sequence[Seat]:
        return seats(read_table(config.path(folder), "reports"))

    return known


def _folder(run: Run, config: Config) -> str:
    return os.fspath(run.parameters.get("processed") or config.processed)
