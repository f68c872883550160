"""Functions of Python's own library that give the same for the same texts: worked out while reading."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from migrate.reading.values import Called, Decorated, Named, Unknown

FUNCTIONS: dict[str, Callable[..., Any]] = {
    "re.sub": re.sub,
    "re.escape": re.escape,
    "re.split": re.split,
    "itertools.product": lambda *items, repeat=1: list(itertools.product(*items, repeat=repeat)),
    "itertools.chain": lambda *items: [one for some in items for one in some],
    "itertools.chain.from_iterable": lambda items: [one for some in items for one in some],
}
LONGEST = 2_000
"""How many texts or items such a function may be given together."""
GIVEN_BACK = ("not_none", "inst", "opt_inst")
"""Dagster's own checks of an argument, which give back what they were handed."""


def called(name: str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> tuple[bool, Any]:
    """Whether a call is such a one, of what is known; and what it gives."""
    module, _, short = name.rpartition(".")
    if short in GIVEN_BACK and module in ("dagster", "dagster_shared", "dagster_shared.check"):
        return True, args[0] if args else kwargs.get("obj", kwargs.get("value"))
    if name not in FUNCTIONS or not all(map(_plain, [*args, *kwargs.values()])):
        return False, None
    if sum(len(a) for a in args if isinstance(a, list | tuple | str)) > LONGEST:
        return False, None
    return True, FUNCTIONS[name](*args, **kwargs)


def _plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(map(_plain, value)) or not any(isinstance(v, Unknown | Named) for v in value)
    return not isinstance(value, Unknown | Named | Called | Decorated)


KINDS = {
    "builtins.str": str,
    "builtins.int": int,
    "builtins.float": float,
    "builtins.bool": bool,
    "builtins.list": list,
    "builtins.dict": dict,
    "builtins.tuple": tuple,
}


def is_instance(value: Any, kind: Any) -> bool | None:
    """What `isinstance` says; None when only running the code would tell."""
    if isinstance(kind, tuple | list):
        told = [is_instance(value, one) for one in kind]
        return True if True in told else (None if None in told else False)
    if not isinstance(kind, Named) or isinstance(value, Unknown | Named):
        return None
    if isinstance(value, Decorated | Called):
        return _is_made_by(value, kind.path)
    return isinstance(value, KINDS[kind.path]) if kind.path in KINDS else None


def _is_made_by(value: Decorated | Called, kind: str) -> bool | None:
    """Whether Dagster's class `kind` made a value: decorators make `AssetsDefinition`s."""
    if isinstance(value, Called) and value.name == kind:
        return True
    spec = isinstance(value, Called) and value.name in ("dagster.AssetSpec", "dagster.SourceAsset")
    if kind in ("dagster.AssetsDefinition", "dagster.AssetSpec", "dagster.SourceAsset"):
        return kind == "dagster.AssetsDefinition" if isinstance(value, Decorated) else False if spec else None
    return False if kind in KINDS else None
