"""Running notebooks: each gives an executed notebook and a page, or an error that says where it stopped."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from typing import Any

import nbformat
import papermill
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.exceptions import PapermillExecutionError
from tqdm import tqdm
from traitlets.config import Config as KernelConfig

from govinfo.build.config import Config, Run
from govinfo.build.files import write_whole
from govinfo.build.pages import NOTEBOOK_ONLY, render_page
from govinfo.build.parameters import Notebook, check_parameters, find_notebook, notebooks, read_node
from govinfo.charts.style import font_name
from govinfo.errors import NotebookError

__all__ = ["notebooks", "plan", "run_notebooks"]

# What a cell keeps of its metadata: all else tells of the run, not of the result.
_KEPT = {"tags"}


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
    # matplotlib builds its list of fonts here once, or every kernel would, and say so in its page
    font_name()
    workers = max(1, min(len(planned), os.cpu_count() or 1))
    with (
        ThreadPoolExecutor(workers) as pool,
        tqdm(total=len(planned), disable=not progress, unit="notebook", leave=False) as bar,
    ):
        waiting = [pool.submit(_run, notebook, run, config) for notebook, run in planned]
        for done in as_completed(waiting):
            bar.update()
            if not done.cancelled() and done.exception() is not None:
                pool.shutdown(wait=False, cancel_futures=True)
    failed = (one.exception() for one in waiting if not one.cancelled())
    for error in failed:
        if error is not None:
            raise error
    return [one.result() for one in waiting]


def _run(notebook: Notebook, run: Run, config: Config) -> Path:
    """Run one notebook; write it and its page only when both are whole."""
    node = _clean(_execute(notebook, run.parameters, config.root))
    html = render_page(node, run.name, config.notice)
    if config.notice:
        node.cells.insert(0, _notice_cell(config.notice))
    text: str = nbformat.writes(node)  # type: ignore[no-untyped-call]
    output = config.path(config.output)
    page = output / f"{run.name}.html"
    write_whole(output / f"{run.name}.ipynb", (text + "\n").encode("utf-8"))
    write_whole(page, html.encode("utf-8"))
    return page


def _execute(notebook: Notebook, parameters: Mapping[str, Any], folder: Path) -> Any:
    """The executed notebook. Its kernel starts in `folder`, without the settings of whoever runs it."""
    node = read_node(notebook.path)
    with tempfile.TemporaryDirectory(prefix="govinfo-") as private:
        # messages by files of this user, not by ports that any user of the machine can reach
        transport = "ipc" if os.name == "posix" else "tcp"
        kernel = {"transport": transport, "connection_file": f"{private}/kernel.json"}
        try:
            return papermill.execute_notebook(
                node,
                None,
                parameters=dict(parameters),
                kernel_name="python3",
                progress_bar=False,
                resources={"metadata": {"path": str(folder)}},
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
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = "injected-parameters"
        cell.setdefault("id", f"cell-{number}")
        for key in set(cell.metadata) - _KEPT:
            del cell.metadata[key]
    node.metadata.clear()
    node.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    node.metadata["language_info"] = {"name": "python"}
    return node
