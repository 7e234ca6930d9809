"""Definition files: YAML read together with the line on which everything stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fastjsonschema
import yaml

from govinfo.errors import DefinitionError

HERE = Path(__file__).parent
Steps = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A definition file: its plain data, and the line of each part, by its path of keys and indices."""

    file: str
    data: Any
    lines: Mapping[Steps, int]

    def line(self, steps: Steps) -> int | None:
        """The line of the part at `steps`, or of the nearest part around it."""
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps)

    def error(self, steps: Steps, found: str, expected: str) -> DefinitionError:
        """The error that points at the part at `steps`."""
        return DefinitionError(self.file, self.line(steps), found, expected)


def read_source(path: Path, schema: str | None = None) -> Source:
    """The file at `path`, checked against the schema file of that name in this folder.

    Raises
    ------
    DefinitionError
        It is no YAML, a key stands twice, or it breaks the schema; the message names the line.
    """
    name = path.name
    loader = yaml.CSafeLoader(path.read_text(encoding="utf-8"))
    try:
        node = loader.get_single_node()
        lines: dict[Steps, int] = {}
        data = _plain(loader, node, (), lines, name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise DefinitionError(name, mark.line + 1 if mark else None, str(error.problem), "valid YAML") from error
    finally:
        loader.dispose()
    source = Source(name, data, lines)
    if schema is not None:
        _check_schema(source, schema)
    return source


def _plain(loader: Any, node: Any, steps: Steps, lines: dict[Steps, int], file: str) -> Any:
    """The plain value of a YAML node; notes the line of it and of all below it."""
    if node is None:
        raise DefinitionError(file, None, "an empty file", "a definition")
    lines[steps] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_plain(loader, item, (*steps, i), lines, file) for i, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            if key in result:
                line = key_node.start_mark.line + 1
                raise DefinitionError(file, line, f"the key `{key}` twice", "each key once")
            result[key] = _plain(loader, value_node, (*steps, key), lines, file)
        return result
    return loader.construct_object(node)


def _check_schema(source: Source, schema: str) -> None:
    rules = yaml.safe_load((HERE / schema).read_text(encoding="utf-8"))
    try:
        fastjsonschema.compile(rules)(source.data)
    except fastjsonschema.JsonSchemaValueException as error:
        steps = tuple(int(step) if step.isdigit() else step for step in error.path[1:])
        raise source.error(steps, error.message[:300], f"what {schema} asks for") from error
