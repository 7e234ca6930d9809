"""A real browser for tests of pages: Chromium without a window, asked and watched by its own protocol."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import websocket

PATIENCE = 60.0


@dataclass(frozen=True)
class Browser:
    """A browser that runs: the line to it, and what it has told since."""

    line: Any
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    told: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True)
class Tab:
    """One page in a browser."""

    browser: Browser
    session: str
    target: str


@contextmanager
def running(folder: Path) -> Iterator[Browser]:
    """A browser that keeps all its own files in `folder`; the test is skipped where there is none."""
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no browser here")
    command = [program, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--lang=zh-CN"]
    command += ["--remote-debugging-port=0", f"--user-data-dir={folder}", "--no-first-run", "about:blank"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            port, path = _address(folder / "DevToolsActivePort")
            line = websocket.create_connection(
                f"ws://127.0.0.1:{port}{path}", timeout=PATIENCE, suppress_origin=True, max_size=None
            )
            yield Browser(line)
            line.close()
        finally:
            process.terminate()
            process.wait(PATIENCE)


def _address(file: Path) -> tuple[str, str]:
    """Where the browser listens: it writes that down once it does."""
    for _ in range(int(PATIENCE * 10)):
        lines = file.read_text().split() if file.exists() else []
        if len(lines) == 2:
            return lines[0], lines[1]
        time.sleep(0.1)
    raise TimeoutError("the browser does not listen")


def call(where: Browser | Tab, method: str, **parameters: Any) -> dict[str, Any]:
    """What the browser answers; all that it tells meanwhile is kept."""
    browser = where.browser if isinstance(where, Tab) else where
    number = next(browser.numbers)
    message = {"id": number, "method": method, "params": parameters}
    if isinstance(where, Tab):
        message["sessionId"] = where.session
    browser.line.send(json.dumps(message))
    while True:
        answer = json.loads(browser.line.recv())
        if answer.get("id") == number:
            assert "error" not in answer, (method, answer["error"])
            result: dict[str, Any] = answer["result"]
            return result
        browser.told.append(answer)


@contextmanager
def opened(
    browser: Browser, path: Path, width: int = 1200, *, script: bool = True, dark: bool = False
) -> Iterator[Tab]:
    """The page in a tab that is so many points wide, once it has been loaded."""
    target = call(browser, "Target.createTarget", url="about:blank")["targetId"]
    session = call(browser, "Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
    tab = Tab(browser, session, target)
    browser.told.clear()
    for domain in ("Page", "Runtime", "Log", "Network", "DOM", "CSS"):
        call(tab, f"{domain}.enable")
    resize(tab, width)
    scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
    call(tab, "Emulation.setEmulatedMedia", features=[scheme])
    call(tab, "Emulation.setScriptExecutionDisabled", value=not script)
    call(tab, "Page.navigate", url=path.absolute().as_uri())
    while not any(one["method"] == "Page.loadEventFired" for one in browser.told):
        browser.told.append(json.loads(browser.line.recv()))
    while ask(tab, "document.fonts.status") != "loaded":
        time.sleep(0.05)
    yield tab
    call(browser, "Target.closeTarget", targetId=target)


def resize(tab: Tab, width: int, height: int = 900) -> None:
    """The same page in a window that is so many points wide."""
    call(tab, "Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=width < 600)


def ask(tab: Tab, expression: str) -> Any:
    """What a line of script gives in the page."""
    answer = call(tab, "Runtime.evaluate", expression=expression, returnByValue=True)
    assert "exceptionDetails" not in answer, answer
    return answer["result"].get("value")


def complaints(tab: Tab) -> list[str]:
    """All that the browser complained of: errors, warnings, what its rules kept from running or loading."""
    call(tab, "Runtime.evaluate", expression="0")
    kinds = ("Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded", "Page.javascriptDialogOpening")
    return [json.dumps(one, ensure_ascii=False) for one in tab.browser.told if one.get("method") in kinds]


def requests(tab: Tab) -> list[str]:
    """The addresses that the page asked for."""
    asked = [one for one in tab.browser.told if one.get("method") == "Network.requestWillBeSent"]
    return [one["params"]["request"]["url"] for one in asked]


def screenshot(tab: Tab) -> bytes:
    """The whole page as a picture."""
    shot = call(tab, "Page.captureScreenshot", format="png", captureBeyondViewport=True)
    return base64.b64decode(shot["data"])


def printed(tab: Tab) -> bytes:
    """The page on paper, as PDF, by its own rules."""
    return base64.b64decode(call(tab, "Page.printToPDF", preferCSSPageSize=True)["data"])


def fonts(tab: Tab, choose: str = "body *") -> list[tuple[str, dict[str, tuple[int, bool]]]]:
    """Of each chosen element its own text if it has any, and by font how many glyphs and whether it is the page's."""
    root = call(tab, "DOM.getDocument")["root"]["nodeId"]
    nodes = call(tab, "DOM.querySelectorAll", nodeId=root, selector=choose)["nodeIds"]
    own = "[...one.childNodes].filter(node => node.nodeType === 3).map(node => node.data).join('').trim()"
    texts = ask(tab, f"[...document.querySelectorAll({choose!r})].map(one => {own})")
    found = []
    for node, text in zip(nodes, texts, strict=True):
        if not text:
            continue
        used = call(tab, "CSS.getPlatformFontsForNode", nodeId=node)["fonts"]
        found.append((text, {one["familyName"]: (int(one["glyphCount"]), one["isCustomFont"]) for one in used}))
    return found


def press(tab: Tab, key: str) -> None:
    """A key of the keyboard, down and up."""
    codes = {"Enter": (13, "\r"), "Tab": (9, "")}
    code, text = codes[key]
    said = {"key": key, "code": key, "windowsVirtualKeyCode": code}
    call(tab, "Input.dispatchKeyEvent", type="keyDown", text=text, **said)
    call(tab, "Input.dispatchKeyEvent", type="keyUp", **said)
