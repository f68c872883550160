"""Steps in an order in which each follows what it needs."""

from __future__ import annotations

from migrate.reading.units import Unit


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
