"""`EnvVar` → `os.environ`, read when the resource is built; `.get_value(default)` is `os.environ.get`.

Upstream: https://docs.python.org/3/library/os.html#os.environ
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rewriting.work import expression as parsed
from migrate.rules import Rule


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The variable's value; `.int` converts it."""
    if not isinstance(updated, cst.Call) or not updated.args:
        return None
    work.need("os")
    read = f"os.environ[{work.text(updated.args[0].value)}]"
    return parsed(f"int({read})" if path.endswith(".int") else read)


def method(work: Work, name: str, original: cst.Call, updated: cst.Call) -> cst.BaseExpression | None:
    """`get_value` reads at once, and takes a default."""
    inner = original.func.value if isinstance(original.func, cst.Attribute) else None
    if name != "get_value" or not isinstance(inner, cst.Call) or not inner.args:
        return None
    if not isinstance(inner.func, cst.Name) and inner.func.attr.value == "int":  # type: ignore[attr-defined]
        return None
    args = [work.text(inner.args[0].value), *(work.text(a.value) for a in updated.args)]
    return parsed(f"os.environ.get({', '.join(args)})")


RULE = Rule(("dagster.EnvVar",), "value", expression=expression, method=method)
