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


def of_config(work: Work, value: cst.Call, config: str) -> str:
    """The call of the class, with what a run says in place of what was said before."""
    said = [f'"{a.keyword.value}": {work.text(a.value)}' for a in value.args if a.keyword]
    given = f"{{{', '.join([*said, f'**{config}'])}}}" if said else config
    return f"{dotted(value.func).removesuffix(METHOD)}(**{given})"
