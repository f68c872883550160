"""A sensor or a deciding schedule: a function that asks for runs, and the flow that starts them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.reading.names import dotted
from migrate.reading.signatures import parameters
from migrate.reading.units import text
from migrate.reading.values import flat
from migrate.reading.walking import look
from migrate.rewriting.asked_assets import asked_assets
from migrate.rewriting.flow_resources import has_life, yields
from migrate.rewriting.functions import has_docstring, refuse
from migrate.rewriting.layout import Item, call, lay, listing, quoted
from migrate.rewriting.references import local_name
from migrate.rewriting.set_up_by_runs import set_up_by
from migrate.rewriting.targeted import Target, flow_over, names_a_target, target_of, why_untargeted
from migrate.rewriting.used import used_names
from migrate.rewriting.work import Frame, Work, led, statements

EVENT = "EventLogEntry"
"""The type of the parameter of an asset sensor that is no resource."""
ANSWERS = ("RunRequest", "SkipReason", "SensorResult")


def deciding(
    work: Work,
    construct: Construct,
    frame: Frame,
    updated: cst.FunctionDef,
    starter: str = "launch",
    event: str = "",
    watched: Sequence[str] = (),
) -> list[cst.BaseStatement]:
    """The flow, and the function it calls; before them the flow of the assets it targets, if it does.

    `event` is the parameter that is what Prefect knows of the event that starts it, `watched` are the assets
    of which the function asks what was made.
    """
    target = target_of(work, construct)
    answers, named = _answers(work, updated), names_a_target(construct)
    if target is None and named and ("RunRequest" in answers or "SensorResult" not in answers):
        outcome = Manual(why_untargeted(work, construct), "Name the deployment to start.")
        return [refuse(work, construct, updated, outcome)]
    set_up = set_up_by(work, frame.function)
    if set_up:
        reason = f"the run config it answers with sets up {', '.join(set_up)}, which flows make themselves"
        remedy = "Give the flow a parameter, and make the resource of it."
        return [refuse(work, construct, updated, Manual(reason, remedy))]
    body = list(updated.body.body)
    docstring = work.text(body[0]).strip() if has_docstring(body) else ""
    lines = [*_flow(work, construct, updated.name.value, docstring, target, starter, event, watched)]
    flow_ = led(statements("\n".join(lines) + "\n"), updated.leading_lines)
    before, problems = _before(work, construct, target)
    if problems:
        outcome = Manual(f"what it asks for: {problems[0]}", "Start a flow of those assets.")
        return [refuse(work, construct, updated, outcome)]
    return [*before, *flow_, _poll(work, frame, updated, body[1:] if docstring else body, event, watched)]


def _before(
    work: Work, construct: Construct, target: Target | None
) -> tuple[list[cst.BaseStatement], list[str]]:
    """The flows over assets that it targets, or that single requests choose, and what stands in their way."""
    found, problems = list(target.statements if target else ()), list[str]()
    asked = {one.flow: one for one in asked_assets(work.model, construct).values() if one.made}
    for one in asked.values():
        made_, untold = flow_over(work, one.flow, one.selection, construct.place)
        found += made_
        problems += untold
    return found, problems


def _flow(
    work: Work,
    construct: Construct,
    name: str,
    docstring: str,
    target: Target | None,
    starter: str,
    event: str,
    watched: Sequence[str],
) -> list[str]:
    opened = _opened(work, resources_of(work, construct))
    polled: Item = f"_{name}"
    if opened.handed or event:
        handed = list(opened.handed)
        handed += [f"{event}={work.need('prefect_support.recorded', 'event_of')}(event_id)"] if event else []
        polled = call(work.need("functools", "partial"), f"_{name}", *handed)
    if watched:
        keys = listing([quoted(key) for key in watched])
        polled = call(work.need("prefect_support.watched_assets", "watching"), keys, polled)
    called = text(work.model.project.value(construct, "name")) or construct.name
    items: list[Item] = [quoted(called), polled]
    if target is not None:
        items.append(f"deployment={quoted(target.deployment)}")
    start = call(work.need("prefect_support.sensors", starter), *items)
    deep = 8 if opened.around else 4
    return [
        f'@{work.need("prefect", "flow")}(name="{called}")',
        f"def {name}({'event_id: str' if event else ''}) -> int:",
        *([f"    {docstring}"] if docstring else []),
        *opened.before,
        *opened.around,
        f"{' ' * deep}return {lay(start, deep, deep + 7)}",
    ]


@dataclass(frozen=True)
class _Opened:
    """How a poll comes by its resources: the arguments, and what is opened before and closed after it."""

    handed: tuple[str, ...]
    before: tuple[str, ...] = ()
    around: tuple[str, ...] = ()


def _opened(work: Work, resources: Sequence[str]) -> _Opened:
    """Built anew for each poll; those with a life cycle are opened for it, as Dagster does."""
    handed, before, around, alive = list[str](), list[str](), list[str](), list[str]()
    for key in resources:
        resource, text, local = work.model.resources.get(key), made(work, key), local_name(work, key)
        ways = resource.ways if resource else ()
        if any(yields(work, way) for way in ways):
            around.append(f"{text} as {local}")
        elif any(has_life(work, way) for way in ways):
            before.append(f"    {local} = {text}")
            alive.append(local)
        else:
            local = text
        handed.append(f"{key}={local}")
    if alive:
        around.append(f"{work.need('prefect_support.resources', 'running')}({', '.join(alive)})")
    return _Opened(tuple(handed), tuple(before), (f"    with {', '.join(around)}:",) if around else ())


def resources_of(work: Work, construct: Construct) -> list[str]:
    """The parameters that are resources: built anew for each poll."""
    found = parameters(work.model.project.names, construct, work.file.tree)
    given = [p.name for p in found if p.role == "resource" and not p.annotation.endswith(EVENT)]
    required = flat(work.model.project.value(construct, "required_resource_keys"))
    return list(dict.fromkeys([*given, *(r for r in required if isinstance(r, str))]))


NOBODY = "nothing provides"


def made(work: Work, key: str) -> str:
    """A call of what makes a resource."""
    resource, asks = work.model.resources.get(key), work.frame.construct if work.frame else None
    apart = work.model.holdings.apart.of((), asks.place) if asks else {}
    if resource is None or not resource.function or key in apart:
        told = f"the resource {key}, which {'other Definitions give differently' if resource else NOBODY}"
        if work.frame:
            work.unsupported(work.frame.function, told, "Build it.")
        return "None"
    if resource.module == work.file.module:
        return f"{resource.function}()"
    return f"{work.own_module(resource.module)}.{resource.function}()"


def annotated(work: Work, function: cst.FunctionDef, name: str) -> str:
    """The annotation of a resource: that of the parameter, else of what provides it."""
    by_name = {p.name.value: p for p in [*function.params.params, *function.params.kwonly_params]}
    kept = by_name.get(name)
    annotation = work.text(kept.annotation.annotation) if kept and kept.annotation else ""
    return annotation or work.resource_type(name)


def _answers(work: Work, function: cst.FunctionDef) -> list[str]:
    """What the function answers with: a sensor module may hold functions of several kinds."""
    named = used_names(cst.Module([function]))
    return sorted(n for m, n in work.needed if m == "prefect_support.sensors" and n in ANSWERS and named[n])


def _poll(
    work: Work,
    frame: Frame,
    updated: cst.FunctionDef,
    body: Sequence[Any],
    event: str,
    watched: Sequence[str],
) -> cst.BaseStatement:
    kind = " | ".join(_listed(name, updated) for name in _answers(work, updated)) or "None"
    if kind == "None" and not frame.yields and _returns(updated, bare=False):
        # A dictionary is a run's configuration, and a helper answers what it likes.
        kind = work.need("typing", "Any")
    elif frame.yields:
        kind = f"{work.need('collections.abc', 'Iterator')}[{kind}]"
    elif kind != "None" and _returns(updated, bare=True):
        kind += " | None"
    told = ("watched_assets", "WatchedAssets") if watched else ("sensors", "SensorContext")
    given = [f"{frame.context or '_context'}: {work.need(f'prefect_support.{told[0]}', told[1])}"]
    if frame.construct:
        keys = resources_of(work, frame.construct)
        given += [f"{name}: {annotated(work, updated, name)}" for name in keys]
    given += [f"{event}: {work.need('prefect_support.asset_records', 'Event')}"] if event else []
    head = f"\n\ndef _{updated.name.value}({', '.join(given)}) -> {kind}:\n    pass\n"
    function = statements(head)[0]
    assert isinstance(function, cst.FunctionDef)
    return function.with_changes(body=updated.body.with_changes(body=body))


def _listed(answer: str, function: cst.FunctionDef) -> str:
    """The type of an answer: several requests are returned as a list."""
    visitor = _Returns()
    look(function.body, visitor)
    if answer != "RunRequest" or not visitor.lists:
        return answer
    return f"{answer} | list[{answer}]" if visitor.single else f"list[{answer}]"


class _Returns(cst.CSTVisitor):
    """What a function returns; `lists` where that is a list of requests, `single` where it is one."""

    def __init__(self) -> None:
        super().__init__()
        self.bare = self.something = self.lists = self.single = False
        self.held = set[str]()

    def visit_Assign(self, node: cst.Assign) -> None:
        if isinstance(node.value, cst.List | cst.ListComp):
            self.held |= {dotted(target.target) for target in node.targets}

    def visit_AnnAssign(self, node: cst.AnnAssign) -> None:
        if isinstance(node.value, cst.List | cst.ListComp):
            self.held.add(dotted(node.target))

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:
        return False

    def visit_Return(self, node: cst.Return) -> None:
        empty = node.value is None
        self.bare = self.bare or empty
        self.something = self.something or not (empty or dotted(node.value) == "None")
        if isinstance(node.value, cst.List | cst.ListComp) or dotted(node.value) in self.held:
            self.lists = True
        elif isinstance(node.value, cst.Call):
            self.single = self.single or dotted(node.value.func).rpartition(".")[2] == "RunRequest"


def _returns(function: cst.FunctionDef, bare: bool) -> bool:
    """Whether it returns nothing somewhere, or something."""
    visitor = _Returns()
    look(function.body, visitor)
    return visitor.bare if bare else visitor.something


POLLED = Adapted("polls in a flow run of its own; its cursor is kept in a Prefect Variable")
"""What differs of a sensor."""
