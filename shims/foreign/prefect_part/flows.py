"""The flow whose body starts what is asked for."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import inspect
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import Flow

from .part import Part
from .starting import only

if TYPE_CHECKING:
    from collections.abc import Iterator


def find_flow(request: dict[str, Any]) -> tuple[Any, Part]:
    """The first flow whose body starts all that is asked for: the one of migration.toml before any other.

    Raises:
        LookupError: there is none; names what no flow makes.
    """
    module, _, name = request["flow"].partition(":")
    first = getattr(importlib.import_module(module), name)
    if request.get("everything"):
        return first, Part(request)
    others = [value for m in modules_beside(module) for value in vars(m).values() if isinstance(value, Flow)]
    missing: list[str] = []
    for flow in dict.fromkeys([first, *others]):
        found = dry_run(flow, request)
        if found is not None and not found.missing:
            return flow, found
        missing = missing or (found.missing if found else [])
    raise LookupError(f"no flow of {module.split('.')[0]} makes {', '.join(missing) or 'what is asked for'}")


def modules_beside(module: str) -> Iterator[Any]:
    """The package's loaded modules and those in the same folder."""
    top = module.split(".", maxsplit=1)[0]
    folder = Path(str(sys.modules[module].__file__)).parent
    for file in sorted(folder.glob("*.py")):
        name = ".".join([*module.split(".")[:-1], file.stem])
        with contextlib.suppress(Exception):  # a module that does not load makes nothing
            importlib.import_module(name)
    yield from [m for n, m in sorted(sys.modules.items()) if n.split(".")[0] == top and m is not None]


def dry_run(flow: Any, request: dict[str, Any]) -> Part | None:
    """Go through a flow's body without running a task; None when it cannot be gone through."""
    from prefect.logging import disable_run_logger

    part = Part(request, dry=True)
    with only(part, flow), contextlib.suppress(Exception), disable_run_logger():
        returned = flow.fn(**parameters_of(flow, request))
        if inspect.iscoroutine(returned):
            asyncio.run(as_coroutine(returned))
    return part


async def as_coroutine(value: Any) -> Any:
    """Anything awaitable as a coroutine."""
    return await value


def parameters_of(flow: Any, request: dict[str, Any]) -> dict[str, Any]:
    """The flow's parameters: those of the request that it has."""
    known = inspect.signature(flow.fn).parameters
    return {name: value for name, value in (request.get("parameters") or {}).items() if name in known}


def config_of(flow: Any, part: Part) -> dict[str, Any]:
    """The configuration of the request, as the parameter of the flow that hands it to the task it is for.

    Raises:
        LookupError: the flow has no such parameter: the configuration would be lost without a word.
    """
    if not part.config:
        return {}
    known = inspect.signature(flow.fn).parameters
    found = {f"{task}_config": part.config for task in part.makers if f"{task}_config" in known}
    if not found:
        raise LookupError(f"flow {flow.name} takes no configuration for {', '.join(sorted(part.makers))}")
    return found
