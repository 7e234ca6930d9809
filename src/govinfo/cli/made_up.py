"""The command that writes a made-up county."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--townships", type=int, default=8, show_default=True, help="How many townships report.")
@click.option("--years", default="2019-2024", show_default=True, metavar="A-B", help="A year, or a span of years.")
@click.option("--formats", "chosen", default="all", show_default=True, help="all, or some, as txt,docx,pdf.")
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed gives the same bytes.")
@click.option("--faults", is_flag=True, help="Put damaged lines and wrong figures into some reports.")
@click.option("--gaps", type=click.FloatRange(0, 1), default=0, help="Leave out this share of the reports.")
def demo(out: Path, townships: int, years: str, chosen: str, seed: int, faults: bool, gaps: float) -> None:
    """Write a made-up county to OUT: OUT/raw, a report for each township and year, and OUT/truth, what they say.

    No place in it is real. OUT must be new or empty, or written by this command: its files are then replaced.
    The tables of OUT/truth are those of the data contract, without locators, themes and findings.
    Exit: 0 written, 2 it could not be written.

    \b
    Example:  govinfo demo example --townships 8 --years 2019-2024
    """
    from govinfo.definitions.wording import say
    from govinfo.demo.corpus import formats, read_years, write_corpus

    names = formats() if chosen == "all" else tuple(dict.fromkeys(name.strip().lower() for name in chosen.split(",")))
    span = read_years(years)
    made = write_corpus(out, townships=townships, years=span, formats=names, seed=seed, faults=faults, gaps=gaps)
    click.echo(say("demo", "done", out=out, county=made.county, reports=made.reports))
    if faults:
        click.echo(say("demo", "done_faults", faults=made.faults))
    click.echo(say("demo", "next", raw=out / "raw", processed=out / "processed"))
