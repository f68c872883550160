"""A resource of the definitions: a function that builds it, when a run starts and not before."""

from __future__ import annotations

from typing import cast

import libcst as cst

from migrate.reading.deployed_resources import Resource
from migrate.reading.growing import changed_by
from migrate.reading.names import Internal, dotted
from migrate.reading.resource_ways import Variable
from migrate.rewriting.functions import raise_code
from migrate.rewriting.launched import launched
from migrate.rewriting.layout import quoted
from migrate.rewriting.moved import moved
from migrate.rewriting.parts import rewritten
from migrate.rewriting.set_up_by_runs import is_launched
from migrate.rewriting.work import Work, led, statements
from migrate.rules import rule_for

NOWHERE = "no case of the definitions provides the resource {}"
AT_LAUNCH = "Name them here, or read them from the environment."


def factory_statement(work: Work, updated: cst.SimpleStatementLine) -> list[cst.BaseStatement] | None:
    """`database = Database(...)` as a function, when it is one of the deployed resources; else None."""
    small = updated.body[0]
    held = changed_by(small) or (dotted(small.target) if isinstance(small, cst.AugAssign) else "")
    if held and not work.scopes.inside and Variable(work.file.module, held) in work.model.held_variables:
        return []
    if not isinstance(small, cst.Assign | cst.AnnAssign) or small.value is None:
        return None
    name = dotted(small.targets[0].target if isinstance(small, cst.Assign) else small.target)
    deployed = [r for r in work.model.every_resource if (r.module, r.function) == (work.file.module, name)]
    if not work.scopes.inside and Variable(work.file.module, name) in work.model.held_variables:
        return []
    if not deployed or work.scopes.inside:
        return None
    return led(factory(work, name, deployed[0].type_path, small.value), updated.leading_lines)


def factory(work: Work, name: str, path: str, value: cst.BaseExpression) -> list[cst.BaseStatement]:
    """The function `name` that returns `value`."""
    kind = _spelled_type(work, path)
    own = [r for r in work.model.every_resource if (r.module, r.function) == (work.file.module, name)]
    if isinstance(value, cst.Call) and any(is_launched(work, one) for one in own):
        return launched(work, name, kind, value)
    body = f"return {work.text(value)}"
    if isinstance(value, cst.Call) and dotted(value.func).endswith(".configure_at_launch"):
        body = raise_code(f"{name}: its values are given at the launch of a run. {AT_LAUNCH}").rstrip()
        body = body.replace("\n", "\n    ")
    return statements(f"\n\ndef {name}() -> {kind}:\n    {body}\n")


def made_here(work: Work) -> list[cst.BaseStatement]:
    """The functions of the resources that Definitions of this module build, where the first stands."""
    found: list[cst.BaseStatement] = []
    made = cast(set[str], work.remembered.setdefault("resources made", set()))
    for key, resource in work.model.resources.items():
        if key in made or resource.module != work.file.module:
            continue  # several Definitions in one module share them
        made.add(key)
        if resource.node is not None:
            value = cst.parse_expression(rewritten(work, resource.node))
            value = moved(work, value, resource.written)
            found += factory(work, resource.function, resource.type_path, value)
        elif resource.cases:
            found += chosen(work, resource)
    return found


def chosen(work: Work, resource: Resource) -> list[cst.BaseStatement]:
    """The function of a resource that is made in several ways: asks when a run starts, as Dagster did."""
    texts = [_text(work, case.made) for case in resource.cases]
    lines: list[str] = []
    for case, text in zip(resource.cases, texts, strict=True):
        if case.test is None or (len(texts) > 1 and len(set(texts)) == 1):
            lines.append(f"    return {text}")
            break
        test = moved(work, cst.parse_expression(rewritten(work, case.test)), case.asked)
        lines.append(f"    if {work.text(test)}:\n        return {text}")
    else:
        lines.append(f"    raise KeyError({quoted(NOWHERE.format(resource.key))})")
    kind = _spelled_type(work, resource.type_path)
    body = "\n".join(lines)
    return statements(f"\n\ndef {resource.function}() -> {kind}:\n{body}\n")


def _text(work: Work, made: Resource) -> str:
    """What makes a resource in one case: a call of its function, or the expression itself."""
    if made.node is None:
        return f"{work.own(made.module, made.function)}()"
    value = cst.parse_expression(rewritten(work, made.node))
    return work.text(moved(work, value, made.written))


def _spelled_type(work: Work, path: str) -> str:
    if ":" in path:
        module, name = path.split(":")
        found = work.model.project.names.resolve(module, name)
        return work.own(module, name) if isinstance(found, Internal) else name
    known = rule_for(path) if path else None
    if known and known.rule.stands_for:
        return work.need(*known.rule.stands_for)
    return work.need("typing", "Any")
