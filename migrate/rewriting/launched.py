"""`Resource.configure_at_launch()`: what a run says of it is a parameter of the flow."""

from __future__ import annotations

import libcst as cst

from migrate.reading.names import dotted
from migrate.rewriting.work import Work, statements

METHOD = ".configure_at_launch"


def launched_class(value: cst.CSTNode | None) -> str:
    """How the class of a resource is spelled that is given its values at the launch of a run."""
    path = dotted(value.func) if isinstance(value, cst.Call) else ""
    return path.removesuffix(METHOD) if path.endswith(METHOD) else ""


def launched(work: Work, name: str, kind: str, value: cst.Call) -> list[cst.BaseStatement]:
    """The function that makes it of what the run says."""
    any_ = work.need("typing", "Any")
    body = f"return {of_config(work, value, 'config')}"
    return statements(f"\n\ndef {name}(**config: {any_}) -> {kind}:\n    {body}\n")


def of_config(work: Work, value: cst.Call, config: str, optional: bool = False) -> str:
    """The call of the class with what a run says, a variable that is None if `optional`.

    Of what is given at launch it takes the place of what was said before, value by value; what a run says of
    another resource takes the place of all that was said, as in Dagster.
    """
    said = ", ".join(f'"{a.keyword.value}": {work.text(a.value)}' for a in value.args if a.keyword)
    given = f"({config} or {{}})" if optional else config
    if launched_class(value) and said:
        given = f"{{{said}, **{given}}}"
    elif said:
        given = f"({config} or {{{said}}})"
    return f"{dotted(value.func).removesuffix(METHOD)}(**{given})"
