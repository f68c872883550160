"""Looking at assets that others make: what was seen is told as an event, and nothing is made.

Written by `migrate convert`; yours to edit.

    @task
    @observes("asset://stripe/charges")
    def charges() -> Observation:
        return Observation(data_version="7", metadata={"rows": 12})

Upstream: https://docs.prefect.io/v3/concepts/events
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ParamSpec

from .asset_events import observed

P = ParamSpec("P")


@dataclass(frozen=True)
class Observation:
    """What was seen of an asset; its key is needed where there are several."""

    asset: str | None = None
    data_version: str | None = None
    metadata: Mapping[str, Any] = field(default_factory=dict)


def observes(*assets: str) -> Callable[[Callable[P, Any]], Callable[P, None]]:
    """A function that looks at assets: each observation it returns or yields becomes an event.

    Raises:
        ValueError: it has several assets, and an observation names none.
    """

    def around(function: Callable[P, Any]) -> Callable[P, None]:
        @functools.wraps(function)
        def looking(*args: P.args, **kwargs: P.kwargs) -> None:
            for seen in _each(function(*args, **kwargs)):
                _tell(assets, seen)

        looking.__annotations__["return"] = None
        return looking

    return around


def _each(found: Any) -> Iterable[Any]:
    if found is None:
        return ()
    if isinstance(found, Observation | str):
        return (found,)
    return found if isinstance(found, Iterable) else (found,)


def _tell(assets: tuple[str, ...], seen: Any) -> None:
    seen = seen if isinstance(seen, Observation) else Observation(data_version=str(seen))
    key = str(seen.asset) if seen.asset else assets[0]
    if not seen.asset and len(assets) != 1:
        raise ValueError(f"an observation of one of {len(assets)} assets does not say of which")
    version = {"data_version": seen.data_version} if seen.data_version is not None else {}
    observed(key if key.startswith("asset://") else f"asset://{key}", {**version, **seen.metadata})
