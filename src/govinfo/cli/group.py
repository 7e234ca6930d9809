"""The `govinfo` command itself: what it says when something goes wrong."""

from __future__ import annotations

import signal
import sys
from typing import Any

import click

from govinfo.cli.shared import FAILED
from govinfo.errors import GovinfoError

# what a shell says of a program that Ctrl-C has ended
STOPPED = 130


class Group(click.Group):
    """Says errors of ours, and those of files and folders, as a message instead of a traceback; they exit with 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; says what went wrong in it."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # who reads the output (`| head`) has enough
            raise
        except (GovinfoError, OSError) as error:
            click.echo("\n".join([f"govinfo: {error}", *getattr(error, "__notes__", ())]), err=True)
            sys.exit(FAILED)
        except KeyboardInterrupt:
            # whoever presses again has been heard already
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            from govinfo.definitions.wording import say

            click.echo(f"\ngovinfo: {say('load', 'stopped')}", err=True)
            sys.exit(STOPPED)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="govinfo")
def main() -> None:
    """Read, check and compare yearly reports on open government information (政府信息公开工作年度报告)."""
