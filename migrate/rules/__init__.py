"""One file for each Dagster construct. The folder is the registry: a file that is here is a rule.

A rule's module holds `RULE` and a docstring: its first line says which construct becomes what, the
rest what differs, with a link upstream. `migrate rules` and the mapping page are made of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Any, Literal

from migrate.reading.custom import teach

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
        method: rewrites a method called on the value, by the method's name.
        deployments: what it adds to prefect.yaml.
        stands_for: module and name of the class that takes a library class's place.
        remedies: what to do by hand, for names that have no equal; names may be whole packages.
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
    method: Callable[[Work, str, cst.Call, cst.Call], cst.BaseExpression | None] | None = None
    deployments: Callable[[Model, Construct], Sequence[Deployment]] | None = None
    stands_for: tuple[str, str] | None = None
    remedies: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Registered:
    """A rule with the name of its file, its docstring, and the dotted name of its module."""

    name: str
    about: str
    rule: Rule
    module: str = ""

    @property
    def title(self) -> str:
        """The first line of the docstring."""
        return self.about.strip().splitlines()[0]


@cache
def registry() -> tuple[Registered, ...]:
    """All rules, in the order of their files' names, then those of other distributions.

    A rule of another distribution is a module with `RULE` and a docstring, named by an entry point of the
    group `changeover.rules`; for a name that has a rule here already, it takes its place.
    """
    found = []
    for item in sorted(iter_modules(__path__), key=lambda item: item.name):
        module = import_module(f"{__name__}.{item.name}")
        found.append(Registered(item.name, module.__doc__ or "", module.RULE, module.__name__))
    for point in sorted(entry_points(group="changeover.rules"), key=lambda point: point.name):
        module = point.load()
        found.append(Registered(point.name, module.__doc__ or "", module.RULE, module.__name__))
        teach(module.RULE.names)
    return tuple(found)


@cache
def _by_name() -> dict[tuple[str, bool], Registered]:
    found = {}
    for item in registry():
        base = item.rule.role == "base"
        places = (True, False) if item.rule.class_ and not base else (base,)
        found.update({(name, place): item for name in item.rule.names for place in places})
    return found


@cache
def rule_for(path: str, base: bool = False) -> Registered | None:
    """The rule of a canonical Dagster name; the longest name that leads to it counts."""
    parts = path.split(".")
    for cut in range(len(parts), 0, -1):
        found = _by_name().get((".".join(parts[:cut]), base))
        if found:
            return found
    return None


def remedy_for(path: str) -> str:
    """What to do by hand in place of a Dagster name that is not converted; empty when nobody said."""
    found = rule_for(path) or rule_for(path, base=True)
    if found is None:
        return ""
    parts = path.split(".")
    names = (".".join(parts[:cut]) for cut in range(len(parts), 0, -1))
    return next((found.rule.remedies[name] for name in names if name in found.rule.remedies), "")


def is_construct(path: str, where: Where) -> bool:
    """Whether a Dagster name makes a construct: as a decorator, called, or called inside an argument.

    Unknown names are constructs too, so that none is lost; within an argument they are reported with it.
    So is a decorator of steps that is called: `dg.asset(group_name="g")(function)`.
    """
    found = rule_for(path)
    found = None if found and found.rule.remedies else found
    if where == "decorator":
        return found is None or found.rule.role == "decorator"
    if found is None:
        last = path.rsplit(".", 1)[-1]
        return where == "call" and (last[:1].isupper() or path.count(".") == 1)
    return found.rule.role == "call" or (where == "call" and found.rule.unit is not None)
