"""Steps in an order in which each follows what it needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from migrate.reading.units import Unit


def told_apart(units: Sequence[Unit]) -> list[Unit]:
    """The units with a name of its own each: what one factory makes may all bear its function's name."""
    often = Counter(unit.name for unit in units)
    found: list[Unit] = []
    taken: set[str] = set()
    for unit in units:
        name = unit.name
        if often[name] > 1:
            last = re.sub(r"\W", "_", unit.keys[0].rpartition("/")[2]) if unit.keys else ""
            plain = f"{name}_{last}" if last and last != name else name
            name = next(
                n for n in (plain, *(f"{plain}_{i}" for i in range(2, len(units) + 2))) if n not in taken
            )
        taken.add(name)
        found.append(unit if name == unit.name else replace(unit, name=name))
    return found


def in_order(units: list[Unit]) -> list[Unit]:
    """Units so that each follows what it needs, else in the order given; checks right after their asset."""
    units = told_apart(units)
    assets = [u for u in units if u.does != "check"]
    checks = [u for u in units if u.does == "check"]
    made = {key: unit.name for unit in assets for key in unit.keys}
    placed: list[Unit] = []
    done: set[str] = set()
    waiting = sorted(assets, key=lambda unit: not unit.stand_in)  # one may need what these make
    while waiting:
        ready = next(
            (u for u in waiting if {made.get(k, u.name) for k in u.upstream} - {u.name} <= done),
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


def circles(units: Sequence[Unit], maker: Mapping[str, Unit]) -> list[str]:
    """Steps that need each other: Dagster makes the assets of one of them in parts, a task all at once."""
    before: set[str] = set()
    for unit in units:
        later = {maker[key].name for key in unit.upstream if key in maker} - before - {unit.name}
        if later:
            return [f"{unit.name} and {min(later)} need each other: one of them has to be made in parts"]
        before.add(unit.name)
    return []
