"""The notebooks of a study as a list: what each asks, its parameters, and the pages that the study makes of it."""

from __future__ import annotations

import ast
import json
from collections.abc import Sequence
from typing import Any

from govinfo.build.config import Config, Run
from govinfo.build.notebooks.parameters import Notebook, Parameter, find_notebook, notebooks, read_node
from govinfo.build.pages.page import heading
from govinfo.definitions.wording import say


def chosen_notebooks(names: Sequence[str], config: Config) -> tuple[Notebook, ...]:
    """The notebooks of these names in their order, all of the study where there are none.

    Raises
    ------
    ConfigError
        There is no such notebook, or a file in the folder of notebooks is none.
    """
    known = notebooks(config.path(config.notebooks))
    return tuple(find_notebook(name, known) for name in dict.fromkeys(names)) or known


def notebooks_text(listed: Sequence[Notebook], config: Config) -> str:
    """The list for people: parameters that all have are told once, at its end."""
    if not listed:
        return say("notebooks", "none", folder=config.path(config.notebooks)) + "\n"
    first = list(listed[0].parameters.values())
    shared = [one for one in first if len(listed) > 1 and all(one in each.parameters.values() for each in listed)]
    parts = [_notebook_text(one, config, shared) for one in listed]
    if shared:
        parts.append("\n".join([say("notebooks", "shared"), *map(_parameter_text, shared)]))
    return "\n\n".join(parts) + "\n"


def notebooks_json(listed: Sequence[Notebook], config: Config) -> str:
    """The list for programs: of each notebook `name`, `title`, `question`, `path`, `parameters` and `pages`.

    A parameter has `name`, `type`, `default` (the value; its text where it is an expression) and `help`; a page of
    govinfo.toml `name`, `each` and `parameters`.
    """
    values = [_notebook_values(one, config) for one in listed]
    return json.dumps(values, ensure_ascii=False, indent=2) + "\n"


def _notebook_text(notebook: Notebook, config: Config, shared: Sequence[Parameter]) -> str:
    title, question = heading(read_node(notebook.path))
    own = [one for one in notebook.parameters.values() if one not in shared]
    lines = [f"{notebook.name}　{title}", *([f"  {question}"] if question else [])]
    lines += [f"  {_page_text(run)}" for run in _runs(notebook, config)]
    if own:
        lines += [f"  {say('notebooks', 'parameters')}", *(f"  {_parameter_text(one)}" for one in own)]
    elif not shared:
        lines.append(f"  {say('notebooks', 'no_parameters')}")
    return "\n".join(lines)


def _parameter_text(one: Parameter) -> str:
    text = say("notebooks", "parameter", name=one.name, type=one.type or "?", default=one.default)
    return "  " + (say("notebooks", "with_help", parameter=text, help=one.help) if one.help else text)


def _page_text(run: Run) -> str:
    if not run.each:
        return say("notebooks", "page", name=run.name)
    return say("notebooks", "page_each", name=run.name, each=say("notebooks", f"each_{run.each}"))


def _notebook_values(notebook: Notebook, config: Config) -> dict[str, Any]:
    title, question = heading(read_node(notebook.path))
    return {
        "name": notebook.name,
        "title": title,
        "question": question,
        "path": str(notebook.path),
        "parameters": [
            {"name": one.name, "type": one.type or None, "default": _value(one.default), "help": one.help}
            for one in notebook.parameters.values()
        ],
        "pages": [
            {"name": run.name, "each": run.each or None, "parameters": run.parameters}
            for run in _runs(notebook, config)
        ],
    }


def _runs(notebook: Notebook, config: Config) -> list[Run]:
    return [run for run in config.runs if run.notebook == notebook.name]


def _value(default: str) -> Any:
    """The default as a value, its text where it is no plain one."""
    try:
        value = ast.literal_eval(default)
        json.dumps(value)
    except (ValueError, SyntaxError, TypeError):
        return default
    return value
