"""The `govinfo` command: thin; what a command needs is imported when it runs. A file a group of commands."""

from __future__ import annotations

from govinfo.cli.exports import export
from govinfo.cli.group import main
from govinfo.cli.made_up import demo
from govinfo.cli.registers import corrections, remarks
from govinfo.cli.reports import check, load, show
from govinfo.cli.results import notebooks, refresh, run
from govinfo.cli.whose import missing, places

__all__ = ["main"]

for _command in (load, show, check, missing, places, notebooks, run, refresh, export, remarks, corrections, demo):
    main.add_command(_command)
