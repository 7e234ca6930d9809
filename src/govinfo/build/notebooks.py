"""Running notebooks: each gives an executed notebook and a page, or an error that says where it stopped."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
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
from govinfo.build.pages import NOTEBOOK_ONLY, render_page
from govinfo.build.parameters import Notebook, check_parameters, find_notebook, notebooks, read_node
from govinfo.charts.style import font_name
from govinfo.errors import NotebookError

__all__ = ["notebooks", "plan", "run_notebooks", "run_planned"]

# What a cell keeps of its metadata: all else tells of the run, not of the result.
_KEPT = {"tags"}
# the tag of the cell into which the runner writes the parameters
_INJECTED = "injected-parameters"


def plan(names: Sequence[str], parameters: Mapping[str, Any], config: Config) -> list[tuple[Notebook, Run]]:
    """What is to be run: notebooks and the parameters of each, checked.

    `names` are notebooks or pages of the study (none: all that govinfo.toml lists); `parameters` go before
    those of govinfo.toml.

    Raises
    ------
    ConfigError
        A notebook or parameter is unknown, or a value does not fit; nothing has run then.
    """
    known = notebooks(config.path(config.notebooks))
    runs: list[Run] = []
    for name in dict.fromkeys(name.removesuffix(".ipynb") for name in names):
        listed = [run for run in config.runs if name in (run.notebook, run.name)]
        runs += listed or [Run(find_notebook(name, known).name, name)]
    planned = []
    for run in dict.fromkeys(run.name for run in (runs if names else config.runs)):
        chosen = next(one for one in (runs if names else config.runs) if one.name == run)
        notebook = find_notebook(chosen.notebook, known)
        values = {**chosen.parameters, **parameters}
        if "processed" in notebook.parameters:
            values.setdefault("processed", config.processed)
        check_parameters(notebook, values)
        planned.append((notebook, Run(notebook.name, chosen.name, values)))
    return planned


def run_notebooks(
    names: Sequence[str], parameters: Mapping[str, Any], config: Config, progress: bool = True
) -> list[Path]:
    """Run notebooks and write `<name>.ipynb` and `<name>.html` to the output folder; the pages' paths.

    `names` and `parameters` are those of `plan`. The same tables and parameters give the same bytes.

    Raises
    ------
    ConfigError
        A notebook or parameter is unknown, or a value does not fit; nothing has run then.
    NotebookError
        A notebook stopped before its end; what it wrote earlier stays as it was.
    """
    planned = plan(names, parameters, config)
    output = config.path(config.output)
    for _ in run_planned(planned, config, output, progress=progress):
        pass
    return [output / f"{run.name}.html" for _, run in planned]


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
    planned : what `plan` gives.
    tables : where the tables of the study lie for now; the notebooks still tell the folder of the study.
    jobs : how many run at once; by default one a core.

    Raises
    ------
    NotebookError
        A notebook stopped before its end; those that run then are let run to theirs, no other is begun.
    """
    if not planned:
        return
    # matplotlib builds its list of fonts here once, or every kernel would, and say so in its page
    font_name()
    workers = max(1, min(len(planned), jobs or os.cpu_count() or 1))
    failed: list[BaseException] = []
    with (
        ThreadPoolExecutor(workers) as pool,
        tqdm(total=len(planned), disable=not progress, unit="notebook", leave=False) as bar,
    ):
        waiting = {pool.submit(_run, notebook, run, config, output, tables): run.name for notebook, run in planned}
        try:
            for done in as_completed(waiting):
                bar.update()
                if done.cancelled():
                    continue
                error = done.exception()
                if error is None:
                    yield waiting[done]
                else:
                    failed.append(error)
                    pool.shutdown(wait=False, cancel_futures=True)
        finally:
            # whoever stops us waits for those that run, not for those that were to run
            pool.shutdown(wait=False, cancel_futures=True)
    if failed:
        raise failed[0]


def _run(notebook: Notebook, run: Run, config: Config, output: Path, tables: Path | None) -> None:
    """Run one notebook; write it and its page only when both are whole."""
    node = _clean(_execute(notebook, run.parameters, config, tables))
    html = render_page(node, run.name, config.notice)
    if config.notice:
        node.cells.insert(0, _notice_cell(config.notice))
    text: str = nbformat.writes(node)  # type: ignore[no-untyped-call]
    write_whole(output / f"{run.name}.ipynb", (text + "\n").encode("utf-8"))
    write_whole(output / f"{run.name}.html", html.encode("utf-8"))


def _execute(notebook: Notebook, parameters: Mapping[str, Any], config: Config, tables: Path | None) -> Any:
    """The executed notebook. Its kernel starts in the study's folder, without the settings of whoever runs it."""
    node = read_node(notebook.path)
    given = dict(parameters)
    if tables is not None and given.get("processed") == config.processed:
        given["processed"] = str(tables.absolute())
    with tempfile.TemporaryDirectory(prefix="govinfo-") as private:
        # messages by files of this user, not by ports that any user of the machine can reach
        transport = "ipc" if os.name == "posix" else "tcp"
        kernel = {"transport": transport, "connection_file": f"{private}/kernel.json"}
        try:
            done = papermill.execute_notebook(
                node,
                None,
                parameters=given,
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
            return done if given == parameters else _as_given(done, given, parameters)
        except PapermillExecutionError as error:
            cell = _cell_name(node, error.source)
            raise NotebookError(_stopped(notebook, cell, f"{error.ename}: {error.evalue}")) from error
        except (CellTimeoutError, DeadKernelError) as error:
            raise NotebookError(_stopped(notebook, "unknown cell", str(error))) from error


def _as_given(done: Any, given: Mapping[str, Any], said: Mapping[str, Any]) -> Any:
    """The executed notebook as if the tables had lain where the study has them: in its parameters and its outputs."""
    for cell in done.cells:
        if _INJECTED in cell.metadata.get("tags", []):
            cell.source = translate_parameters("python3", "python", dict(said), "Parameters")
        if "outputs" in cell:
            cell.outputs = [_put(output, given["processed"], said["processed"]) for output in cell.outputs]
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
    return (
        f"{notebook.path}: {cell}\n  found     {error}\n  expected  the notebook to run to its end\n"
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
