"""What the main job costs on made-up reports: the first time, with nothing changed, with one of 300 changed.

python benchmarks/refreshing.py [REPORTS]     writes only to a temporary folder
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from govinfo.demo.corpus import formats, write_corpus

YEARS = range(2019, 2025)
STUDY = '[[run]]\nnotebook = "request_outcomes"\n[[run]]\nnotebook = "problem_themes"\n'


def main() -> None:
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_corpus(
            root, townships=-(-reports // len(YEARS)), years=list(YEARS), formats=formats(), seed=7, faults=False
        )
        notebooks = Path(__file__).parents[1] / "notebooks"
        (root / "govinfo.toml").write_text(
            f'[folders]\nraw = "raw"\nnotebooks = "{notebooks}"\n{STUDY}', encoding="utf-8"
        )
        _tell(root, "first")
        _tell(root, "nothing changed")
        report = sorted((root / "raw").rglob("*.txt"))[0]
        report.write_bytes(report.read_bytes() + b"\n")
        _tell(root, "one changed")
        (root / "data" / "processed" / ".built.json").unlink()
        _tell(root, "all made again from kept rows")
        size = (root / "data" / "processed" / ".rows.sqlite").stat().st_size
        print(f"kept rows: {size / 1024:.0f} kB")


def _tell(root: Path, what: str) -> None:
    command = [
        sys.executable,
        "-c",
        "from govinfo.cli import main; main()",
        "refresh",
        "--config",
        root / "govinfo.toml",
    ]
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    seconds = time.perf_counter() - begun
    line = json.loads((root / "output" / "refresh.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    told = {name: line[name] for name in ("result", "read", "kept", "ran", "steps") if name in line}
    print(f"{what:30} {seconds:6.2f} s   {json.dumps(told)}")


if __name__ == "__main__":
    main()
