"""The main job: load, check, run, export; what it did, in a few numbers."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from govinfo.build.beside import read_study
from govinfo.build.config import Config, load_config
from govinfo.build.files import write_whole
from govinfo.build.listing import count_by_severity, loaded_sums
from govinfo.build.load import load
from govinfo.build.notebooks import plan, run_notebooks
from govinfo.build.pages import Other, describe, render_contents
from govinfo.build.parameters import read_node
from govinfo.definitions.wording import say
from govinfo.errors import ConfigError
from govinfo.tables import Tables, write_tables
from govinfo.workbook import write_workbook

STEPS = ("load", "run", "export")


@dataclass(frozen=True)
class Refreshed:
    """What a run of the main job did. `contents` is the page to open first.

    `findings` counts by severity those that nobody dismissed; `loaded` says all this in words, registers included.
    """

    reports: int
    rejects: int
    findings: Mapping[str, int]
    contents: Path
    workbook: Path | None
    pages: tuple[Path, ...] = ()
    processed: Path | None = None
    loaded: tuple[str, ...] = ()


def refresh(config: Config, steps: Sequence[str] = STEPS, progress: bool = True) -> Refreshed:
    """Do the steps of the main job and write the page of contents.

    Parameters
    ----------
    config : Config
        The study.
    steps : sequence of str
        Of `load` (read data/raw, check, write the tables), `run` (notebooks and pages), `export` (workbook);
        what is left out is taken as it was left by the last run.
    progress : bool
        Whether bars are shown on the terminal.

    Raises
    ------
    ConfigError
        A step, notebook or parameter is unknown; nothing has been done then.
    NotebookError
        A notebook stopped before its end.
    TablesError
        `load` is left out and there are no tables yet.
    """
    unknown = [step for step in steps if step not in STEPS]
    if unknown:
        raise ConfigError("step", repr(unknown[0]), f"some of {', '.join(STEPS)}", "name other steps")
    planned = plan((), {}, config)
    beside = [load_config(config.path(file)) for file in config.also]
    tables = _tables(config, "load" in steps, progress)
    output, workbook = config.path(config.output), config.path(config.output) / config.workbook
    if "run" in steps:
        run_notebooks((), {}, config, progress)
    if "export" in steps:
        output.mkdir(parents=True, exist_ok=True)
        write_workbook(tables, workbook, config.notice)
    done = [(notebook, run) for notebook, run in planned if (output / f"{run.name}.html").is_file()]
    pages = [describe(read_node(notebook.path), run, tables) for notebook, run in done]
    name = config.workbook if workbook.is_file() else None
    others = _others(beside, output)
    html = render_contents(tables, pages, name, title=config.title, notice=config.notice, others=others)
    write_whole(output / "index.html", html.encode("utf-8"))
    return Refreshed(
        reports=len(tables.reports),
        rejects=len(tables.rejects),
        findings=count_by_severity(tables.findings),
        contents=output / "index.html",
        workbook=workbook if name else None,
        pages=tuple(output / f"{run.name}.html" for _, run in done),
        processed=config.path(config.processed),
        loaded=tuple(loaded_sums(tables)),
    )


def _others(studies: Sequence[Config], output: Path) -> list[Other]:
    """Those studies that have been made, as seen from the page of contents in `output`."""
    found = []
    for study in studies:
        contents = study.path(study.output) / "index.html"
        if contents.is_file():
            href = quote(Path(os.path.relpath(contents, output)).as_posix())
            found.append(Other(study.title or say("pages", "site"), study.notice or "", href))
    return found


def _tables(config: Config, anew: bool, progress: bool) -> Tables:
    processed = config.path(config.processed)
    if not anew:
        return read_study(processed, config.path(config.raw))[0]
    tables = load(config.path(config.raw), progress=progress)
    write_tables(tables, processed)
    return tables
