"""Commands that make what people look at: notebooks (what there is), run, refresh."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from govinfo.cli.shared import CONFIG, JOBS, TIMEOUT, bar_by_default


@click.command()
@click.argument("names", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="As JSON: types, defaults and pages as values.")
@CONFIG
def notebooks(names: tuple[str, ...], as_json: bool, config_file: Path | None) -> None:
    """List the notebooks (NAMES, or all): what each asks, and its parameters with type, default and meaning.

    Parameters are given to `govinfo run` with -p, or in govinfo.toml. Nothing runs and nothing is written.
    Exit: 0 listed, 2 there is no such notebook.

    \b
    Example:  govinfo notebooks
              govinfo notebooks problem_themes --json
    """
    from govinfo.build.config import load_config
    from govinfo.build.terminal.notebook_list import chosen_notebooks, notebooks_json, notebooks_text

    config = load_config(config_file)
    listed = chosen_notebooks(names, config)
    click.echo((notebooks_json if as_json else notebooks_text)(listed, config), nl=False)


@click.command()
@click.argument("names", metavar="[NOTEBOOKS]...", nargs=-1)
@click.option("-p", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter; again for another.")
@CONFIG
def run(names: tuple[str, ...], parameters: tuple[str, ...], config_file: Path | None) -> None:
    """Run NOTEBOOKS (all of govinfo.toml where none is named) into output/: notebook and standalone page.

    An unknown notebook or parameter, a place that no report has, or places and years without any report are errors
    before anything runs. An entry with `each` gives a page for each value, or for those that -p leaves; one of these
    pages may be named too. The charts of a page are kept in charts/ beside it, or where -p output=FOLDER says.

    Exit: 0 done, 2 nothing was run, or a notebook stopped.

    \b
    Example:  govinfo run request_outcomes -p years=2019-2022 -p townships=高唐镇,柳屯镇
    """
    from govinfo.build.config import load_config
    from govinfo.build.notebooks.parameters import notebooks as known_notebooks
    from govinfo.build.notebooks.parameters import read_parameters
    from govinfo.build.notebooks.run import run_notebooks

    config = load_config(config_file)
    there = known_notebooks(config.path(config.notebooks))
    stems = {name.removesuffix(".ipynb") for name in names}
    named = [one for one in there if one.name in stems]
    # a page of an entry with `each` may be named too, and its notebook is not known here
    values = read_parameters(parameters, named if stems and len(named) == len(stems) else there)
    for page in run_notebooks(names, values, config, progress=bar_by_default()):
        click.echo(page)


@click.command()
@CONFIG
@click.option("--fail-on", type=click.Choice(["error", "warning", "info"]), help="Exit 1 on such findings or rejects.")
@JOBS
@TIMEOUT
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
    from govinfo.build.reading.limits import Limits
    from govinfo.build.uptodate import unchanged

    config, limits = load_config(config_file), Limits(seconds=timeout)
    with by_clock():
        if (done := unchanged(config, limits)) is None:
            from govinfo.build.refresh import refresh as refresh_all

            done = refresh_all(config, progress=bar_by_default(), jobs=jobs, limits=limits)
    click.echo(done_text(config, done, fail_on))
    sys.exit(int(fails(done, fail_on)))
