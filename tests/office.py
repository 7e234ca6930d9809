"""A workbook opened and calculated anew by LibreOffice, for tests."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

_RESULT = re.compile(rb"(</f>)<v>[^<]*</v>")
_TEXT = re.compile(rb' t="str"(?=><f>)')


def soffice() -> str:
    """The office program; the test is skipped where there is none."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not installed: the workbook was not opened by an office program")
    return office


def converted(path: Path, kind: str, folder: Path) -> Path:
    """The file as LibreOffice saves it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [soffice(), "--headless", profile, "--convert-to", kind, "--outdir", str(folder / kind), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder / kind / f"{path.stem}.{kind}"


def recalculated(path: Path, folder: Path) -> Path:
    """The workbook with every formula calculated by LibreOffice: the results in the file are taken out before."""
    bare = folder / f"bare-{path.name}"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(bare, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = _TEXT.sub(b"", _RESULT.sub(rb"\g<1><v></v>", content))
            target.writestr(name, content)
    return converted(bare, "xlsx", folder)
