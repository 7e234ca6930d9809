"""Made-up reports as web pages, in the kinds of markup that offices and their portals publish."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape

from govinfo.definitions.form import Form
from govinfo.definitions.sheet import SheetRow, Texts, sheet

Span = tuple[str, int, int]  # text, columns, rows
TITLE = "测试镇2022年政府信息公开工作年度报告"
OVERVIEW = "本镇认真做好政府信息公开工作，全年通过网站公开信息若干条。"


def spanned(rows: Sequence[SheetRow]) -> list[list[Span]]:
    """The cells of a sheet as HTML has them: the covered ones left out, the others with their spans."""
    kinds = [[cell.merged for cell in row.cells] for row in rows]
    taken: set[tuple[int, int]] = set()
    found: list[list[Span]] = []
    for number, row in enumerate(rows):
        cells: list[Span] = []
        for column, cell in enumerate(row.cells):
            if (number, column) in taken:
                continue
            stop = column + 1
            while stop < len(row.cells) and kinds[number][stop] == "left":
                stop += 1
            last = number + 1
            while last < len(rows) and all(kinds[last][here] == "above" for here in range(column, stop)):
                last += 1
            taken |= {(line, here) for line in range(number, last) for here in range(column, stop)}
            cells.append((cell.text, stop - column, last - number))
        found.append(cells)
    return found


def clean(rows: list[list[Span]]) -> str:
    return "<table>" + "".join(f"<tr>{''.join(map(_clean_cell, row))}</tr>" for row in rows) + "</table>"


def _clean_cell(cell: Span) -> str:
    text, columns, lines = cell
    return f'<td colspan="{columns}" rowspan="{lines}">{escape(text)}</td>'


def word(rows: list[list[Span]]) -> str:
    """As a word processor exports it: every piece of text in spans of its own, lines of the source wrapped."""
    lines = [
        '<table class=MsoNormalTable border=1 cellspacing=0 style="border-collapse:collapse;mso-yfti-tbllook:1184">'
    ]
    for number, row in enumerate(rows):
        lines.append(f" <tr style='mso-yfti-irow:{number};height:14.2pt'>")
        for text, columns, high in row:
            spans = (f" colspan={columns}" if columns > 1 else "") + (f" rowspan={high}" if high > 1 else "")
            lines.append(
                f"  <td width=64{spans} style='width:48.0pt;border:solid windowtext 1.0pt;\n  padding:0cm 5.4pt'>\n"
                f"  <p class=MsoNormal align=center style='text-align:center'>{_pieces(text)}</p>\n  </td>"
            )
        lines.append(" </tr>")
    lines.append(
        " <![if !supportMisalignedColumns]>\n <tr height=0>\n"
        + "".join("  <td width=64 style='border:none'></td>\n" for _ in range(sum(span[1] for span in rows[0])))
        + " </tr>\n <![endif]>\n</table>"
    )
    return "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->" + (
        "\n".join(lines)
    )


def _pieces(text: str) -> str:
    """The characters of `text` in spans of one or two, as editing leaves them, with all that is not shown."""
    parts = [text[start : start + 2] for start in range(0, len(text), 2)] or ["&nbsp;"]
    spans = [
        f'<span lang=EN-US style="font-size:10.5pt;\nfont-family:宋体">{part}</span><!-- {number}9 --><del>7</del>\u200b'  # noqa: E501
        for number, part in enumerate(parts)
    ]
    return "".join(spans) + "<span lang=EN-US><o:p></o:p></span>"


def loose(rows: list[list[Span]]) -> str:
    """Without closing tags, as older editors wrote."""
    lines = []
    for row in rows:
        lines.append("<TR>")
        lines += [f"<TD COLSPAN={columns} ROWSPAN='{high}'><P>{text}" for text, columns, high in row]
    return "<TABLE BORDER=1>" + "\n".join(lines) + "</TABLE>"


def broken_labels(rows: list[list[Span]]) -> str:
    """Labels on several lines, figures in full width."""
    wide = str.maketrans("0123456789", "０１２３４５６７８９")
    return clean_with(
        rows,
        lambda text: (
            f"<p>&emsp;{text.translate(wide)}&nbsp;</p>"
            if text.isascii()
            else f"{text[: len(text) // 2]}<br/>\n{text[len(text) // 2 :]}"
        ),
    )


def clean_with(rows: list[list[Span]], shown: Callable[[str], str]) -> str:
    return (
        "<table>"
        + "".join(
            "<tr>" + "".join(f'<th colspan="{c}" rowspan="{r}">{shown(t)}</th>' for t, c, r in row) + "</tr>"
            for row in rows
        )
        + "</table>"
    )


def grouped(rows: list[list[Span]]) -> str:
    """Head, bodies and foot, the foot written before the bodies; no cell reaches over their borders."""
    cuts = [number for number in range(1, len(rows)) if not _crossed(rows, number)]
    if len(cuts) < 2:
        return clean(rows)
    head, foot = cuts[0], cuts[-1]
    part = {"thead": rows[:head], "tfoot": rows[foot:], "tbody": rows[head:foot]}
    return (
        "<table>"
        + "".join(
            f"<{name}>{''.join('<tr>' + ''.join(map(_clean_cell, row)) for row in part[name])}</{name}>"
            for name in ("tfoot", "tbody", "thead")
        )
        + "</table>"
    )


def split(rows: list[list[Span]]) -> str:
    """In several tables, cut wherever no cell reaches over the cut."""
    cuts = [0, *(number for number in range(1, len(rows)) if not _crossed(rows, number)), len(rows)]
    middle = cuts[len(cuts) // 2]
    return "\n".join(clean(part) for part in (rows[:middle], rows[middle:]) if part)


def _crossed(rows: list[list[Span]], cut: int) -> bool:
    return any(number + high > cut for number in range(cut) for _, _, high in rows[number])


TABLES: Mapping[str, Callable[[list[list[Span]]], str]] = {
    "clean": clean,
    "word": word,
    "loose": loose,
    "broken labels": broken_labels,
    "grouped": grouped,
    "split": split,
}


def bare(content: str) -> str:
    return f"<html><head><title>{TITLE}</title></head><body>{content}</body></html>"


def portal(content: str) -> str:
    """With all that a portal puts around a report, hidden figures and scripts included."""
    calendar = "<table class=cal><tr><th>日<th>一<th>二</tr><tr><td>1<td>2<td>3</tr></table>"
    return (
        f"<!DOCTYPE html><html><head><meta charset=gb2312><title>\n {TITLE}_某县人民政府 </title>"
        "<script>var t='<table><tr><td>8</td></tr></table>';</script><style>td{color:red}</style></head><body>"
        "<noscript><table><tr><td>请打开脚本 5</td></tr></table></noscript>"
        "<div class=nav><ul><li><a href=/>首页</a><li><a href=/zfxxgk>政府信息公开</a></ul></div>"
        "<div style='DISPLAY : none'><table><tr><td>规章<td>7<td>7<td>7</table></div><p hidden>三、虚假 99</p>"
        f"<div class=crumb>当前位置：<a>首页</a> &gt; <a>年报</a></div>{calendar}"
        "<table class=meta><tr><th>索引号<td>000-2023-1<th>发布机构<td>测试镇人民政府<tr><th>发布日期<td>2023-01-20"
        "<th>文号<td></table>"
        f"<div id=zoom>{content}</div><select><option>2021<option>2022</select>"
        "<iframe src=x>12</iframe><div class=share>分享到：<button>微信</button></div>"
        "<div class=footer><p>主办：某县人民政府办公室　备案号：0000号</p></div>"
        "<script>document.write('<td>1')</script></body></html>"
    )


def layout(content: str) -> str:
    """The page laid out with tables, several levels deep."""
    return (
        f"<html><head><title>{TITLE}</title></head><body><table width=1000><tr><td colspan=3>某县人民政府网站</td></tr>"
        "<tr><td rowspan=2 width=200><table><tr><td>栏目</td></tr><tr><td>年报</td></tr></table></td>"
        f"<td>&nbsp;</td><td>当前位置：年报</td></tr><tr><td></td><td><table><tr><td><table><tbody><tr><td>{content}"
        "</td></tr></tbody></table></td></tr></table></td></tr><tr><td colspan=3>主办单位</td></tr></table></body></html>"  # noqa: E501
    )


PAGES: Mapping[str, Callable[[str], str]] = {"bare": bare, "portal": portal, "layout": layout}


def report(form: Form, texts: Mapping[str, Texts], table: str = "clean", page: str = "bare") -> str:
    """A made-up report with its tables and its page in one of the markups."""
    parts = [f"<h1>{TITLE}</h1>", "<p>一、总体情况</p>", f"<p>{OVERVIEW}</p>"]
    for one in form.tables:
        parts += [f"<p><b>{one.title}</b></p>", TABLES[table](spanned(sheet(one, texts[one.name])))]
    parts += [
        "<div>五、存在的主要问题及改进情况<br>公开内容还不够全面。<br></div>",
        "<p>六、其他需要报告的事项</p><p>无。</p>",
    ]
    return PAGES[page]("\n".join(parts))
