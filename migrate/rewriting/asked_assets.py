"""Run requests that choose assets by name: each choice is a flow of its own, which the request starts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.constructs import Construct
from migrate.reading.names import External, dotted
from migrate.reading.scope import Scope
from migrate.reading.walking import look
from migrate.rewriting.references import identifier
from migrate.rewriting.selected_units import selected_units

if TYPE_CHECKING:
    from migrate.model import Model

REQUEST = "dagster.RunRequest"
POSITION = 4
"""Where `asset_selection` stands among the arguments of a request."""


@dataclass(frozen=True)
class Asked:
    """The flow over the assets that a request chooses, and what it chooses; `made` if nobody else has it."""

    flow: str
    selection: Any
    made: bool


class _Requests(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.calls: list[cst.Call] = []

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        self.calls.append(node)


def chosen(call: cst.Call) -> cst.BaseExpression | None:
    """The `asset_selection` of a request."""
    if len(call.args) > POSITION and not any(a.keyword or a.star for a in call.args[: POSITION + 1]):
        return call.args[POSITION].value
    return next((a.value for a in call.args if a.keyword and a.keyword.value == "asset_selection"), None)


def asked_assets(model: Model, construct: Construct) -> Mapping[int, Asked]:
    """What the requests in a function choose, by the identity of the call, where reading can tell it."""
    if not isinstance(construct.node, cst.FunctionDef) or construct.within:
        return {}
    visitor = _Requests()
    look(construct.node.body, visitor)
    own, flow = _own(model, construct)
    names: dict[tuple[str, ...], str] = {own: flow} if own else {}
    found: dict[int, Asked] = {}
    for call in visitor.calls:
        node = chosen(call) if _is_request(model, construct, call) else None
        value = model.project.evaluator.value(node, Scope(construct.module, {})) if node else None
        units = _told(model, value, construct.place) if value is not None else ()
        if units:
            number = f"_{len(names) + 1}" if names else ""
            name = names.setdefault(units, f"{flow}{number}")
            found[id(call)] = Asked(name, value, units != own)
    return found


def _is_request(model: Model, construct: Construct, call: cst.Call) -> bool:
    meaning = model.project.names.resolve(construct.module, dotted(call.func)) if dotted(call.func) else None
    return isinstance(meaning, External) and meaning.path == REQUEST


def _own(model: Model, construct: Construct) -> tuple[tuple[str, ...], str]:
    """What the sensor itself is about, and the name of the flow over it."""
    flow = f"{identifier(construct.name)}_assets"
    for name in ("target", "asset_selection"):
        value = model.project.value(construct, name)
        if value is not None and model.job_of(value) is None:
            return _told(model, value, construct.place), flow
    return (), flow


def _told(model: Model, value: Any, asked: str) -> tuple[str, ...]:
    """The units of a selection; none when it cannot be told."""
    units, exact = selected_units(model, value, asked)
    return tuple(u.identity for u in units) if exact else ()
