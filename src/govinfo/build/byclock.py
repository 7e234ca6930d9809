"""How the main job ends, for cron and systemd too: signals, the code, what it says."""

from __future__ import annotations

import signal
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from govinfo.build.config import Config
from govinfo.build.uptodate import Refreshed
from govinfo.definitions.wording import say
from govinfo.errors import GovinfoError

_FAILED = 2
# from the worst on; a build fails by the first of them up to the one asked for
_SEVERITIES = ("error", "warning", "info")


@contextmanager
def by_clock() -> Iterator[None]:
    """Let a SIGTERM tidy up as Ctrl-C does, and a fault of ours exit with 2: Python's own 1 has a meaning here."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except (GovinfoError, OSError):
        raise
    except Exception as error:
        traceback.print_exception(error)
        raise SystemExit(_FAILED) from error
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold off Ctrl-C while files are written that belong together, and until it is said that they are."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def fails(done: Refreshed, severity: str | None) -> bool:
    """Whether findings of that severity or worse stand, or files gave no report; never where None is asked for."""
    if severity is None:
        return False
    worst = _SEVERITIES[: _SEVERITIES.index(severity) + 1]
    return done.unread > 0 or any(done.findings[one] for one in worst)


def done_text(config: Config, done: Refreshed, severity: str | None) -> str:
    """What the main job says when it is done."""
    lines = [config.title] if config.title else []
    lines += [*done.loaded, say("refresh", "tables", processed=done.processed)]
    lines += [say("refresh", "workbook", workbook=done.workbook)] if done.workbook else []
    lines += [say("refresh", "pages", count=len(done.pages), contents=done.contents)]
    lines += [] if done.changed else [say("refresh", "unchanged")]
    lines += [say("refresh", "fails", severity=severity)] if fails(done, severity) else []
    return "\n".join(lines)
