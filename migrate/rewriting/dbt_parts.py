"""A flow that takes a part of what a dbt step makes: the step, narrowed to it."""

from __future__ import annotations

from collections.abc import Iterable

from migrate.reading.selected import Selected
from migrate.reading.units import Unit
from migrate.rewriting.layout import quoted


def parts_of(selected: Selected, units: Iterable[Unit]) -> tuple[dict[str, str], str]:
    """Identity of a dbt step → what is written after its name: `.part(select="…")`, nothing for all of it.

    And why a part cannot be told, if so.
    """
    wanted: dict[str, dict[tuple[str, str], None]] = {}
    for name, select, exclude in selected.parts:
        wanted.setdefault(name, {})[select, exclude] = None
    steps = [unit for unit in units if unit.does == "dbt"]
    for unit in steps:
        names = [out.key.rpartition("/")[2] for out in unit.outs if out.key in selected.keys]
        told = len(steps) == 1 and all(out.deps is None for out in unit.outs)
        if names and told and len(names) < len(unit.outs):
            name = unit.identity
            wanted.setdefault(name, {})[" ".join(sorted(names)), ""] = None
    found = {}
    for name, parts in wanted.items():
        if ("", "") not in parts and len(parts) > 1 and any(exclude for _, exclude in parts):
            return {}, "it joins parts of a dbt project of which one leaves something out"
        whole = ("", "") in parts
        select = "" if whole else " ".join(select for select, _ in parts)
        found[name] = _call(select, "" if whole else next(exclude for _, exclude in parts))
    return found, ""


def _call(select: str, exclude: str) -> str:
    given = [f"{k}={quoted(v)}" for k, v in (("select", select), ("exclude", exclude)) if v]
    return f".part({', '.join(given)})" if given else ""
