"""What is to be read: the files of a folder, one file, or several of both, and what their manifests say of them."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from govinfo.build.reading.inputs import input_names
from govinfo.build.reading.manifest import MANIFEST, ManifestEntry, line_of, manifest_line, read_manifest
from govinfo.errors import ManifestError


@dataclass(frozen=True)
class Inputs:
    """The files by their names below `folder`, in order; `whole` is whether they are all that a folder holds."""

    folder: Path
    names: Sequence[str]
    manifest: Mapping[str, ManifestEntry]
    whole: bool


def gather(raw: Path | str | Sequence[Path | str]) -> Inputs:
    """The inputs at a path, or at several: those are then named below the folder that they all lie in.

    Raises
    ------
    FileNotFoundError, ManifestError
        There is nothing at a path; a manifest cannot be used, or names a file that is not there.
    """
    if isinstance(raw, (str, Path)):
        return _one(Path(raw))
    parts = [_one(Path(os.path.normpath(Path(path).absolute()))) for path in raw]
    if len(parts) == 1:
        return parts[0]
    folder = Path(os.path.commonpath([part.folder for part in parts]))
    names: set[str] = set()
    manifest: dict[str, ManifestEntry] = {}
    for part in parts:
        below = part.folder.relative_to(folder)
        names |= {(below / name).as_posix() for name in part.names}
        manifest |= {(below / name).as_posix(): entry for name, entry in part.manifest.items()}
    return Inputs(folder, sorted(names), manifest, whole=False)


def _one(raw: Path) -> Inputs:
    if raw.is_dir():
        names = input_names(raw, MANIFEST)
        manifest = read_manifest(raw)
        _check_manifest(manifest, raw, set(names))
        return Inputs(raw, names, manifest, whole=True)
    if not os.path.lexists(raw):
        raise FileNotFoundError(
            f"{raw}\n  found     nothing\n  expected  a folder of reports, or one report\n  to do     correct the path"
        )
    return Inputs(raw.parent, [raw.name], manifest_line(raw), whole=False)


def _check_manifest(manifest: Mapping[str, ManifestEntry], folder: Path, names: Collection[str]) -> None:
    for name in manifest:
        if name not in names:
            raise ManifestError(
                f"{MANIFEST}:{line_of(folder, name)}\n  found     {name}, which is no input in {folder}\n"
                "  expected  files of that folder, with their subfolder as in `sub/a.txt`\n"
                "  to do     correct the name, or take the line out"
            )
