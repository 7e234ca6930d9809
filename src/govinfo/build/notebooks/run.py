"""Running notebooks: each gives an executed notebook and a page, or an error that says where it stopped."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from papermill.translators import translate_parameters
from tqdm import tqdm
from traitlets.config import Config as KernelConfig

from govinfo.build.config import Config, Run
from govinfo.build.files import write_whole
from govinfo.build.keys import file_digest
from govinfo.build.lock import hold, lock_file
from govinfo.build.notebooks.parameters import Notebook, read_node
from govinfo.build.notebooks.plan import plan_run
from govinfo.build.pages.chart_files import begin_charts, keeps_charts, left_over, page_files
from govinfo.build.pages.page import NOTEBOOK_ONLY, render_page
from govinfo.build.pages.standing import page_date
from govinfo.build.scratch import scratch
from govinfo.build.switch import clear_empty, staging
from govinfo.charts.style import font_name
from govinfo.errors import NotebookError

# What a cell keeps of its metadata: all else tells of the run, not of the result.
_KEPT = {"tags"}
# the tag of the cell into which the runner writes the parameters
_INJECTED = "injected-parameters"
# systems refuse a socket whose path has more bytes than some 104
_LONGEST_SOCKET = 100


def run_notebooks(
    names: Sequence[str], parameters: Mapping[str, Any], config: Config, progress: bool = True
) -> list[Path]:
    """Run notebooks and put `<name>.ipynb`, `<name>.html` and their charts into the output folder; the pages' paths.

    `names` and `parameters` are those of `plan_run`. The same tables and parameters give the same bytes.

    Raises
    ------
    ConfigError
        A notebook or parameter is unknown, or a value does not fit; nothing has run then.
    LockedError
        A refresh of the study, or another run, is at work.
    NotebookError
        A notebook stopped before its end; what it wrote earlier stays as it was.
    TablesError
        The tables are needed to plan, and there are none.
    """
    planned = plan_run(names, parameters, config)
    output = config.path(config.output)
    staged = staging(output)
    with hold(lock_file(config)):
        try:
            for name in run_planned(planned, config, staged, progress=progress):
                _publish(name, staged, output)
        finally:
            for _, run in planned:
                begin_charts(staged, run.name)
            clear_empty(staged)
    return [output / f"{run.name}.html" for _, run in planned]


def _publish(page: str, staged: Path, output: Path) -> None:
    """Move a page that is whole to its place, its charts first: a page never tells of charts that are not there yet."""
    files = page_files(staged, page)
    gone = list(left_over(output, page, files))
    for name in reversed(files):
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        if file_digest(output / name) != file_digest(staged / name):
            (staged / name).replace(output / name)
        else:
            (staged / name).unlink()
    for path in gone:
        path.unlink()


def run_planned(
    planned: Sequence[tuple[Notebook, Run]],
    config: Config,
    output: Path,
    *,
    tables: Path | None = None,
    jobs: int | None = None,
    progress: bool = True,
) -> Iterator[str]:
    """Run notebooks at the same time, each written to `output` when it is whole; the names of the pages as they come.

    Parameters
    ----------
    planned : what `plan_pages` gives.
    output : charts are written below it too; the notebooks still tell the folder of the study.
    tables : where the tables of the study lie for now; the same holds.
    jobs : how many run at once; by default one a core.

    Raises
    ------
    NotebookError
        A notebook stopped before its end; those that run then are let run to theirs, no other is begun.
    """
    if not planned:
        return
    font_name()  # matplotlib builds its list of fonts here once, or every kernel would, and say so in its page
    failed: list[BaseException] = []
    with (
        ThreadPoolExecutor(max(1, min(len(planned), jobs or os.cpu_count() or 1))) as pool,
        tqdm(total=len(planned), disable=not progress, unit="notebook", leave=False) as bar,
    ):
        waiting = {pool.submit(_run, notebook, run, config, output, tables): run.name for notebook, run in planned}
        try:
            for done in _ended(waiting, pool):
                bar.update()
                if (error := done.exception()) is None:
                    yield waiting[done]
                else:
                    failed.append(error)
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # who stops us waits only for those that run
    if failed:
        raise failed[0]


def _ended(waiting: Iterable[Future[None]], pool: ThreadPoolExecutor) -> Iterator[Future[None]]:
    """Those that wait as they end; once one has failed, of the others only those that have begun."""
    running = set(waiting)
    while running:
        ended, running = wait(running, return_when=FIRST_COMPLETED)
        if any(done.exception() for done in ended):
            pool.shutdown(wait=False, cancel_futures=True)
            # nobody tells of one that was cancelled before it began: who waits for it waits for ever
            running = {one for one in running if not one.cancelled()}
        yield from ended


def _run(notebook: Notebook, run: Run, config: Config, output: Path, tables: Path | None) -> None:
    """Run one notebook; write it and its page only when both are whole."""
    given = dict(run.parameters)
    if tables is not None and given.get("processed") == config.processed:
        given["processed"] = str(tables.absolute())
    if keeps_charts(config, run):
        given["output"] = str(begin_charts(output, run.name).absolute())
    node = _clean(_as_said(_execute(notebook, given, config), given, run.parameters))
    dated = page_date(config.path(given.get("processed") or config.processed), run.parameters)
    html = render_page(node, run.name, config.notice, dated, run.label)
    if config.notice:
        node.cells.insert(0, _notice_cell(config.notice))
    text: str = nbformat.writes(node)  # type: ignore[no-untyped-call]
    write_whole(output / f"{run.name}.ipynb", (text + "\n").encode("utf-8"))
    write_whole(output / f"{run.name}.html", html.encode("utf-8"))


def _transport(private: Path) -> str:
    """How a kernel is spoken to: by files of this user where the system can, else by ports, which all can reach."""
    short = len(os.fsencode(private / "kernel.json-ipc-00")) < _LONGEST_SOCKET
    return "ipc" if os.name == "posix" and short else "tcp"


def _execute(notebook: Notebook, given: Mapping[str, Any], config: Config) -> Any:
    """The executed notebook. Its kernel starts in the study's folder, without the settings of whoever runs it."""
    node = read_node(notebook.path)
    with scratch() as private:
        kernel = {"transport": _transport(private), "connection_file": f"{private}/kernel.json"}
        try:
            return papermill.execute_notebook(
                node,
                None,
                parameters=dict(given),
                kernel_name="python3",
                progress_bar=False,
                resources={"metadata": {"path": str(config.root)}},
                config=KernelConfig({"KernelManager": kernel}),
                extra_arguments=[
                    f"--IPKernelApp.ipython_dir={private}",
                    "--HistoryManager.enabled=False",
                    "--log-level=CRITICAL",
                ],
            )
        except PapermillExecutionError as error:
            cell = _cell_name(node, error.source)
            raise NotebookError(_stopped(notebook, cell, f"{error.ename}: {error.evalue}")) from error
        except (CellTimeoutError, DeadKernelError) as error:
            raise NotebookError(_stopped(notebook, "unknown cell", str(error))) from error


def _as_said(done: Any, given: Mapping[str, Any], said: Mapping[str, Any]) -> Any:
    """The executed notebook as if all had lain where the study has it: in its parameters and its outputs."""
    other = [name for name in ("processed", "output") if given.get(name) != said.get(name)]
    for cell in done.cells if other else ():
        if _INJECTED in cell.metadata.get("tags", []):
            cell.source = translate_parameters("python3", "python", dict(said), "Parameters")
        for name in other if "outputs" in cell else ():
            cell.outputs = [_put(output, given[name], said[name]) for output in cell.outputs]
    return done


def _put(value: Any, old: str, new: str) -> Any:
    """The same value with `new` for `old` in all its texts."""
    if isinstance(value, str):
        return value.replace(old, new)
    if isinstance(value, list):
        return [_put(item, old, new) for item in value]
    if isinstance(value, dict):
        return type(value)({key: _put(item, old, new) for key, item in value.items()})
    return value


def _notice_cell(notice: str) -> Any:
    """The study's notice as the first cell of the executed notebook; the page has it on top by itself."""
    cell = nbformat.v4.new_markdown_cell(f"> **{notice}**", id="notice")  # type: ignore[no-untyped-call]
    cell.metadata["tags"] = [NOTEBOOK_ONLY]
    return cell


def _cell_name(node: Any, source: str) -> str:
    found = [(number, cell) for number, cell in enumerate(node.cells, start=1) if cell.source == source]
    if not found:
        return "the cell of given parameters"
    number, cell = found[0]
    return f"cell {number} ({cell.get('id', 'no id')})"


def _stopped(notebook: Notebook, cell: str, error: str) -> str:
    # the lines of a message of ours stay apart from those of this one
    found = "\n            ".join(error.splitlines())
    return (
        f"{notebook.path}: {cell}\n  found     {found}\n  expected  the notebook to run to its end\n"
        "  kept      the page and notebook of the last run that did\n"
        "  to do     open the notebook in JupyterLab and run it to that cell"
    )


def _clean(node: Any) -> Any:
    """The notebook without what tells of the run: times, paths, versions, random ids."""
    for number, cell in enumerate(node.cells):
        if _INJECTED in cell.metadata.get("tags", []):
            cell["id"] = _INJECTED
        cell.setdefault("id", f"cell-{number}")
        for key in set(cell.metadata) - _KEPT:
            del cell.metadata[key]
    node.metadata.clear()
    node.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    node.metadata["language_info"] = {"name": "python"}
    return node
