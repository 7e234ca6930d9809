"""A made-up executed notebook with all that a page can hold, and texts that would do harm were they not escaped."""

from __future__ import annotations

from typing import Any

import nbformat
import pandas as pd

from govinfo.charts import answers, tidy
from govinfo.charts.bars import Heading, bars
from govinfo.charts.shown import Words, picture

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</style></title><script>alert(2)</script>",
    "javascript:alert(3)",
    "# 标题 [链接](javascript:alert(4)) ![图](http://evil.example/x.png)",
    "\x1b[31m红\x1b[0m {{ 7 * 7 }} {% raw %}",
    "<!--SECTIONS--><!--LACKING-->/*FONT*/",
    "http://evil.example/很长的地址" + "a" * 200,
)
# of the second extension of the characters, one that the font of the pages lacks, and one that it has
RARE, KNOWN_RARE = "\U00020bb7", "\U00020087"
TITLE = "各乡镇“办得”怎样 /*FONT*/"


def cell(kind: str, source: str, outputs: list[Any] | None = None, tags: tuple[str, ...] = ()) -> Any:
    made = nbformat.v4.new_markdown_cell(source)
    if kind == "code":
        made = nbformat.v4.new_code_cell(source, outputs=outputs or [])
    made.metadata["tags"] = list(tags)
    return made


def shown(thing: Any) -> Any:
    """What displaying it leaves in an executed notebook."""
    data, metadata = thing._repr_mimebundle_()
    return nbformat.v4.new_output("display_data", data=data, metadata=metadata)


def rows(number: int) -> pd.DataFrame:
    """A table of so many townships, the first of them with names that nobody should have."""
    names = [*HOSTILE, f"{RARE}河镇", *(f"第{one}号乡" for one in range(number))][:number]
    return pd.DataFrame(
        {
            "county": pd.Series(["某县"] * number, dtype="string"),
            "township": pd.Series(names, dtype="string"),
            "year": pd.Series(range(2000, 2000 + number), dtype="Int32"),
            "value": pd.Series(range(1000, 1000 + number), dtype="Int64"),
            "message": pd.Series([f"第{one}行：{name}" for one, name in enumerate(names)], dtype="string"),
            "locator": pd.Series([f"{name}.txt:{one}" for one, name in enumerate(names)], dtype="string"),
        }
    )


def chart(title: str, name: str = "received") -> Any:
    """Bars of five townships."""
    frame = pd.DataFrame(
        {"name": [f"第{one}号乡" for one in range(5)], "series": ["新收"] * 5, "value": [3.0, 1.0, None, 8.0, 12.0]}
    )
    return bars(frame, Heading(name, title, "件", 5))


def executed() -> Any:
    """The notebook: its title and question, words, a wide table, a long one that is folded, charts, text in colours."""
    first = chart("第4号乡收到最多：12 件")
    columns = ["county", "township", "year", "value", "message", "locator"]
    node = nbformat.v4.new_notebook()
    node.cells = [
        cell("markdown", f"# {TITLE}\n\n收到多少申请，\n办结多少？"),
        cell("markdown", "给运行的人看", tags=("notebook-only",)),
        cell("code", f"townships: list[str] = [{HOSTILE[0]!r}]  # 只看这些乡镇", tags=("parameters",)),
        cell("markdown", "## 依据什么，当心什么"),
        cell(
            "code",
            "opening(study)",
            [shown(Words(HOSTILE, "standing")), shown(tidy(rows(12), columns, caption="所依据的报告"))],
        ),
        cell("markdown", "## 结论"),
        cell("code", "answers(first)", [shown(answers(first))]),
        cell("markdown", f"## 收到多少 `n` & {HOSTILE[0][1:7]}\n\n各类申请人合计。"),
        cell(
            "code", "show(first)", [shown(picture(first)), shown(tidy(rows(150), columns, caption="逐份 <b>报告</b>"))]
        ),
        cell("markdown", "### 办结\n\n见[规定](http://www.gov.cn/zhengce)。"),
        cell("code", "print('x')", [nbformat.v4.new_output("stream", text="\x1b[31m红\x1b[0m <b>" + HOSTILE[2])]),
        cell("code", "plain", [nbformat.v4.new_output("execute_result", data={"text/plain": HOSTILE[0]})]),
        cell("code", "said", [nbformat.v4.new_output("display_data", data={"text/markdown": HOSTILE[4]})]),
    ]
    return node
