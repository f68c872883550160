"""What runs: one unit for each asset function, check, op or dbt project, with its keys and needs.

A factory's function gives one unit for each time it is called.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from migrate.reading.constructs import Construct
from migrate.reading.signatures import Parameter
from migrate.reading.values import Called, Decorated, Named, Unknown, flat

if TYPE_CHECKING:
    from migrate.reading.load_policies import Policy

Does = Literal["asset", "dbt", "check", "op"]
LOADERS = ("sling_assets", "dlt_assets")
"""Decorators of steps whose assets a loader's own configuration names."""


@dataclass(frozen=True)
class Out:
    """One output: its name, the asset key it is (empty for ops), and the resource that stores it.

    `deps` are its own, where outputs of one step have different ones. A dynamic one is a list of values;
    an optional one may not be produced. `declared` is the `AssetOut` or `AssetSpec` that speaks of it.
    """

    name: str
    key: str
    store: str = ""
    description: str = ""
    value: bool = True
    deps: tuple[str, ...] | None = None
    dynamic: bool = False
    optional: bool = False
    declared: Any = field(default=None, compare=False)


@dataclass(frozen=True)
class Input:
    """A parameter whose value is an upstream asset's (`key`), or an upstream op's.

    `mapping` is the partition mapping that it names, `loader` the resource that loads it if it is another one
    than what stored it.
    """

    name: str
    key: str
    mapping: Any = field(default=None, compare=False)
    loader: str = ""


@dataclass(frozen=True)
class Check:
    """One asset check: the key it speaks about, its name, and whether a failure stops what follows."""

    asset: str
    name: str
    blocking: bool = False
    description: str = ""


@dataclass(frozen=True)
class Unit:
    """One step of a run. `scope` holds the arguments of the factory that made it."""

    construct: Construct
    does: Does
    name: str
    scope: Mapping[str, Any] = field(default_factory=dict, compare=False)
    outs: tuple[Out, ...] = ()
    inputs: tuple[Input, ...] = ()
    deps: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    group: str = ""
    partitions: Any = field(default=None, compare=False)
    required: tuple[str, ...] = ()
    config_model: str = ""
    unknown: tuple[str, ...] = ()
    partitioned: bool = False

    @cached_property
    def identity(self) -> str:
        """Tells it from what other calls of the same factory make."""
        return Decorated(self.construct.place, self.scope).identity

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The asset keys it makes."""
        return tuple(out.key for out in self.outs if out.key)

    @property
    def stand_in(self) -> str:
        """What stands for its keys in selections, when it is a loader whose keys only running tells."""
        return f"?{self.name}" if not self.keys and self.construct.kind in LOADERS else ""

    @property
    def several(self) -> bool:
        """Whether it returns its outputs by name: there are several, or one that may be missing."""
        valued = [out for out in self.outs if out.value]
        return len(valued) > 1 or any(out.optional for out in valued)

    @cached_property
    def upstream(self) -> tuple[str, ...]:
        """Every key it needs first, each once: bare dependencies, values, and a check's asset."""
        found = [*self.deps, *(i.key for i in self.inputs), *(c.asset for c in self.checks)]
        own = {"", *self.keys}
        return tuple(key for key in dict.fromkeys(found) if key not in own)

    @property
    def context(self) -> str:
        """The name of the context parameter, if there is one."""
        return next((p.name for p in self.parameters if p.role == "context"), "")


def with_policy(unit: Unit, policy: Policy, prefixed: Mapping[str, str]) -> Unit:
    """A unit as it is loaded: with the group and the prefix of its load, and upstream keys as loaded too."""

    def own(key: str) -> str:
        return "/".join([*policy.prefix, key]) if key else key

    def other(key: str) -> str:
        return prefixed.get(key, key)

    return replace(
        unit,
        outs=tuple(replace(o, key=own(o.key)) for o in unit.outs),
        inputs=tuple(replace(i, key=other(i.key)) for i in unit.inputs),
        deps=tuple(other(d) for d in unit.deps),
        checks=tuple(replace(c, asset=other(c.asset)) for c in unit.checks),
        group=policy.group or unit.group,
    )


def key_of(value: Any, keys: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """An asset key as its path joined by slashes; the empty string when it cannot be told.

    `keys` maps the place of an asset function to the keys it makes, for functions used as keys.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, list | tuple) and value and all(isinstance(part, str) for part in value):
        return "/".join(value)
    if isinstance(value, Called):
        if value.short in ("AssetKey", "from_user_string", "from_coercible"):
            inner = value.get("path", 0)
            return inner.replace("/", "/") if isinstance(inner, str) else key_of(inner)
        if value.short in ("AssetDep", "AssetSpec", "SourceAsset", "AssetIn"):
            return prefixed(value.get("key", 0) or value.get("asset", 0), value.get("key_prefix"), keys)
        if value.short in ("get_asset_key_for_model", "get_asset_key_for_source"):
            return key_of(value.get("model_name", 1) or value.get("source_name", 1))
        if value.short == "key" and value.args:
            return key_of(value.args[0], keys)
    if isinstance(value, Decorated) and keys is not None:  # an empty mapping may work them out when asked
        made = keys.get(identity(value), ())
        return made[0] if len(made) == 1 else ""
    return ""


def prefixed(key: Any, prefix: Any, keys: Mapping[str, tuple[str, ...]] | None = None) -> str:
    """A key with its prefix before it; empty when one of the two cannot be told."""
    parts = [prefix] if isinstance(prefix, str) else prefix or ()
    if not isinstance(parts, list | tuple) or not all(isinstance(p, str) for p in parts):
        return ""
    own = key_of(key, keys)
    return "/".join([*parts, own]) if own else ""


def identity(value: Decorated) -> str:
    """Tells one call of a factory from another."""
    return value.identity


def keys_in(value: Any, keys: Mapping[str, tuple[str, ...]]) -> tuple[list[str], bool]:
    """The keys named by a list of dependencies, and whether all of them could be told."""
    found: list[str] = []
    complete = True
    for item in flat(value):
        several = keys.get(identity(item), ()) if isinstance(item, Decorated) else ()
        key = key_of(item, keys)
        if several:
            found += several
        elif key:
            found.append(key)
        else:
            complete = False
    return found, complete


def truth(value: Any) -> bool:
    """A flag; unknown ones count as not set."""
    return value is True


def text(value: Any) -> str:
    """A text, or the empty string when it is none or unknown."""
    return value if isinstance(value, str) else ""


def enum_name(value: Any) -> str:
    """The last part of an enum member's name."""
    return value.path.rsplit(".", 1)[-1] if isinstance(value, Named) else ""


def is_unknown(value: Any) -> bool:
    """Whether a value could not be told."""
    return isinstance(value, Unknown)


def check_of(unit: Unit) -> str:
    """The identity of a check: others may have its name, of other assets."""
    return "|".join((unit.name, *(f"{c.asset}:{c.name}" for c in unit.checks)))
