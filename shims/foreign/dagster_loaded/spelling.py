"""Values as Python source: plain data, dates, paths, and the few things of Dagster that stand in decorators.

Names of other modules are written with their module: `datetime.date(2024, 1, 1)`, `dagster.AssetKey(["a"])`.
"""

from __future__ import annotations

import datetime as dt
import enum
import os
import sys
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = ("password", "passwd", "secret", "token", "credential", "api_key", "apikey", "private_key")
LONG_ENOUGH = 6  # shorter values of the environment may be the same by chance


class Unsayable(Exception):
    """A value that is no plain data; says what it is."""


def spelled(value: Any, root: Path, name: str = "") -> str:
    """A value as source; raises Unsayable."""
    if value is None or isinstance(value, bool):
        return repr(value)
    if isinstance(value, enum.Enum):
        return reference(type(value), root) + "." + value.name
    if type(value) in (int, float):
        return repr(value)
    if type(value) is str:
        return text(value, root, name)
    if type(value) in (list, tuple, set, frozenset, dict):
        return several(value, root, name)
    if isinstance(value, PurePath):
        raise Unsayable("a path")
    if isinstance(value, (dt.datetime, dt.date, dt.timedelta)):
        return moment(value)
    if isinstance(value, type) or callable(value):
        return reference(value, root)
    key = getattr(value, "path", None)
    if type(value).__name__ == "AssetKey" and key:
        return f"dagster.AssetKey({list(key)!r})"
    raise Unsayable(f"an object of {type(value).__module__}.{type(value).__qualname__}")


def text(value: str, root: Path, name: str) -> str:
    """A string; none that is a secret, of this machine, or told by the environment."""
    if any(word in name.lower() for word in SECRET) and value:
        raise Unsayable("a secret, by its name")
    if str(root) in value:
        raise Unsayable("a path")
    for variable, worth in os.environ.items():
        if worth == value and len(value) >= LONG_ENOUGH:
            raise Unsayable(f"what the environment variable {variable} says")
    return repr(value)


def several(value: Any, root: Path, name: str) -> str:
    """A list, tuple, set or dictionary of such values, in an order that stays."""
    if isinstance(value, dict):
        pairs = [
            f"{spelled(k, root)}: {spelled(v, root, k if isinstance(k, str) else name)}"
            for k, v in value.items()
        ]
        return "{" + ", ".join(pairs) + "}"
    parts = [spelled(item, root, name) for item in value]
    if isinstance(value, list):
        return "[" + ", ".join(parts) + "]"
    if isinstance(value, tuple):
        return "(" + ", ".join(parts) + ("," if len(parts) == 1 else "") + ")"
    inner = "{" + ", ".join(sorted(parts)) + "}"
    if not parts:
        inner = "()"
    return f"frozenset({inner})" if isinstance(value, frozenset) or not parts else inner


def moment(value: Any) -> str:
    """A date, a moment without a zone or in UTC, a length of time."""
    if isinstance(value, dt.datetime) and value.tzinfo is not None:
        if value.utcoffset() != dt.timedelta(0):
            raise Unsayable("a moment in a time zone")
        plain = value.replace(tzinfo=None)
        return repr(plain)[:-1] + ", tzinfo=datetime.timezone.utc)"
    return repr(value)


def reference(value: Any, root: Path) -> str:
    """A function or class that its module has by its name, in the project or a library."""
    module, name = getattr(value, "__module__", ""), getattr(value, "__qualname__", "")
    found: Any = sys.modules.get(module)
    for part in name.split("."):
        found = getattr(found, part, None)
    if module == "__main__" or not name or found is not value:
        raise Unsayable(f"a function that is made where it stands ({name or type(value).__name__})")
    return name if module == "builtins" else f"{module}.{name}"


def said(value: Any, root: Path, name: str = "") -> dict[str, Any]:
    """`{"text": …}`, or `{"refused": …}` for what is no plain data; `imports` are the modules it names."""
    try:
        text = spelled(value, root, name)
    except Unsayable as why:
        return {"refused": str(why)}
    modules = sorted(set(modules_of(value)))
    return {"text": text, "imports": modules} if modules else {"text": text}


def modules_of(value: Any) -> Iterator[str]:
    """The modules of the functions, classes and members of enumerations in a value."""
    if isinstance(value, dict):
        for pair in value.items():
            yield from modules_of(pair)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            yield from modules_of(item)
    elif isinstance(value, enum.Enum):
        yield type(value).__module__
    elif (isinstance(value, type) or callable(value)) and value.__module__ != "builtins":
        yield value.__module__
