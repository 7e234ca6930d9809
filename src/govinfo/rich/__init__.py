"""How the tables, and one report, show in a notebook: HTML that reads well on a light and on a dark ground."""

from govinfo.rich.summary import tables_html, tables_text

__all__ = ["tables_html", "tables_text"]
