"""What is said of each asset where it is declared: metadata, kinds, tags, owners, policies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import libcst as cst

from migrate.reading.names import dotted
from migrate.reading.scope import Scope
from migrate.reading.units import Out, Unit, key_of
from migrate.reading.values import Called, Unknown, flat
from migrate.rewriting import keys
from migrate.rewriting.layout import Group, lay
from migrate.rewriting.parts import rewritten
from migrate.rewriting.storage_asks import asks
from migrate.rewriting.work import Frame, Work

UNTOLD = "the metadata of {0} is declared where reading cannot follow it, and is not recorded"
UNSTORED = "what stores the value is not handed the declared metadata"
AUTOMATED = ("automation_condition", "auto_materialize_policy", "freshness_policy", "legacy_freshness_policy")


def said(out: Out, name: str) -> Any:
    """An argument of the `AssetOut` or `AssetSpec` that declares an output."""
    return out.declared.get(name) if isinstance(out.declared, Called) else None


def tags_of(outs: tuple[Out, ...]) -> list[str]:
    """Kinds and tags of the single outputs, as task tags, each once and in their order."""
    found: list[str] = []
    for out in outs:
        found += [
            f"kind:{kind}" for kind in sorted(k for k in flat(said(out, "kinds")) if isinstance(k, str))
        ]
        tags = said(out, "tags")
        if isinstance(tags, dict):
            found += [f"{k}:{v}" if v else str(k) for k, v in tags.items() if isinstance(v, str | int)]
    return list(dict.fromkeys(found))


def owners_of(out: Out) -> list[str]:
    """Who owns one output by its own declaration."""
    return [owner for owner in flat(said(out, "owners")) if isinstance(owner, str)]


def automated(unit: Unit) -> list[str]:
    """Which conditions and policies the single outputs carry."""
    return [name for name in AUTOMATED if any(said(out, name) is not None for out in unit.outs)]


def metadata_lines(work: Work, frame: Frame, own: Unit) -> list[str]:
    """First lines of the task that record what is declared of its assets.

    What a run adds under the same name comes later, and wins, as it does in Dagster.
    """
    construct = frame.construct
    assert construct
    shared = construct.argument("metadata")
    nodes = _nodes(work, own)
    lines = []
    for out in own.outs:
        node = shared if shared is not None else nodes.get(out.name)
        if node is None and said(out, "metadata"):
            frame.differences.append(UNTOLD.format(out.key))
        if node is None or work.text(node) in ("None", "{}"):
            continue
        add = work.need("prefect.assets", "add_asset_metadata")
        text = rewritten(work, node)
        if _may_be_none(work, own, node):
            text = f"{text if dotted(node) else f'({text})'} or {{}}"
        told = (keys.own_key(work, frame, out.key), text)
        lines.append(lay(Group(f"{add}(", told, ")"), 0, 4))
        if out.store and out.value and asks(work.model, out.store).unread:
            frame.differences.append(UNSTORED)
    return lines


def _may_be_none(work: Work, own: Unit, node: cst.BaseExpression) -> bool:
    """Whether a call of the factory around an asset may hand over no metadata."""
    if not own.construct.within or isinstance(node, cst.Dict):
        return False
    read, module = work.model.project.evaluator, work.file.module
    scopes = [made.scope for made in work.model.instances.get(own.construct.place, ())] or [own.scope]
    values = [read.value(node, Scope(module, dict(scope))) for scope in scopes]
    return any(value is None or isinstance(value, Unknown) for value in values)


def _nodes(work: Work, own: Unit) -> dict[str, cst.BaseExpression]:
    """Where the metadata of each output is written, by the output's name."""
    found = {}
    for name, call in _declarations(work, own):
        for argument in call.args:
            if argument.keyword and argument.keyword.value == "metadata":
                found[name] = argument.value
    return found


def _declarations(work: Work, own: Unit) -> Iterator[tuple[str, cst.Call]]:
    outs, specs = own.construct.argument("outs"), own.construct.argument("specs")
    for element in outs.elements if isinstance(outs, cst.Dict) else ():
        if not isinstance(element, cst.DictElement) or not isinstance(element.value, cst.Call):
            continue
        if isinstance(element.key, cst.SimpleString):
            yield str(element.key.evaluated_value), element.value
    scope = Scope(work.file.module, dict(own.scope))
    for item in specs.elements if isinstance(specs, cst.List | cst.Tuple) else ():
        if isinstance(item.value, cst.Call):
            spec = work.model.project.evaluator.value(item.value, scope)
            yield key_of(spec).replace("/", "__"), item.value
