"""Writing results: whole or not at all, and not again where nothing changed."""

from __future__ import annotations

from pathlib import Path


def write_whole(path: Path, content: bytes) -> bool:
    """Write `content` to `path` by way of a file beside it; whether the file changed.

    A reader of `path` sees the old content or the new, never half of it. The same content writes nothing.
    """
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.part")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    return True
