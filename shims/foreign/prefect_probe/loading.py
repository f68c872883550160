"""The target's modules, and the flows and tasks in them."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import inspect
import sys
from typing import TYPE_CHECKING, Any

from prefect import Flow, Task

from ..project import SUPPORT, loaded_below, modules_of
from .deployments import entrypoint_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def is_backfill(flow: Any) -> bool:
    """Whether a flow's body calls the target's own `in_order` (prefect_support/backfill.py)."""
    body = inspect.unwrap(flow.fn)
    called = [getattr(body, "__globals__", {}).get(name) for name in body.__code__.co_names]
    return any(getattr(c, "__module__", "").endswith(f"{SUPPORT}.backfill") for c in called if callable(c))


def import_target(root: Path, main_flow: str, deployments: list[dict[str, Any]]) -> dict[str, Any]:
    """Import the main flow's top-level package, those of the deployments, all below, what these import."""
    names = [main_flow.partition(":")[0]] + [entrypoint_of(d)[0] for d in deployments]
    modules: dict[str, Any] = {}
    for top in dict.fromkeys(name.split(".")[0] for name in names):
        for name in modules_below(root, top):
            modules[name] = importlib.import_module(name)
    for name in names:
        modules.setdefault(name, importlib.import_module(name))
    for name, _ in loaded_below(root):  # of other top-level packages: what these import
        if name.split(".")[0] != SUPPORT:
            modules.setdefault(name, sys.modules[name])
    no_resource_starts(modules)
    return modules


def modules_below(root: Path, top: str) -> Iterator[str]:
    """The names of all modules of a top-level package, or of the module it is."""
    if not (root / top).is_dir():
        yield top
        return
    yield from (name for name, _ in modules_of(root / top, root))


def no_resource_starts(modules: dict[str, Any]) -> None:
    """Take away the power to open resources and stores: tracing a flow must not connect to anything."""
    for module in modules.values():
        for name, value in list(vars(module).items()):
            if name == "running" and getattr(value, "__module__", "").endswith(f"{SUPPORT}.resources"):
                setattr(module, name, contextlib.nullcontext)
            if name == "load" and getattr(value, "__module__", "").endswith(f"{SUPPORT}.io"):
                setattr(module, name, lambda *_, **__: None)  # what an earlier run stored


def objects_of(modules: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """(name, flow or task) of the modules' names, looking into lists, tuples and dicts one level deep."""
    seen: set[int] = set()
    for module in modules.values():
        for name, value in list(vars(module).items()):
            inner = list(value.values()) if type(value) is dict else value
            for item in inner if type(inner) in (list, tuple) else [inner]:
                if isinstance(item, (Flow, Task)) and id(item) not in seen:
                    seen.add(id(item))
                    yield name, item
