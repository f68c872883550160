"""`context.instance.get_run_records(RunsFilter(…))` → `found_runs(RunsFilter(…))`: asked of Prefect's API.

`get_runs` likewise; where the code asks the runs themselves, it gets their id, flow, status, tags and times.
States are named as before, a job is its flow.

Upstream: https://docs.prefect.io/v3/concepts/states
"""

from __future__ import annotations

import libcst as cst

from migrate.reading.scope import Scope
from migrate.reading.units import enum_name
from migrate.rewriting.layout import call, lay, quoted
from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule

KNOWN = (
    *("job_name", "statuses", "tags", "run_ids"),
    *("created_after", "created_before", "updated_after", "updated_before"),
)
OWN = "dagster/"
"""How tags begin that Dagster gives itself; the partition is the one that has an equal."""
REMEDY = "Ask Prefect's API with prefect.get_client()."


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The filter of the support module, its states by their names."""
    if not isinstance(original, cst.Call) or not isinstance(updated, cst.Call):
        return None
    items: list[str] = []
    for before, after in zip(original.args, updated.args, strict=True):
        name = before.keyword.value if before.keyword else ""
        states = _states(work, before.value) if name == "statuses" else []
        if name not in KNOWN or (name == "tags" and _dagsters_own(before.value)):
            work.unsupported(original, f"a filter of runs by {name or 'position'}", REMEDY)
            return None
        items.append(f"{name}=[{', '.join(states)}]" if states else f"{name}={work.text(after.value)}")
    made = work.need("prefect_support.found_runs", "RunsFilter")
    return parsed(lay(call(made, *items), 8, 0))


def _dagsters_own(tags: cst.BaseExpression) -> bool:
    """Whether a tag is asked for that only Dagster gives."""
    elements = tags.elements if isinstance(tags, cst.Dict) else ()
    keys = [element.key for element in elements if isinstance(element, cst.DictElement)]
    texts = [str(key.evaluated_value) for key in keys if isinstance(key, cst.SimpleString)]
    return any(text.startswith(OWN) and text != f"{OWN}partition" for text in texts)


def _states(work: Work, node: cst.BaseExpression) -> list[str]:
    """The names of the states, quoted; empty when one cannot be told."""
    given = work.model.project.evaluator.value(node, Scope(work.file.module, {}))
    names = [enum_name(state) for state in given] if isinstance(given, list) else []
    return [quoted(name) for name in names] if all(names) else []


RULE = Rule(("dagster.RunsFilter",), "value", expression=expression)
