"""`dagster._check`, `dagster_shared.check` → plain functions of the target: `not_none(x)` raises likewise.

Dagster never meant its own argument checks for others, who use them all the same. What each returns and when
it raises is the same; the exceptions are `CheckError`, and `ParameterCheckError` where an argument is named.

Upstream: https://docs.python.org/3/library/functions.html#isinstance
"""

from __future__ import annotations

import libcst as cst

from migrate.rewriting.work import Work
from migrate.rules import Rule

SINGLE = (
    *("not_none", "not_none_param", "invariant", "param_invariant", "failed"),
    *("inst", "opt_inst", "inst_param", "opt_inst_param", "callable_param"),
    *("str_param", "opt_str_param", "int_param", "opt_int_param", "bool_param", "opt_bool_param"),
    *("float_param", "opt_float_param", "CheckError", "ParameterCheckError"),
)
COLLECTIONS = (
    *("list_param", "opt_list_param", "is_list", "list_elem", "opt_list_elem"),
    *("dict_param", "opt_dict_param", "dict_elem", "opt_dict_elem", "str_elem", "opt_str_elem"),
    *("int_elem", "opt_int_elem", "float_elem", "opt_float_elem", "ElementCheckError"),
)
MODULES = {
    **dict.fromkeys(SINGLE, "prefect_support.argument_checks"),
    **dict.fromkeys(COLLECTIONS, "prefect_support.collection_checks"),
}


def expression(
    work: Work, path: str, original: cst.BaseExpression, updated: cst.BaseExpression
) -> cst.BaseExpression | None:
    """The function of the same name."""
    if isinstance(original, cst.Call):
        return None
    name = path.rsplit(".", 1)[-1]
    return cst.Name(work.need(MODULES[name], name))


PACKAGES = ("dagster", "dagster_shared")
RULE = Rule(
    tuple(f"{package}.{name}" for package in PACKAGES for name in MODULES), "value", expression=expression
)
