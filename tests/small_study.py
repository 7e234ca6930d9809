"""A study of small reports for tests of the main job, and what lies in its folders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import nbformat
from small_reports import report, write_all

from govinfo.build.config import Config, load_config
from govinfo.build.refresh import refresh
from govinfo.build.uptodate import Refreshed, unchanged
from govinfo.questions.seats import COLUMNS

LOG = "refresh.jsonl"
LISTS = {name: "list[int]" if name == "years" else "list[str]" for name in COLUMNS}
# the rows of single files are no result, and tell of the way there
STORE = ".rows.sqlite"


# a cell that keeps a chart as a file, called by the townships that it is told
CHART = """from pathlib import Path

folder = Path(output)
folder.mkdir(parents=True, exist_ok=True)
(folder / "chart.csv").write_text(",".join(townships), encoding="utf-8")
print(output)"""


def study(root: Path, reports: int = 3, notebooks: dict[str, str] | None = None, entry: str = "") -> Config:
    """A folder with reports, notebooks of one cell each (by name), and a govinfo.toml that runs them all.

    `entry` is what else stands in each entry of govinfo.toml.
    """
    write_all(root / "data" / "raw", {f"{number}.txt": report(number) for number in range(reports)})
    (root / "notebooks").mkdir(exist_ok=True)
    runs = ""
    for name, code in (notebooks or {}).items():
        write_notebook(root, name, code, LISTS)
        runs += f'[[run]]\nnotebook = "{name}"\n{entry}\n'
    (root / "govinfo.toml").write_text(runs, encoding="utf-8")
    return load_config(root / "govinfo.toml")


def write_notebook(root: Path, name: str, code: str, knobs: Mapping[str, str] | None = None) -> None:
    """A notebook of one cell with the parameters `processed`, `output` and `knobs` (empty lists, types by name)."""
    node: Any = nbformat.v4.new_notebook()
    head = nbformat.v4.new_markdown_cell(f"# {name}", id="head")
    lines = ['processed: str = "data/processed"', 'output: str = ""']
    lines += [f"{knob}: {kind} = []  # {knob}?" for knob, kind in (knobs or {}).items()]
    cell = nbformat.v4.new_code_cell("\n".join(lines), id="knobs", metadata={"tags": ["parameters"]})
    node.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    node.cells = [head, cell, nbformat.v4.new_code_cell(code, id="answer")]
    nbformat.write(node, root / "notebooks" / f"{name}.ipynb")


def build(config: Config) -> Refreshed:
    """What the command does: look whether there is anything to do, and do it."""
    return unchanged(config) or refresh(config, progress=False)


def files(config: Config) -> dict[str, bytes]:
    """All files of the study but the reports, the log and the store."""
    found = {}
    for path in sorted(config.root.rglob("*")):
        name = path.relative_to(config.root).as_posix()
        if path.is_file() and not name.startswith("data/raw") and path.name not in (LOG, STORE):
            found[name] = path.read_bytes()
    return found


def results(config: Config) -> dict[str, bytes]:
    """What people read: tables, pages, workbook; not what tells of the way from the build before."""
    return {name: data for name, data in files(config).items() if not name.endswith("CHANGES.md")}


def stamps(config: Config) -> dict[str, tuple[int, int]]:
    """Which file each name is and when it was written, the log left out."""
    found = {}
    for path in config.root.rglob("*"):
        if path.is_file() and path.name != LOG:
            found[str(path)] = (path.stat().st_ino, path.stat().st_mtime_ns)
    return found


def log(config: Config) -> list[dict[str, Any]]:
    text = (config.path(config.output) / LOG).read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]
