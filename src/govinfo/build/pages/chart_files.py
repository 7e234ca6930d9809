"""The charts of a page as files: where they lie, and where they are while the page is made.

The folder belongs to the page: pictures and tables in it that the page no longer has go.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from govinfo.build.config import Config, Run

_CHARTS = "charts"
_KINDS = (".png", ".svg", ".csv")


def charts_folder(config: Config, page: str) -> str:
    """The folder of a page's charts, as its notebook is told: from the folder of the study on."""
    return Path(config.output, _CHARTS, page).as_posix()


def keeps_charts(config: Config, run: Run) -> bool:
    """Whether the page's charts go to the page's own folder, and not to another one or nowhere."""
    return bool(run.parameters.get("output") == charts_folder(config, run.name))


def staged_charts(staged: Path, page: str) -> Path:
    """Where the charts of a page are written first; `staged` is where pages are."""
    return staged / _CHARTS / page


def begin_charts(staged: Path, page: str) -> Path:
    """The same, emptied of what a run that was killed has left there."""
    folder = staged_charts(staged, page)
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def page_files(staged: Path, page: str) -> list[str]:
    """All files of a page that was made, from the folder of pages on: the page, its notebook, its charts."""
    charts = (path for path in staged_charts(staged, page).rglob("*") if path.is_file())
    return [f"{page}.html", f"{page}.ipynb", *sorted(path.relative_to(staged).as_posix() for path in charts)]


def left_over(output: Path, page: str, files: list[str]) -> Iterator[Path]:
    """The chart files in the page's folder below `output` that are none of its `files` now."""
    for path in sorted(staged_charts(output, page).glob("*")):
        if path.suffix in _KINDS and path.relative_to(output).as_posix() not in files:
            yield path
