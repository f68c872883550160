"""Which assets and checks an `AssetSelection` means, over the deployed graph."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from migrate.reading.units import Unit, key_of
from migrate.reading.values import Called, Decorated, flat

if TYPE_CHECKING:
    from migrate.model import Model


@dataclass(frozen=True)
class Selected:
    """Asset keys, and identities of checks; `exact` is False when a part could not be told."""

    keys: frozenset[str]
    checks: frozenset[str]
    exact: bool = True


def _parts(given: Any) -> list[Any]:
    """A list of texts is one key's path; other lists are laid out."""
    is_path = isinstance(given, list) and all(isinstance(part, str) for part in given)
    return [given] if is_path else flat(given)


class Selector:
    """Resolves selections over one model."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self._assets = [u for u in model.deployed_units if u.does in ("asset", "dbt")]
        self._checks = [u for u in model.deployed_units if u.does == "check"]
        self._all = frozenset(key for unit in self._assets for key in unit.keys)
        self._group = {key: unit.group for unit in self._assets for key in unit.keys}

    def resolve(self, value: Any) -> Selected:
        """The selection a value means; None is everything."""
        if value is None:
            return self._of(self._all)
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, list | tuple | set):
            return self._union(self.resolve(item) for item in value)
        if isinstance(value, Decorated):
            unit = self._model.unit_of(self._model.project.constructs[value.place])
            if unit and unit.does == "check":
                return Selected(frozenset(), frozenset({unit.name}))
            return self._of(self._model.keys_of(value))
        if isinstance(value, Called):
            return self._called(value)
        return Selected(frozenset(), frozenset(), False)

    def _of(self, keys: Iterable[str]) -> Selected:
        chosen = frozenset(keys) & self._all
        return Selected(
            chosen, frozenset(u.name for u in self._checks if {c.asset for c in u.checks} & chosen)
        )

    def _union(self, parts: Iterable[Selected]) -> Selected:
        keys: frozenset[str] = frozenset()
        checks: frozenset[str] = frozenset()
        exact = True
        for part in parts:
            keys, checks, exact = keys | part.keys, checks | part.checks, exact and part.exact
        return Selected(keys, checks, exact)

    def _text(self, text: str) -> Selected:
        if text in ("*", "all"):
            return self._of(self._all)
        if text.startswith("group:"):
            wanted = text.removeprefix("group:").strip("\"'")
            return self._of(k for k, group in self._group.items() if group == wanted)
        keys = {text.strip("*+").removeprefix("key:").strip("\"'")}
        if text.startswith(("*", "+")):
            keys |= self._walk(keys, up=True, steps=_steps(text, "left"))
        if text.endswith(("*", "+")):
            keys |= self._walk(keys, up=False, steps=_steps(text, "right"))
        return self._of(keys)

    def _called(self, value: Called) -> Selected:
        name = value.name.rsplit(".", 1)[-1]
        if value.name.startswith("."):
            return self._method(name, value)
        if name == "all":
            return self._of(self._all)
        if name == "groups":
            return self._of(k for k, group in self._group.items() if group in value.args)
        if name in ("assets", "keys"):
            return self._union(self._keys(item) for arg in value.args for item in _parts(arg))
        if name == "key_prefixes":
            prefixes = ["/".join(p) if isinstance(p, list) else str(p) for p in value.args]
            return self._of(k for k in self._all if any(k.startswith(f"{p}/") for p in prefixes))
        if name == "checks_for_assets":
            return Selected(frozenset(), self._union(self._keys(i) for i in flat(list(value.args))).checks)
        if name == "checks":
            return self._union(self.resolve(item) for item in value.args)
        return Selected(frozenset(), frozenset(), False)

    def _keys(self, item: Any) -> Selected:
        return self.resolve(item) if isinstance(item, Decorated) else self._of({key_of(item)})

    def _method(self, name: str, value: Called) -> Selected:
        left = self.resolve(value.args[0])
        if name in ("BitOr", "BitAnd", "Subtract"):
            right = self.resolve(value.args[1])
            keys, checks = {
                "BitOr": (left.keys | right.keys, left.checks | right.checks),
                "BitAnd": (left.keys & right.keys, left.checks & right.checks),
                "Subtract": (left.keys - right.keys, left.checks - right.checks),
            }[name]
            return Selected(keys, checks, left.exact and right.exact)
        if name in ("upstream", "downstream"):
            steps = value.get("depth", 1)
            walked = self._walk(set(left.keys), name == "upstream", steps if isinstance(steps, int) else 0)
            own = left.keys if value.get("include_self", 2, True) is not False else frozenset()
            return self._of(walked | own)
        if name == "without_checks":
            return Selected(left.keys, frozenset(), left.exact)
        return Selected(
            left.keys,
            left.checks,
            left.exact and name in ("materializable", "required_multi_asset_neighbors"),
        )

    def _walk(self, keys: set[str] | frozenset[str], up: bool, steps: int = 0) -> set[str]:
        found, front, done = set(keys), set(keys), 0
        while front and (not steps or done < steps):
            done += 1
            front = {k for key in front for k in (self._parents(key) if up else self._children(key))} - found
            found |= front
        return found

    def _parents(self, key: str) -> set[str]:
        unit = self._model.made_by.get(key)
        return set(unit.upstream) if unit else set()

    def _children(self, key: str) -> set[str]:
        return {k for unit in self._assets if key in unit.upstream for k in unit.keys}


def _steps(text: str, side: str) -> int:
    return len(text) - len(text.lstrip("+") if side == "left" else text.rstrip("+"))


def in_order(units: list[Unit]) -> list[Unit]:
    """Units so that each follows what it needs, else in the order given; checks right after their asset."""
    assets = [u for u in units if u.does != "check"]
    checks = [u for u in units if u.does == "check"]
    made = {key: unit.name for unit in assets for key in unit.keys}
    placed: list[Unit] = []
    done: set[str] = set()
    waiting = list(assets)
    while waiting:
        ready = next(
            (u for u in waiting if all(made.get(k, u.name) in done | {u.name} for k in u.upstream)),
            waiting[0],
        )
        waiting.remove(ready)
        placed.append(ready)
        done.add(ready.name)
        for check in list(checks):
            if all(made.get(k) is None or made[k] in done for k in check.upstream):
                placed.append(check)
                checks.remove(check)
    return [*placed, *checks]
