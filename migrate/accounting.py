"""Nothing is lost: one entry for each construct, and a line for each argument that had no say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import libcst as cst

from migrate.model import Model
from migrate.outcomes import Adapted, Bridged, Converted, Manual, Outcome, Undeployed
from migrate.reading.automation import ARGUMENTS as AUTOMATION
from migrate.reading.constructs import Construct
from migrate.reading.environment import is_text, usual
from migrate.reading.sometimes import sometimes
from migrate.reading.values import Called, known
from migrate.results import Conversion, Entry
from migrate.rules import Registered, rule_for


def account(model: Model, result: Conversion, outcomes: Mapping[str, Outcome]) -> None:
    """Enter every construct of the project with its outcome, and every argument nobody read."""
    only = sometimes(model.project, model.held_variables)
    for construct in model.project.constructs.values():
        rule = rule_for(construct.path, base=construct.shape == "class")
        outcome = outcomes.get(construct.place) or _inline(model, construct)
        unit = model.unit_of(construct)
        key = unit.keys[0] if unit and len(unit.keys) == 1 else ""
        target = model.project.file_of(construct).path
        target = target if target in result.files else ""
        untold = [told for name, told in UNTOLD.items() if _untold(model, construct, rule, name)]
        untold += _of_environment(model, construct)
        if construct.place in only:
            untold.append(SOMETIMES.format(only[construct.place]))
        if untold and isinstance(outcome, Adapted | Converted):
            first = [outcome.difference] if isinstance(outcome, Adapted) else []
            outcome = Adapted("; ".join([*first, *untold]))
        node = construct.node
        name = node.name.value if isinstance(node, cst.FunctionDef | cst.ClassDef) else construct.name
        named = rule.name if rule else ""
        result.entries.append(Entry(construct, outcome, named, key, target, defined=name))
        read_arguments = rule.rule.arguments if rule else frozenset()
        if isinstance(outcome, Undeployed | Manual | Bridged):
            continue
        for argument in construct.arguments:
            reason = _unread(model, construct, argument.name, read_arguments)
            if reason:
                place = {"file": construct.file, "line": argument.line, "construct": construct.name}
                result.unread.append({**place, "argument": argument.name, "reason": reason})
        for name in _loaded_with(model, construct):
            place = {"file": construct.file, "line": construct.line, "construct": construct.name}
            result.unread.append(
                {**place, "argument": name, "reason": "what loads it says so: no rule reads it"}
            )


SOMETIMES = "Dagster has it only where `{}`: deploy it there only"
UNTOLD = {
    "minimum_interval_seconds": "how often it looks is told by the code alone: it looks every 30 seconds",
    "default_status": "whether it is on is told by the code alone: its deployment is paused",
    "cron_schedule": "when it ticks is told by the code alone: its deployment has no schedule",
    "execution_timezone": "its time zone is told by the code alone: its deployment has no schedule",
    "kinds": "kinds that the code alone tells are not named",
}
"""What a construct says itself of an argument whose value reading cannot tell."""


def _of_environment(model: Model, construct: Construct) -> list[str]:
    """What a schedule says of ticks and parameters that the environment decides."""
    found = []
    for name, what in {"cron_schedule": "when it ticks", "execution_timezone": "its time zone"}.items():
        value = model.project.value(construct, name) if construct.argument(name) is not None else None
        if usual(value) is not value:
            found.append(f"{what} is read from the environment: its default, {usual(value)}, is written")
    if construct.kind == "ScheduleDefinition" and "os.getenv" in repr(
        model.project.value(construct, "run_config")
    ):
        found.append("variables of the environment in its run config are read when it is deployed")
    return found


def _untold(model: Model, construct: Construct, rule: Registered | None, name: str) -> bool:
    """Whether reading cannot tell the value of an argument that a rule asks for."""
    asked = rule is not None and name in rule.rule.arguments and construct.argument(name) is not None
    return asked and not construct.within and not _told(usual(model.project.value(construct, name)))


HONOURED = ("group_name", "key_prefix", "include_specs", *AUTOMATION)
"""What `load_assets_from_*` says that the target keeps."""


def _loaded_with(model: Model, construct: Construct) -> list[str]:
    """What the call of `load_assets_from_*` gives an asset and nothing of the target has."""
    policy = model.holdings.policies.get(construct.place)
    given = policy.given if policy else {}
    return [name for name, value in given.items() if value is not None and name not in HONOURED]


READ_BY_VALUE = frozenset(
    {
        *(
            "group_name",
            "io_manager_key",
            "owners",
            "tags",
            "run_tags",
            "compute_kind",
            "op_tags",
            "blocking",
        ),
        *("required_resource_keys", "select", "exclude"),
    }
)
"""Arguments that are worth nothing to a rule when only running the code would tell their value."""


def _told(value: Any) -> bool:
    """Whether a value is what it will be at run time."""
    if isinstance(value, dict):
        return all(_told(usual(item)) for item in value.values())
    if isinstance(value, list | tuple | set):
        return all(_told(item) for item in value)
    return known(value) and not isinstance(value, Called)


def _unread(model: Model, construct: Construct, name: str, read_arguments: frozenset[str]) -> str:
    """Why an argument had no say in the outcome; empty when it had."""
    if name not in read_arguments:
        return "no rule reads it"
    rule = rule_for(construct.path)
    decorates = rule is not None and rule.rule.function is not None
    spelled = name == "group_name" and decorates and is_text(construct.argument(name))
    if construct.within or name not in READ_BY_VALUE or spelled:
        return ""
    value = model.project.value(construct, name)
    return "" if _told(value) else "its value cannot be told by reading"


def _inline(model: Model, construct: Construct) -> Outcome:
    """A call inside another expression: what its rule contributes to prefect.yaml, or nothing yet."""
    rule = rule_for(construct.path)
    if rule and rule.rule.deployments and rule.rule.deployments(model, construct):
        return Converted("prefect.yaml")
    if rule and rule.rule.expression:
        return Converted("rewritten where it stands")
    if construct.shape == "function" and rule and rule.rule.function:
        return Converted("laid out at the top of its module")
    return Manual(
        "it stands inside an expression that no rule rewrites", "Assign it to a variable of its own."
    )
