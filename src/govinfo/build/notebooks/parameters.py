"""Parameters of notebooks, checked before anything runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import papermill

from govinfo.build.notebooks.values import fits, read_value, type_of
from govinfo.errors import ConfigError
from govinfo.questions.near import near

# govinfo.toml or the command line, where parameters are given
_CORRECT = "correct it where it is given"
# what is meant where the default is a list of nothing
_EXAMPLES = {"list[int]": "[2021, 2022]", "list[str]": '["one name", "another"]'}


@dataclass(frozen=True)
class Parameter:
    """A knob of a notebook: type, default and comment as written in the cell tagged `parameters`."""

    name: str
    type: str
    default: str
    help: str = ""


@dataclass(frozen=True)
class Notebook:
    """A notebook of the study and its knobs."""

    name: str
    path: Path
    parameters: Mapping[str, Parameter] = field(default_factory=dict)


def notebooks(folder: Path) -> tuple[Notebook, ...]:
    """The notebooks in `folder` by name, each with its parameters.

    Raises
    ------
    ConfigError
        The folder is not there, or a file in it is no notebook.
    """
    if not folder.is_dir():
        raise ConfigError(
            str(folder), "no such folder", "the folder of the notebooks", "name it in govinfo.toml under [folders]"
        )
    return tuple(_notebook(path) for path in sorted(folder.glob("*.ipynb")))


def _notebook(path: Path) -> Notebook:
    found = papermill.inspect_notebook(read_node(path))
    known = {
        name: Parameter(name, type_of(entry["inferred_type_name"], entry["default"]), entry["default"], entry["help"])
        for name, entry in found.items()
    }
    return Notebook(path.stem, path, known)


def read_node(path: Path) -> Any:
    """The notebook in the file `path` as nbformat's node.

    Raises
    ------
    ConfigError
        It cannot be read, or is no notebook.
    """
    try:
        return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, nbformat.reader.NotJSONError) as error:
        raise ConfigError(
            str(path), str(error), "a Jupyter notebook", "take it out of the folder of notebooks"
        ) from error


def find_notebook(name: str, known: Iterable[Notebook], where: str = "") -> Notebook:
    """The notebook of that name (`.ipynb` may be left out or not).

    Raises
    ------
    ConfigError
        There is none; the message names what may have been meant.
    """
    by_name = {notebook.name: notebook for notebook in known}
    stem = name.removesuffix(".ipynb")
    if stem not in by_name:
        raise ConfigError(f"{where}: notebook" if where else "notebook", repr(name), near(stem, by_name), _CORRECT)
    return by_name[stem]


def check_parameters(notebook: Notebook, values: Mapping[str, Any], where: str = "") -> None:
    """Refuse a parameter that the notebook does not have, or a value that does not fit its type.

    `where` is where they were given, for the message.

    Raises
    ------
    ConfigError
        Names the notebook, the parameter, what was given and what it may be.
    """
    own = f"notebook {notebook.name}"
    place = where if where.startswith(own) else f"{where}: {own}" if where else own
    for name, value in values.items():
        parameter = notebook.parameters.get(name)
        if parameter is None:
            raise ConfigError(place, f"the parameter {name!r}", near(name, notebook.parameters), _CORRECT)
        if not fits(value, parameter.type):
            example = _EXAMPLES.get(parameter.type, parameter.default)
            expected = f"{parameter.type}, for example {example}"
            raise ConfigError(place, f"{name} = {value!r}", expected, _CORRECT)


def read_parameters(pairs: Sequence[str], known: Iterable[Notebook]) -> dict[str, Any]:
    """Parameters from `name=value` texts, as they are typed on a command line.

    The value is read by the type that the notebooks give the parameter: `years=2021,2022` is a list of
    numbers, `townships=百泉镇` a list of one name. JSON is read too: `years=[2021]`.

    Raises
    ------
    ConfigError
        A text has no `=`, a parameter is given twice, no notebook has it, or the value does not fit its type.
    """
    types: dict[str, str] = {}
    for notebook in known:
        types |= {name: parameter.type for name, parameter in notebook.parameters.items()}
    values: dict[str, Any] = {}
    for pair in pairs:
        name, equals, text = pair.partition("=")
        name = name.strip()
        if not equals:
            raise ConfigError("parameter", repr(pair), "name=value", _CORRECT)
        if name not in types:
            raise ConfigError("parameter", repr(name), near(name, types), _CORRECT)
        if name in values:
            raise ConfigError("parameter", f"{name} given twice", "all its values in one, with commas", _CORRECT)
        values[name] = read_value(name, text.strip(), types[name])
    return values
