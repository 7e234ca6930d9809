"""The head of a brief: of whom it is, in large letters, and how it is printed: on two pages, charts side by side."""

from __future__ import annotations

from html import escape

from govinfo.charts.chart import Chart
from govinfo.charts.shown import Table, Words
from govinfo.definitions.wording import say

# Charts stand in two columns, tables go over both; what is folded is left out and said once.
_STYLE = """<style>
.place { font-size: 1.3rem; color: #003f68; margin: .4rem 0; }
.print-note { display: none; }
@media print {
  @page { margin: 11mm 13mm; }
  body { font-size: 8.6pt; line-height: 1.42; }
  main { columns: 2; column-gap: 6mm; padding-bottom: 0; }
  h1, .place, h1 + p, ul.standing, p.standing, .table-box, p.caption, .print-note,
  .table-box + p.words, h2:has(+ ul.standing), h2:has(+ p.standing), h2:has(+ p.caption) { column-span: all; }
  .second-page { column-span: all; break-before: page; height: 0; }
  h1 { font-size: 14pt; margin: 0; }
  .place { font-size: 12pt; margin: 0; }
  h2 { font-size: 10.5pt; margin: 2.6mm 0 1.2mm; padding: 0; border-bottom-width: 1px; }
  p, ul { margin: .8mm 0; }
  p.standing, ul.standing { padding-top: 1mm; padding-bottom: 1mm; }
  p.caption { font-size: 8pt; margin: 1.2mm 0 .4mm; }
  .table-box { margin: 0 0 1.6mm; }
  table { font-size: 7.4pt; line-height: 1.3; }
  th, td { padding: .2mm 1.2mm; }
  figure { margin: .6mm 0; }
  figure img { width: 93%; max-width: 93%; }
  details { display: none; }
  footer { padding: 0; }
  footer p { margin: 0; font-size: 8pt; }
  footer p:first-child { display: none; }
  .print-note { display: block; color: #4d4d4d; font-size: 8pt; }
}
</style>"""


def headline(*parts: str) -> Table:
    """The name that a brief is of, above all else; with the style in which it is printed."""
    text = say("profile", "headline_gap").join(part for part in parts if part)
    return Table(f'{_STYLE}<p class="place">{escape(text)}</p>' if text else _STYLE, text)


def second_page(*shown: Chart | Words) -> tuple[Table, ...]:
    """Where the second page begins on paper: before several charts, which stand side by side; nothing before fewer."""
    charts = sum(isinstance(one, Chart) for one in shown)
    return (Table('<div class="second-page"></div>', ""),) if charts > 1 else ()


def print_note() -> Table:
    """What is said on paper only: that the folded tables are not printed."""
    text = say("profile", "print_note")
    return Table(f'<p class="print-note">{escape(text)}</p>', text)
