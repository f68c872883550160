"""What a cutover or a rollback does to the routes, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from migrate.errors import ConfigError
from migrate.routing import Routing, is_selector, with_routes
from migrate.routing_graph import Graph, holes, states
from migrate.routing_rules import BY_PREFECT, STATES, Rule

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Plan:
    """A move: the routing before and after, and every asset that changes, as (from, to)."""

    before: Routing
    after: Routing
    assets: Mapping[str, tuple[str, str]]
    taken_along: tuple[str, ...] = ()


def forward(routing: Routing, graph: Graph, words: Sequence[str], to: str | None) -> Plan:
    """One step forward for everything the words mean; assets that are there already stay.

    Args:
        words: asset keys, `group:NAME` or globs.
        to: the state they are to reach; None for the one after the state they all have.

    Raises:
        ConfigError: an unknown asset, a step that is none, or a hole that it would leave.
    """
    now, chosen = states(routing, graph), graph.select(words)
    _none_open(routing, graph, now)
    target = to or _next({now[key] for key in chosen}, chosen, now, routing.file)
    moving = {key: (now[key], target) for key in chosen if now[key] != target}
    for key, (old, _) in moving.items():
        if STATES.index(target) - STATES.index(old) != 1:
            raise ConfigError(
                f"{key} is {old}: the next step is {_after(old) or 'none'}, not {target}",
                file=routing.file,
                remedy="Forward goes one step at a time; `migrate rollback` goes back any number.",
            )
    after = written(routing, graph, words, {**now, **dict.fromkeys(moving, target)})
    found = holes(states(after, graph), after, graph)
    if found:
        raise ConfigError(
            f"{found[0].reader} is run by Dagster and reads the value of {found[0].maker}, "
            f"which would be made by Prefect and stored by Dagster's default IO manager ({len(found)} such)",
            file=routing.file,
            remedy=f"Cut over {found[0].reader} too, or say in [handover] how it gets at {found[0].maker}.",
        )
    return Plan(routing, after, moving)


def back(routing: Routing, graph: Graph, words: Sequence[str], to: str | None) -> Plan:
    """Back for everything the words mean, and for whatever upstream would otherwise leave a hole.

    Args:
        to: the earlier state; None gives Dagster the authority again: `prefect` and `retired` become
            `shadow`, `shadow` becomes `dagster`.

    Raises:
        ConfigError: an unknown asset, or nothing to take back.
    """
    now, chosen = states(routing, graph), graph.select(words)
    wished = dict(now)
    for key in chosen:
        goal = to or ("shadow" if now[key] in BY_PREFECT else "dagster")
        if STATES.index(goal) < STATES.index(now[key]):
            wished[key] = goal
    if wished == now:
        raise ConfigError(
            f"there is nothing to take back: {', '.join(sorted({now[key] for key in chosen}))} already",
            file=routing.file,
        )
    asked = {key for key in now if wished[key] != now[key]}
    while found := holes(wished, routing, graph):
        for hole in found:
            wished.update(dict.fromkeys(graph.unit(hole.maker), "shadow"))
    changed = {key: (now[key], wished[key]) for key in sorted(now) if wished[key] != now[key]}
    after = written(routing, graph, words, wished)
    return Plan(routing, after, changed, tuple(sorted(set(changed) - asked)))


def written(routing: Routing, graph: Graph, words: Sequence[str], wished: Mapping[str, str]) -> Routing:
    """The file that gives every asset the wished state: the words as they were said, then what is left over.

    Raises:
        ConfigError: one function's assets would be routed apart.
    """
    for key, state in wished.items():
        other = next((o for o in sorted(graph.unit(key)) if wished[o] != state), None)
        if other:
            raise ConfigError(
                f"{key} would be {state} and {other} {wished[other]}, but one function makes both",
                file=routing.file,
                remedy=f"Name all assets of {graph.nodes[key].step}.",
            )
    for word in words:
        found = {wished[key] for key in graph.select([word])}
        if len(found) == 1 and is_selector(word):
            routing = with_routes(routing, {word: found.pop()})
    for key, node in sorted(graph.nodes.items()):
        single = next((r for r in routing.rules if r.pattern == key), None)
        without = [rule for rule in routing.rules if rule is not single]
        if _says(without, key, node.group) == wished[key]:
            routing = with_routes(routing, {key: None}) if single else routing
        elif single is None or single.state != wished[key]:
            routing = with_routes(routing, {key: wished[key]})
    return routing


def _says(rules: Sequence[Rule], key: str, group: str) -> str:
    """What these rules say; empty when they contradict each other: the asset must then be named."""
    from migrate.routing_rules import Conflict, state_of

    try:
        return state_of(rules, key, group)
    except Conflict:
        return ""


def _none_open(routing: Routing, graph: Graph, now: Mapping[str, str]) -> None:
    for hole in holes(now, routing, graph):
        raise ConfigError(
            f"routing.toml has a hole: {hole.reader} is run by Dagster and reads the value of {hole.maker}, "
            "which Prefect makes",
            file=routing.file,
            line=routing.line_of(hole.maker),
            remedy=f"Roll back {hole.maker}, or say in [handover] how {hole.reader} gets at it.",
        )


def _after(state: str) -> str:
    place = STATES.index(state) + 1
    return STATES[place] if place < len(STATES) else ""


def _next(found: set[str], chosen: Sequence[str], now: Mapping[str, str], file: Path) -> str:
    if len(found) > 1:
        told = "; ".join(
            f"{s}: {', '.join([k for k in chosen if now[k] == s][:3])}" for s in STATES if s in found
        )
        raise ConfigError(
            f"these assets are not at one step ({told})",
            file=file,
            remedy="Say which step: --to shadow, --to prefect or --to retired.",
        )
    target = _after(next(iter(found)))
    if not target:
        raise ConfigError("these assets are retired: there is no further step", file=file)
    return target
