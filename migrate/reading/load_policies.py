"""What the calls of `load_assets_from_*` add to the assets they load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from migrate.reading.values import Called


@dataclass(frozen=True)
class Policy:
    """What `load_assets_from_*` adds to the assets it loads."""

    group: str = ""
    prefix: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    given: Mapping[str, Any] = field(default_factory=dict, compare=False)


def policy_of(item: Called) -> Policy:
    """The group, the prefix and all else that a load gives its assets."""

    def parts(given: Any) -> tuple[str, ...]:
        return tuple(p for p in ([given] if isinstance(given, str) else given or ()) if isinstance(p, str))

    group = item.get("group_name", 1)
    others = {k: v for k, v in item.kwargs.items() if k not in ("modules", "package_module", "package_name")}
    return Policy(
        group if isinstance(group, str) else "",
        parts(item.get("key_prefix", 2)),
        parts(item.get("source_key_prefix")),
        {k: v for k, v in others.items() if not k.startswith(".")},
    )
