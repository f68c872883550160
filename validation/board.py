"""The board: where every phase, gate and asset of a migration stands, and what blocks the next step."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from migrate import routing, routing_graph, routing_log
from migrate.errors import ChangeoverError
from migrate.routing_rules import STATES
from migrate.workspace import Workspace
from shims.shadow_ledger import code_now, read_ticks, streak
from validation.standing import Standing, standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from migrate.config import Migration
    from migrate.routing_graph import Graph


@dataclass(frozen=True)
class PhaseLine:
    """One phase: its gate, where its assets stand, the next step, and what blocks it, if anything."""

    standing: Standing
    years: tuple[int, ...]
    states: Mapping[str, int]
    next: str
    blocked_by: tuple[str, ...]


@dataclass(frozen=True)
class GroupLine:
    """One group of assets: state → the keys in it."""

    name: str
    states: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class ShadowLine:
    """The shadow schedule: ticks by outcome, green ones in a row, and what ended the row before them."""

    streak: int = 0
    wanted: int = 0
    outcomes: Mapping[str, int] = field(default_factory=dict)
    last: str = ""
    ended: str = ""


@dataclass(frozen=True)
class Board:
    """Everything `migrate status` shows. `troubles` keep anything from moving at all."""

    project: str
    phases: tuple[PhaseLine, ...]
    groups: tuple[GroupLine, ...]
    shadow: ShadowLine
    moves: tuple[routing_log.Move, ...]
    troubles: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The shape other programs read."""
        phases = [
            {
                "phase": line.standing.phase,
                "title": line.standing.title,
                "years": list(line.years),
                "gate": {
                    "state": line.standing.state,
                    "run": line.standing.run or None,
                    "decided": line.standing.decided or None,
                    "reasons": list(line.standing.reasons),
                },
                "assets": dict(line.states),
                "next": line.next or None,
                "blocked_by": list(line.blocked_by),
            }
            for line in self.phases
        ]
        groups = [{"group": g.name, "assets": {s: list(k) for s, k in g.states.items()}} for g in self.groups]
        return {
            "schema": 1,
            "project": self.project,
            "phases": phases,
            "groups": groups,
            "shadow": asdict(self.shadow),
            "moves": [asdict(move) for move in self.moves],
            "troubles": list(self.troubles),
        }


def board(migration: Migration) -> Board:
    """Read everything there is; what cannot be read is a trouble on the board, not an exception."""
    troubles: list[str] = []
    graph, states = _routes(migration, troubles)
    moves = _moves(migration, troubles)
    phases = tuple(_phase(migration, number, graph, states, troubles) for number in migration.phases)
    groups = tuple(
        GroupLine(name, {s: found for s in STATES if (found := tuple(k for k in keys if states.get(k) == s))})
        for name, keys in (graph.groups if graph and states else {}).items()
    )
    return Board(migration.name, phases, groups, _shadow(migration, troubles), moves, tuple(troubles))


def _routes(migration: Migration, troubles: list[str]) -> tuple[Graph | None, dict[str, str]]:
    try:
        graph = routing_graph.load_graph(migration)
        routes = routing.load(migration.root)
        states = routing_graph.states(routes, graph)
        troubles += [f"hole: {hole}" for hole in routing_graph.holes(states, routes, graph)]
    except ChangeoverError as problem:
        troubles.append(str(problem))
        return None, {}
    return graph, states


def _moves(migration: Migration, troubles: list[str]) -> tuple[routing_log.Move, ...]:
    file = routing_log.log_file(migration.root)
    try:
        moves = routing_log.read(file)
        text = routing.load(migration.root).text
    except ChangeoverError as problem:
        troubles.append(str(problem))
        return ()
    if moves and moves[-1].routing_sha256 != routing_log.digest(text):
        troubles.append("routing.toml is not as the last recorded move left it: it was edited by hand")
    if text and not moves:
        troubles.append("routing.toml was written by hand: no move is recorded")
    return tuple(moves)


def _phase(
    migration: Migration, number: str, graph: Graph | None, states: Mapping[str, str], troubles: list[str]
) -> PhaseLine:
    phase, gate = migration.phase(number), standing(migration, number)
    found: Mapping[str, int] = {}
    if graph and states:
        try:
            counted = Counter(states[key] for key in graph.select(phase.assets))
            found = {state: counted[state] for state in STATES if counted[state]}
        except ChangeoverError as problem:
            troubles.append(f"phase {number}: {problem}")
    lowest = next((state for state in STATES if found.get(state)), "")
    place = STATES.index(lowest) + 1 if lowest else len(STATES)
    following = STATES[place] if place < len(STATES) else ""
    over = gate.green or (found and not following)
    blocked = () if over else gate.reasons or (gate.state,)
    return PhaseLine(gate, phase.years, found, following, blocked)


def _shadow(migration: Migration, troubles: list[str]) -> ShadowLine:
    wanted = max((phase.green_ticks for phase in migration.phases.values()), default=0)
    try:
        ticks = read_ticks(Workspace.of(migration).shadow)
    except ChangeoverError as problem:
        troubles.append(str(problem))
        return ShadowLine(wanted=wanted)
    if not ticks:
        return ShadowLine(wanted=wanted)
    count, ended = streak(ticks, code_now(migration))
    outcomes = dict(Counter(tick.outcome for tick in ticks))
    return ShadowLine(count, wanted, outcomes, f"{ticks[-1].due} {ticks[-1].outcome}", ended)
