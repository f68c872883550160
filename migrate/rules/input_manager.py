"""`@input_manager` → a function that makes a `LoadedBy`: it loads a value by the function's old body.

Tasks whose argument names it by `input_manager_key` call it by `load`, at their start.

Upstream: https://docs.prefect.io/v3/concepts/assets
"""

from __future__ import annotations

from collections.abc import Sequence

import libcst as cst

from migrate.outcomes import Adapted, Manual
from migrate.reading.constructs import Construct
from migrate.rewriting.functions import has_docstring, refuse
from migrate.rewriting.work import Work, led, statements
from migrate.rules import Rule

STORED = "called at the task's edge; nothing loads a value behind the scenes"
CONFIGURED = "Make it a class of the target with `load_input`, and what it was configured with its fields."


def function(work: Work, construct: Construct, updated: cst.FunctionDef) -> Sequence[cst.BaseStatement]:
    """The maker under the old name, and the old body in a function of its own."""
    if construct.arguments:
        outcome = Manual("it is given a configuration or resources", CONFIGURED)
        return [refuse(work, construct, updated, outcome)]
    name, loaded = updated.name.value, work.need("prefect_support.loaded_by", "LoadedBy")
    body = list(updated.body.body)
    docstring = work.text(body[0]).strip() if has_docstring(body) else ""
    lines = [f"def {name}() -> {loaded}:", *([f"    {docstring}"] if docstring else [])]
    maker = led(
        statements("\n".join([*lines, f"    return {loaded}(_{name})"]) + "\n"), updated.leading_lines
    )
    param = updated.params.params[0].name.value if updated.params.params else "_context"
    context, answer = work.need("prefect_support.io", "IOContext"), work.need("typing", "Any")
    inner = statements(f"\n\ndef _{name}({param}: {context}) -> {answer}:\n    pass\n")[0]
    assert isinstance(inner, cst.FunctionDef)
    work.done(construct, Adapted(STORED))
    kept = body[1:] if docstring else body
    return [*maker, inner.with_changes(body=updated.body.with_changes(body=kept))]


RULE = Rule(("dagster.input_manager",), "decorator", function=function)
