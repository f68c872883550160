"""One file for each Dagster construct. The folder is the registry: a file that is here is a rule.

A rule's module holds `RULE` and a docstring: its first line says which construct becomes what, the
rest what differs, with a link upstream. `migrate rules` and the mapping page are made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import libcst as cst

    from migrate.model import Model
    from migrate.reading.constructs import Construct, Where
    from migrate.reading.units import Unit
    from migrate.rewriting.deployments import Deployment
    from migrate.rewriting.work import Work

Role = Literal["decorator", "base", "call", "value"]


@dataclass(frozen=True)
class Rule:
    """What the converter does with one construct, or with a value such as a key or a policy.

    Args:
        names: Dagster's public names, e.g. `dagster.asset`; what hangs below them is meant too.
        role: whether the name decorates, is inherited from, is called, or is a mere value.
        arguments: the arguments this rule reads; any other is reported as unread.
        unit: what runs because of it.
        function: rewrites a decorated function into statements.
        class_: rewrites a class.
        statement: rewrites the statement that assigns a call.
        expression: rewrites a value; None leaves it as it is.
        deployments: what it adds to prefect.yaml.
    """

    names: tuple[str, ...]
    role: Role
    arguments: frozenset[str] = frozenset()
    unit: Callable[[Model, Construct, Mapping[str, Any]], Unit] | None = None
    function: Callable[[Work, Construct, cst.FunctionDef], Sequence[cst.BaseStatement]] | None = None
    class_: Callable[[Work, Construct, cst.ClassDef], Sequence[cst.BaseStatement]] | None = None
    statement: Callable[[Work, Construct, cst.SimpleStatementLine], Sequence[cst.BaseStatement]] | None = None
    expression: (
        Callable[[Work, str, cst.BaseExpression, cst.BaseExpression], cst.BaseExpression | None] | None
    ) = None
    deployments: Callable[[Model, Construct], Sequence[Deployment]] | None = None


@dataclass(frozen=True)
class Registered:
    """A rule with the name of its file and its docstring."""

    name: str
    about: str
    rule: Rule

    @property
    def title(self) -> str:
        """The first line of the docstring."""
        return self.about.strip().splitlines()[0]


@cache
def registry() -> tuple[Registered, ...]:
    """All rules, in the order of their files' names."""
    found = []
    for item in sorted(iter_modules(__path__), key=lambda item: item.name):
        module = import_module(f"{__name__}.{item.name}")
        found.append(Registered(item.name, module.__doc__ or "", module.RULE))
    return tuple(found)


@cache
def _by_name() -> dict[tuple[str, bool], Registered]:
    return {(name, r.rule.role == "base"): r for r in registry() for name in r.rule.names}


@cache
def rule_for(path: str, base: bool = False) -> Registered | None:
    """The rule of a canonical Dagster name; the longest name that leads to it counts."""
    parts = path.split(".")
    for cut in range(len(parts), 1, -1):
        found = _by_name().get((".".join(parts[:cut]), base))
        if found:
            return found
    return None


def is_construct(path: str, where: Where) -> bool:
    """Whether a Dagster name makes a construct: as a decorator, called, or called inside an argument.

    Unknown names are constructs too, so that none is lost; within an argument they are reported with it.
    """
    found = rule_for(path)
    if where == "decorator":
        return found is None or found.rule.role == "decorator"
    if found is None:
        last = path.rsplit(".", 1)[-1]
        return where == "call" and (last[:1].isupper() or path.count(".") == 1)
    return found.rule.role == "call"
