"""The folder that the made-up county is written to: never somebody else's files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from govinfo.errors import DemoError

# It lists what was written, so that the next run removes just that.
MARKER = ".govinfo-demo"
Place = Callable[[str], Path]


@contextmanager
def open_folder(out: Path) -> Iterator[Place]:
    """A function that makes room for a file at a path below `out`, remembers it and returns where it is.

    Files that an earlier run wrote there are removed first; others stay.

    Raises
    ------
    DemoError
        `out` is a file, or a folder with files in it that was not written by an earlier run.
    """
    _clear(out)
    out.mkdir(parents=True, exist_ok=True)
    with (out / MARKER).open("w", encoding="utf-8", newline="\n") as marker:

        def place(path: str) -> Path:
            # noted before it is written: what a run that was stopped left behind is known too
            marker.write(f"{path}\n")
            marker.flush()
            target = out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            return target

        yield place


def _clear(out: Path) -> None:
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    marker = out / MARKER
    if not marker.is_file():
        raise DemoError(
            f"{out}\n  found     files that `govinfo demo` did not write\n  expected  a new or an empty folder\n"
            "  to do     name another folder"
        )
    folders = set()
    for line in marker.read_text(encoding="utf-8").splitlines():
        path = PurePosixPath(line)
        if path.is_absolute() or ".." in path.parts or len(path.parts) < 2:
            continue
        (out / path).unlink(missing_ok=True)
        folders |= {out / folder for folder in path.parents if folder.parts}
    for folder in sorted(folders, key=lambda item: len(item.parts), reverse=True):
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
