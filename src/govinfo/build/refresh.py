"""The main job: load, check, run, export, what of it is out of date; then all new results take the place of the old.

Nothing of the study's results is touched before all steps are done (`switch.py`). What a run that was killed had
finished is not done again: rows of files are kept as they are read, pages as they are made.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from govinfo.build.built import (
    ROWS,
    Built,
    Product,
    beside_digests,
    built_bytes,
    built_path,
    bytes_key,
    intact,
    read_built,
    relative,
    tables_key,
    wanted,
)
from govinfo.build.changes import change_sums, changes_text, compare
from govinfo.build.config import Config, load_config
from govinfo.build.files import write_whole
from govinfo.build.keys import digest, file_digest, reading_key
from govinfo.build.loading.beside import read_study
from govinfo.build.loading.load import load
from govinfo.build.notebooks.parameters import read_node
from govinfo.build.notebooks.plan import Known, Planned, plan, plan_pages, tables_seats
from govinfo.build.notebooks.run import run_planned
from govinfo.build.pages.chart_files import left_over, page_files
from govinfo.build.pages.contents import Other, describe, render_contents
from govinfo.build.reading.kept import forget_others, open_kept
from govinfo.build.reading.limits import Limits
from govinfo.build.reading.processes import interrupt_waits
from govinfo.build.runlog import Record, logged, step
from govinfo.build.switch import clear, finish, staging, switch
from govinfo.build.terminal.listing import count_by_severity, loaded_sums
from govinfo.build.uptodate import Refreshed, alone, journal, log, sums, told
from govinfo.definitions.wording import say
from govinfo.errors import ConfigError, NotebookError, TablesError
from govinfo.questions.seats import Seat, seats
from govinfo.tables import SCHEMA, Tables, read_tables, write_tables
from govinfo.workbook import write_workbook

STEPS = ("load", "run", "export")
CHANGES = "CHANGES.md"
_DEFAULT = Limits()
# so many names of files are told in the run log
_MOST_NAMES = 20
# the finished pages of a run that was killed
_PAGES = "pages.json"


@dataclass(frozen=True)
class _Job:
    """What is to be done, what there was, and what has been made so far: results by name, files as they will be."""

    config: Config
    steps: tuple[str, ...]
    progress: bool
    jobs: int | None
    limits: Limits
    built: Built
    record: Record
    products: dict[str, Product] = field(default_factory=dict)
    beside: list[Path] = field(default_factory=list)

    @property
    def output(self) -> Path:
        return self.config.path(self.config.output)

    @property
    def processed(self) -> Path:
        return self.config.path(self.config.processed)


def refresh(
    config: Config,
    steps: Sequence[str] = STEPS,
    progress: bool = True,
    *,
    jobs: int | None = None,
    limits: Limits = _DEFAULT,
) -> Refreshed:
    """Do the steps of the main job as far as they are out of date, and write the page of contents.

    Parameters
    ----------
    config : Config
        The study.
    steps : sequence of str
        Of `load` (read data/raw, check, write the tables), `run` (notebooks and pages), `export` (workbook);
        what is left out is taken as it was left by the last run.
    progress : bool
        Whether bars are shown on the terminal.
    jobs : int, optional
        How many files, and then notebooks, are worked on at once; by default one a core.
    limits : Limits
        What one file may cost.

    Raises
    ------
    ConfigError
        A step, notebook or parameter is unknown; nothing has been done then.
    LockedError
        Another process refreshes the study.
    NotebookError
        A notebook stopped before its end; all results are as they were.
    TablesError
        `load` is left out and there are no tables yet.
    """
    unknown = [step for step in steps if step not in STEPS]
    if unknown:
        raise ConfigError("step", repr(unknown[0]), f"some of {', '.join(STEPS)}", "name other steps")
    with alone(config), logged(log(config)) as record:
        with step(record, "plan"):
            finish(journal(config))
            entries = plan(config)
            beside = [load_config(config.path(file)) for file in config.also]
            clear((config.path(config.processed),))
        return _do(_Job(config, tuple(steps), progress, jobs, limits, read_built(config), record), entries, beside)


def _do(job: _Job, entries: Planned, beside: Sequence[Config]) -> Refreshed:
    record, config = job.record, job.config
    with step(record, "load"):
        tables = _tables(job)
    with step(record, "plan"):
        there = seats(tables.reports)
        planned = plan_pages(entries, config, _known(config, there))
    with step(record, "run"), _with_its_tables(job):
        keys = wanted(config, bytes_key(job.products["tables"].files), there)
        _pages(job, planned, keys)
    with step(record, "export"):
        _workbook(job, tables, keys["workbook"])
    with step(record, "contents"):
        said = _contents(job, planned, tables, beside, keys["contents"])
    with step(record, "publish"):
        changed = _publish(job, said)
    record.told |= {**sums(said), "result": "done" if changed else "nothing"}
    return told(config, said, changed)


def _known(config: Config, there: Sequence[Seat]) -> Known:
    """The places and years of tables by their folder: those of the study have not yet been put there."""
    others = tables_seats(config)
    return lambda folder: there if config.path(folder) == config.path(config.processed) else others(folder)


def _tables(job: _Job) -> Tables:
    """The tables, read anew where what they rest on has changed; those of files that are as they were are kept."""
    config, old = job.config, job.built.products.get("tables")
    names = {name: job.processed / f"{name}.parquet" for name in SCHEMA}
    key = tables_key(config, job.limits) if "load" in job.steps else ""
    if "load" not in job.steps or intact(old, key, config):
        tables = read_study(job.processed, config.path(config.raw))[0]
        files = {relative(path, config): file_digest(path) or "" for path in names.values()}
        job.products["tables"] = old if old is not None and dict(old.files) == files else Product("", files)
        return tables
    base = digest(reading_key(), beside_digests(config)[0])
    with open_kept(job.processed / ROWS, base) as kept:
        tables = load(config.path(config.raw), progress=job.progress, jobs=job.jobs, limits=job.limits, kept=kept)
        forget_others(kept)
    staged = staging(job.processed)
    write_tables(tables, staged)
    files = {relative(path, config): file_digest(staged / path.name) or "" for path in names.values()}
    job.products["tables"] = Product(key, files)
    read = sorted(kept.read)
    job.record.told |= {"read": len(read), "read_files": read[:_MOST_NAMES], "kept": len(kept.used) - len(read)}
    _note_changes(job, tables)
    return tables


def _note_changes(job: _Job, tables: Tables) -> None:
    """Say what is different from the tables that there are, if anything is."""
    try:
        old = read_tables(job.processed)
    except TablesError:
        old = None
    changes = compare(old, tables)
    job.record.told["changed"] = change_sums(changes)
    if changes.any:
        write_whole(staging(job.output) / CHANGES, changes_text(changes).encode("utf-8"))
        job.beside.append(job.output / CHANGES)


def _pages(job: _Job, planned: Planned, keys: Mapping[str, str]) -> None:
    """Run the notebooks that are out of date; those that a killed run has finished are taken as they are."""
    old = job.built.products
    stale = []
    finished = _finished(job)
    for notebook, run in planned:
        name = f"run:{run.name}"
        if intact(old.get(name), keys[name], job.config) or "run" not in job.steps:
            if name in old:
                job.products[name] = old[name]
        elif name in finished and finished[name].key == keys[name]:
            job.products[name] = finished[name]
        else:
            stale.append((notebook, run))
    output = staging(job.output)
    ran = []
    fresh = _fresh_tables(job)
    for page in run_planned(stale, job.config, output, tables=fresh, jobs=job.jobs, progress=job.progress):
        name = f"run:{page}"
        job.products[name] = _staged(job, keys[name], *page_files(output, page))
        made = {one: [product.key, dict(product.files)] for one, product in job.products.items() if one[:4] == "run:"}
        write_whole(output / _PAGES, json.dumps(made).encode("ascii"))
        ran.append(page)
    job.record.told |= {"ran": len(ran), "notebooks": sorted(ran)}


@contextmanager
def _with_its_tables(job: _Job) -> Iterator[None]:
    """Say of a notebook that stopped where its tables are: they have not yet replaced the old ones."""
    try:
        yield
    except NotebookError as error:
        if _fresh_tables(job) is not None:
            error.add_note(say("refresh", "its_tables", folder=_fresh_tables(job)))
        raise


def _fresh_tables(job: _Job) -> Path | None:
    """The folder of tables that this run has made, None where those that there are hold."""
    folder = staging(job.processed)
    return folder if (folder / "reports.parquet").is_file() else None


def _finished(job: _Job) -> dict[str, Product]:
    """The pages that a killed run has finished, as far as they are whole."""
    output = staging(job.output)
    try:
        made = json.loads((output / _PAGES).read_bytes())
    except (OSError, ValueError):
        return {}
    products = {name: Product(key, files) for name, (key, files) in made.items()}
    return {
        name: product
        for name, product in products.items()
        if all(file_digest(_staging(job, job.config.root / file)) == sha256 for file, sha256 in product.files.items())
    }


def _staged(job: _Job, key: str, *names: str) -> Product:
    files = {relative(job.output / name, job.config): file_digest(staging(job.output) / name) or "" for name in names}
    return Product(key, files)


def _staging(job: _Job, path: Path) -> Path:
    """Where a file that will be at `path` is written first."""
    path = Path(os.path.normpath(path))
    for folder in (job.processed, job.output):
        folder = Path(os.path.normpath(folder))
        if path.is_relative_to(folder):
            return staging(folder) / path.relative_to(folder)
    return staging(path.parent) / path.name


def _workbook(job: _Job, tables: Tables, key: str) -> None:
    old, name = job.built.products.get("workbook"), job.config.workbook
    if "export" not in job.steps or (intact(old, key, job.config) and old is not None):
        if old is not None:
            job.products["workbook"] = old
        return
    path = staging(job.output) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    write_workbook(tables, path, job.config.notice)
    job.products["workbook"] = _staged(job, key, name)


def _contents(job: _Job, planned: Planned, tables: Tables, beside: Sequence[Config], key: str) -> dict[str, Any]:
    """Write the page of contents where it is out of date; what is told of the build."""
    config = job.config
    there = {Path(name).name for product in job.products.values() for name in product.files}
    there |= {path.name for path in job.output.glob("*") if path.is_file()}
    done = [(notebook, run) for notebook, run in planned if f"{run.name}.html" in there]
    workbook = config.workbook if config.workbook in there else None
    old = job.built.products.get("contents")
    if job.steps == STEPS and old is not None and intact(old, key, config):
        job.products["contents"] = old
    else:
        pages = [describe(read_node(notebook.path), run, tables) for notebook, run in done]
        changes = CHANGES if job.beside or (job.output / CHANGES).is_file() else None
        html = render_contents(
            tables,
            pages,
            workbook,
            title=config.title,
            notice=config.notice,
            changes=changes,
            others=_others(beside, job.output),
        )
        write_whole(staging(job.output) / "index.html", html.encode("utf-8"))
        # a page of contents after some of the steps is not that of the whole
        job.products["contents"] = _staged(job, key if job.steps == STEPS else "", "index.html")
    return {
        "reports": len(tables.reports),
        "rejects": len(tables.rejects),
        "unread": int((tables.rejects["reason"] != "duplicate_file").sum()),
        "findings": count_by_severity(tables.findings),
        "workbook": workbook,
        "pages": [f"{run.name}.html" for _, run in done],
        "loaded": loaded_sums(tables),
        "seats": seats(tables.reports),
    }


def _publish(job: _Job, said: Mapping[str, Any]) -> bool:
    """Put what is new in the place of what was; whether anything was."""
    config = job.config
    built = replace(job.built, products=dict(sorted(job.products.items())), said=said)
    write_whole(staging(job.processed) / built_path(config).name, built_bytes(built))
    files = {config.root / name: sha256 for product in job.products.values() for name, sha256 in product.files.items()}
    # the record comes last
    finals = [*(path for path in files if file_digest(path) != files[path]), *job.beside, built_path(config)]
    moves = [(_staging(job, path), path) for path in finals]
    moves = [(new, path) for new, path in moves if file_digest(new) != file_digest(path)]
    gone = list(dict.fromkeys(_gone(job)))
    if moves or gone:
        with interrupt_waits():
            switch(journal(config), moves, gone)
    clear((job.output, job.processed))
    return bool(moves or gone)


def _gone(job: _Job) -> Iterator[Path]:
    """The files of the last build that are none of this one's, unless somebody else has written them since.

    The folder of a page's charts is the page's own: all else of their kinds in it goes.
    """
    kept = {name for product in job.products.values() for name in product.files}
    for product in job.built.products.values():
        for name, sha256 in product.files.items():
            path = job.config.root / name
            if name not in kept and file_digest(path) == sha256:
                yield path
    for name, product in job.products.items():
        if name.startswith("run:"):
            files = [relative(job.config.root / file, job.config, job.output) for file in product.files]
            yield from left_over(job.output, name.removeprefix("run:"), files)


def _others(studies: Sequence[Config], output: Path) -> list[Other]:
    """Those studies that have been made, as seen from the page of contents in `output`."""
    found = []
    for study in studies:
        contents = study.path(study.output) / "index.html"
        if contents.is_file():
            href = quote(Path(os.path.relpath(contents, output)).as_posix())
            found.append(Other(study.title or say("pages", "site"), study.notice or "", href))
    return found
