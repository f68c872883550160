"""The function behind a definition: where it stands, and what its closure holds."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from ..project import below
from .spelling import said

if TYPE_CHECKING:
    from pathlib import Path

DEEPEST = 10


def compute(definition: Any) -> Any:
    """The project's function that an op, a check, a schedule or a sensor calls; not what it wraps."""
    found = definition
    for name in ("compute_fn", "_evaluation_fn", "_raw_sensor_fn", "_execution_fn"):
        found = getattr(found, name, None) or found
    return getattr(found, "decorated_fn", found)


def function_of(definition: Any, root: Path) -> dict[str, Any]:
    """File, line, name and closure of the function behind a definition; {} for one of a library."""
    function = compute(definition)
    code = getattr(function, "__code__", None)
    file = below(getattr(code, "co_filename", ""), root)
    return {} if code is None or not file else told(function, code, file, root, 0)


def told(function: Any, code: Any, file: str, root: Path, depth: int) -> dict[str, Any]:
    """One function; those of its closure told likewise."""
    wrapped = getattr(function, "__wrapped__", None)
    return {
        "file": file,
        "line": code.co_firstlineno,
        "name": code.co_name,
        "module": function.__module__,
        "called": function.__name__,
        "qualname": function.__qualname__,
        "closure": {name: cell(value, root, depth, name) for name, value in cells(function).items()},
        "defaults": {
            name: said(parameter.default, root, name)
            for name, parameter in inspect.signature(function, follow_wrapped=False).parameters.items()
            if parameter.default is not parameter.empty
        },
        "wraps": list(inspect.signature(wrapped).parameters) if wrapped is not None else [],
    }


def cells(function: Any) -> dict[str, Any]:
    """The names that a function takes from around it, with their values; empty cells left out."""
    found = {}
    for place, one in enumerate(function.__closure__ or ()):
        try:
            found[function.__code__.co_freevars[place]] = one.cell_contents
        except ValueError:
            continue
    return found


def cell(value: Any, root: Path, depth: int, name: str) -> dict[str, Any]:
    """What a name of a closure holds: plain data as source, or a function with its own place and closure."""
    answer: dict[str, Any] = said(value, root, name)
    code = getattr(value, "__code__", None)
    file = below(getattr(code, "co_filename", ""), root)
    if "refused" in answer and code is not None and file and depth < DEEPEST:
        return {**answer, "function": told(value, code, file, root, depth + 1)}
    return answer
