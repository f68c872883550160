"""A flow that takes a part of what a dbt step makes: the step, narrowed to it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from migrate.reading.asset_graph import graph_of
from migrate.reading.dbt_names import translated
from migrate.reading.selected import Part, Selected, tests_of
from migrate.reading.units import Unit
from migrate.rewriting.layout import quoted

if TYPE_CHECKING:
    from migrate.model import Model


def parts_of(model: Model, selected: Selected) -> tuple[dict[str, str], str]:
    """Identity of a dbt step → what is written after its name: `.part(select="…")`, nothing for all of it.

    And why a part cannot be told, if so.
    """
    steps = [unit for unit in model.deployed_units if unit.does == "dbt"]
    makers = [key for unit in steps for key in unit.keys]
    found = {}
    for unit in steps:
        texts = [part for part in selected.parts if part.step == unit.identity]
        keys = [key for key in unit.keys if key in selected.keys]
        tested = {key for key in unit.keys if tests_of(key) in selected.checks}
        if keys and any(makers.count(key) > 1 for key in unit.keys) and len(keys) < len(unit.keys):
            return {}, f"which dbt step makes {keys[0]} is for dbt to say"
        if tested - set(keys) or (keys and tested and len(tested) < len(keys)):
            return {}, f"it takes some tests of what {unit.name} makes apart from their models"
        if len({part.tests for part in texts} | ({bool(tested)} if keys else set())) > 1:
            return {}, f"it takes tests of some models that {unit.name} makes, and none of others"
        if len(texts) > 1 and any(part.exclude for part in texts) and Part(unit.identity) not in texts:
            return {}, "it joins parts of a dbt project of which one leaves something out"
        if keys and len(keys) < len(unit.keys) and translated(model, unit.construct) is None:
            return {}, f"the translator of {unit.name} tells keys when the code runs"
        found[unit.identity] = _call(unit, texts, keys, bool(tested))
    return found, ""


def narrowed(model: Model, selected: Selected, unit: Unit) -> Unit:
    """A dbt step as it is when it makes the selected keys: what it needs is what these need."""
    keys = [key for key in unit.keys if key in selected.keys]
    texts = [part for part in selected.parts if part.step == unit.identity]
    if unit.does != "dbt" or texts or not keys or len(keys) == len(unit.keys):
        return unit
    nodes = graph_of(model).nodes
    above = {parent for key in keys for parent in nodes[key].parents}
    outs = tuple(out for out in unit.outs if out.key in keys)
    return replace(unit, outs=outs, deps=tuple(sorted(above.difference(keys))))


def _call(unit: Unit, texts: list[Part], keys: list[str], tested: bool) -> str:
    """All of it, or by texts, or by keys, or by both."""
    untested = [] if tested or any(part.tests for part in texts) or not (keys or texts) else ["tests=False"]
    if any(not part.select and not part.exclude for part in texts) or (keys and len(keys) == len(unit.keys)):
        return f".part({untested[0]})" if untested else ""
    said = {"select": " ".join(p.select for p in texts), "exclude": "".join(p.exclude for p in texts)}
    given = [f"{name}={quoted(text)}" for name, text in said.items() if text]
    given += [f"keys=[{', '.join(map(quoted, keys))}]"] if keys else []
    return f".part({', '.join([*given, *untested])})" if given else ""
