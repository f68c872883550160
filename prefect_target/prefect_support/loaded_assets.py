"""A task whose assets a loader's own configuration names: the streams of Sling, the resources of dlt.

Written by `migrate convert`; yours to edit. sling_streams.py and dlt_sources.py make such tasks.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

# mypy: allow-subclassing-any
from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any, ParamSpec

from prefect.assets import Asset, AssetProperties
from prefect.cache_policies import NO_CACHE
from prefect.tasks import MaterializingTask

from .asset_key import Key

P = ParamSpec("P")


@dataclass(frozen=True)
class LoadedAsset:
    """What is said of one asset that a loader makes."""

    key: str
    deps: tuple[str, ...] = ()
    group_name: str | None = None
    description: str | None = None
    owners: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    kinds: frozenset[str] = frozenset()
    metadata: Mapping[str, Any] = field(default_factory=dict)

    def replace_attributes(self, **changes: Any) -> LoadedAsset:
        """The same asset with other facts."""
        return replace(self, **{name: _settled(name, value) for name, value in changes.items()})

    def merge_attributes(self, **changes: Any) -> LoadedAsset:
        """The same asset with more deps, owners, tags, kinds or metadata."""
        whole: dict[str, Any] = {}
        for name, value in changes.items():
            own, more = getattr(self, name), _settled(name, value)
            whole[name] = {**own, **more} if isinstance(own, Mapping) else type(own)((*own, *more))
        return replace(self, **whole)

    def as_asset(self) -> Asset:
        """The asset as Prefect has it."""
        told = AssetProperties(
            name=self.key.rpartition("/")[2],
            description=self.description,
            owners=list(self.owners) or None,
        )
        return Asset(key=self.key, properties=told)


def _settled(name: str, value: Any) -> Any:
    if name == "key":
        return Key(value)
    if name == "deps":
        return tuple(Key(getattr(dep, "key", dep)) for dep in value)
    return frozenset(value) if name == "kinds" else tuple(value) if name == "owners" else value


@dataclass(frozen=True)
class Load:
    """What the running task loads: the loader's own configuration, and the asset of each part by its name."""

    config: Any
    naming: Any
    assets: Mapping[str, LoadedAsset]


running: ContextVar[Load | None] = ContextVar("running", default=None)


class LoadingTask(MaterializingTask[P, None]):
    """A materialising task whose assets need different things and are in groups of their own."""

    deps_of: dict[str, list[str]]
    group_of: dict[str, str]


def loading_task(
    load: Load, loader: str, *, name: str | None = None, tags: Iterable[str] = (), **task_options: Any
) -> Callable[[Callable[P, object]], LoadingTask[P]]:
    """Make a task of a function that runs the loader; `load` is at hand in it as `running`."""
    made = list(load.assets.values())
    deps = list(dict.fromkeys(dep for asset in made for dep in asset.deps))

    def decorate(function: Callable[P, object]) -> LoadingTask[P]:
        @functools.wraps(function)
        def loaded(*args: P.args, **kwargs: P.kwargs) -> None:
            token = running.set(load)
            try:
                function(*args, **kwargs)
            finally:
                running.reset(token)

        task: LoadingTask[P] = LoadingTask(
            fn=loaded,
            assets=[asset.as_asset() for asset in made],
            asset_deps=[Asset(key=str(dep)) for dep in deps],
            materialized_by=loader,
            name=name or function.__name__,
            description=inspect.getdoc(function),
            tags={*tags, f"kind:{loader}"},
            **{"cache_policy": NO_CACHE, **task_options},
        )
        task.deps_of = {str(asset.key): [str(dep) for dep in asset.deps] for asset in made}
        task.group_of = {str(asset.key): asset.group_name for asset in made if asset.group_name}
        return task

    return decorate
