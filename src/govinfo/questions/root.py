"""Where the study is that a program or a notebook works on."""

from __future__ import annotations

from pathlib import Path

CONFIG_NAME = "govinfo.toml"


def find_root() -> Path | None:
    """The nearest folder that holds govinfo.toml: the working folder or one above it, else None."""
    start = Path.cwd().resolve()
    return next((folder for folder in (start, *start.parents) if (folder / CONFIG_NAME).is_file()), None)
