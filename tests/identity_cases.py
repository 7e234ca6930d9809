"""The table of title and header shapes: how a case becomes a file, and how what was read is judged.

A case in `identity_shapes/*.yaml` says what stands above 一、 (`text`), and where it matters what stands in the
chapters and below them; the rest is filled with made-up sentences. Keys of what is expected:

place    province/city/county/township, `-` for a column that must be null
code     the civil-affairs code; left out: null
others   year, level, issuer, title, published_on, place_source, year_source, and each column of the place by its own
         name: one value, or a list of values that are all right (null among them: it may be left open)
open     true: the columns of the place above the township, and the code, may be null; or a list of such columns
rules    `identity.*` findings that must come; `quiet: true`: none may
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "identity_shapes"
PLACE = ("province", "city", "county", "township")
_OPEN = ("province", "city", "county", "division_code")
_JUDGED = ("level", "issuer", "year", "published_on", "title", "place_source", "year_source")
_CHAPTERS = (
    ("一、总体情况", "overview", "{we}认真落实公开要求，按时更新办事指南和服务信息，答复群众来电。"),
    ("二、主动公开政府信息情况", "disclosure", "有关事项已在{number}处公开栏张贴，并随时更新。"),
    ("三、收到和处理政府信息公开申请情况", "requests", "{we}没有收到申请。"),
    ("四、政府信息公开行政复议、行政诉讼情况", "disputes", "没有发生。"),
    ("五、存在的主要问题及改进情况", "problems", "一是更新不够勤。二是人手少。下一步将多练多学。"),
    ("六、其他需要报告的事项", "other", "无。"),
)
RIGHT, NULL, WRONG = "right", "null", "wrong"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one column of a case."""

    column: str
    outcome: str
    allowed: bool
    expected: tuple[Any, ...]
    found: Any


def cases() -> list[dict[str, Any]]:
    """All cases in the order of their files, each with its number and its `source`, the path of its file."""
    found: list[dict[str, Any]] = []
    for path in sorted(FOLDER.glob("*.yaml")):
        found += yaml.safe_load(path.read_text(encoding="utf-8"))
    for number, case in enumerate(found):
        suffix = "html" if case.get("html") else "txt"
        case["number"] = number + 1
        case["source"] = f"s{number + 1:03}/{case.get('file', 'a001')}.{suffix}"
    return found


def write_cases(folder: Path, all_cases: Sequence[Mapping[str, Any]]) -> Path:
    """One folder with the file of each case and one manifest."""
    lines = []
    for case in all_cases:
        path = folder / case["source"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_page(case) if case.get("html") else report_text(case), encoding="utf-8")
        if "manifest" in case:
            lines.append({"file": case["source"], **case["manifest"]})
    stream = io.StringIO()
    writer = csv.DictWriter(stream, ["file", "url", "retrieved_on", "note", *reversed(PLACE), "year"])
    writer.writeheader()
    writer.writerows(lines)
    (folder / "manifest.csv").write_text(stream.getvalue(), encoding="utf-8", newline="")
    return folder


def report_text(case: Mapping[str, Any]) -> str:
    """The whole report; `flat` has it on one line."""
    parts = [case.get("text", "")]
    for heading, key, usual in _CHAPTERS:
        parts += [heading, case.get(key, usual.format(we=case.get("we", "本机关"), number=case["number"]))]
    parts.append(case.get("end", ""))
    lines = [line for part in parts for line in str(part).splitlines()]
    return " ".join(filter(None, lines)) if case.get("flat") else "\n".join(lines) + "\n"


def _page(case: Mapping[str, Any]) -> str:
    body = (line if line.startswith("<") else f"<p>{escape(line)}</p>" for line in report_text(case).splitlines())
    head = f'<meta charset="utf-8"><title>{escape(str(case.get("head", "")))}</title>{case.get("meta", "")}'
    return f"<html><head>{head}</head><body>" + "\n".join(body) + "</body></html>"


def judge(case: Mapping[str, Any], row: Mapping[str, Any]) -> Iterator[Verdict]:
    """A verdict for each column that the case speaks of; `row` is its row of `reports`, nulls as None."""
    for column, accepted in expected(case).items():
        found = row[column]
        if found is None:
            outcome = RIGHT if accepted[0] is None else NULL
        elif column == "level" and found == "unknown":
            outcome = RIGHT if accepted[0] == found else NULL
        else:
            outcome = RIGHT if found in accepted else WRONG
        yield Verdict(column, outcome, found in accepted, accepted, found)


def expected(case: Mapping[str, Any]) -> dict[str, tuple[Any, ...]]:
    """The values that are right, by column."""
    values = [None if name == "-" else name for name in case["place"].split("/")]
    wanted: dict[str, Any] = {**dict(zip(PLACE, values, strict=True)), "division_code": case.get("code")}
    wanted["level"] = "township" if wanted["township"] else None
    wanted |= {column: case[column] for column in (*PLACE, *_JUDGED) if column in case}
    if wanted["level"] is None:
        raise ValueError(f"{case['name']}: no level")
    open_columns = _OPEN if case.get("open") is True else case.get("open", ())
    accepted = {}
    for column, value in wanted.items():
        some = tuple(value) if isinstance(value, list) else (value,)
        accepted[column] = some if column not in open_columns or None in some else (*some, None)
    return accepted
