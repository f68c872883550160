"""Every call of dbt from Python: by whom, in which order, with which arguments and variables.

From each function that Dagster runs, the project's own functions are followed to `dbt.cli([...])`,
`dbtRunner().invoke([...])` and subprocesses of dbt. Loops over known lists are laid out. Nothing runs.

Upstream: https://docs.getdbt.com/reference/programmatic-invocations
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.dbt_call import (
    COMMANDS,
    HARMLESS,
    DbtCall,
    default_of,
    maybe,
    option,
    split,
    variables_of,
    word,
)
from migrate.reading.dbt_modules import leading
from migrate.reading.dbt_values import Context, Reader
from migrate.reading.names import External, Internal, dotted
from migrate.reading.scope import Scope, bind
from migrate.reading.values import Called, Unknown
from migrate.reading.walking import parts_of

if TYPE_CHECKING:
    from migrate.reading.constructs import Construct
    from migrate.reading.project import Project

DEPTH = 6
SPAWNS = ("run", "call", "check_call", "check_output", "Popen", "system", "getoutput", "getstatusoutput")


@dataclass
class _Path:
    """Where a walk stands."""

    entry: str
    calls: list[DbtCall] = field(default_factory=list)
    steps: tuple[str, ...] = ()
    repeated: bool = False
    other_calls: bool = False
    seen: tuple[str, ...] = ()


def dbt_calls(project: Project) -> list[DbtCall]:
    """All calls of all functions that Dagster runs, in the order of each function's own path."""
    walker = Walker(project)
    found: list[DbtCall] = []
    for construct in project.constructs.values():
        leads = construct.module in walker.leading
        if leads and isinstance(construct.node, cst.FunctionDef) and construct.shape == "function":
            found += walker.entry(construct)
    for file in project.python.values():
        for names in (
            []
            if file.shadowed or file.module not in walker.leading
            else project.names.modules[file.module].nodes.items()
        ):
            found += walker.helper(file.module, *names)
    return found


class Walker:
    """Follows the statements of functions, and the project's functions they call."""

    def __init__(self, project: Project) -> None:
        self.project, self.reader = project, Reader(project)
        self.reached: set[str] = set()
        self.held: dict[int, tuple[cst.Call, ...]] = {}
        self.leading = leading(project)

    def entry(self, construct: Construct) -> list[DbtCall]:
        """The calls that one construct's function makes."""
        node = construct.node
        assert isinstance(node, cst.FunctionDef)
        schema = self.project.value(construct, "config_schema")
        config = {k: default_of(v) for k, v in schema.items()} if isinstance(schema, dict) else {}
        local: dict[str, Any] = {}
        for param in [*node.params.params, *node.params.kwonly_params]:
            name = param.name.value
            local[name] = (
                Context(config) if name == "context" else self.reader.annotated(param, construct.module)
            )
        path = _Path(construct.name, seen=(construct.place,))
        self.block(node.body.body, Scope(construct.module, local), path, local)
        return path.calls

    def helper(self, module: str, name: str, nodes: Sequence[cst.CSTNode]) -> list[DbtCall]:
        """The calls of a function that no construct leads to: somebody else's way to the same models."""
        node, key = nodes[-1], f"{module}:{name}"
        if key in self.reached or not isinstance(node, cst.FunctionDef) or self.project.place_of(node):
            return []
        params = [*node.params.params, *node.params.kwonly_params]
        local = {p.name.value: self.reader.annotated(p, module) for p in params}
        path = _Path(f"{module}.{name}", seen=(key,))
        self.block(node.body.body, Scope(module, local), path, local)
        return path.calls

    def block(self, body: Sequence[cst.CSTNode], scope: Scope, path: _Path, local: dict[str, Any]) -> None:
        """Statement by statement; `local` is what they bind."""
        for statement in body:
            here = Scope(scope.module, local)
            if isinstance(statement, cst.SimpleStatementLine):
                for small in statement.body:
                    self.calls_in(small, here, path)
                    self.assign(small, here, local)
            elif isinstance(statement, cst.For):
                self.loop(statement, here, path, local)
            elif isinstance(statement, cst.While):
                before, path.repeated = path.repeated, True
                self.block(statement.body.body, here, path, local)
                path.repeated = before
            elif isinstance(statement, cst.If):
                self.branch(statement, here, path, local)
            elif isinstance(statement, cst.With):
                for item in statement.items:
                    self.calls_in(item.item, here, path)
                self.block(statement.body.body, here, path, local)
            elif isinstance(statement, cst.Try):
                self.block(statement.body.body, here, path, local)
                for part in (*statement.handlers, statement.orelse, statement.finalbody):
                    if part is not None:
                        self.block(part.body.body, here, path, local)

    def loop(self, node: cst.For, scope: Scope, path: _Path, local: dict[str, Any]) -> None:
        """Once an item of a list that is known, else once, as repeated."""
        self.calls_in(node.iter, scope, path)
        items = self.reader.value(node.iter, scope)
        if isinstance(items, list | tuple | range) and 0 < len(items) <= 50:
            for item in items:
                local.update(bind(node.target, item))
                self.block(node.body.body, scope, path, local)
            return
        before, path.repeated = path.repeated, True
        local.update(bind(node.target, Unknown(f"{cst.Module([]).code_for_node(node.target)} of a loop")))
        self.block(node.body.body, scope, path, local)
        path.repeated = before

    def branch(self, node: cst.If, scope: Scope, path: _Path, local: dict[str, Any]) -> None:
        """The branch that is known to be taken; else both, and what only one appends is uncertain."""
        self.calls_in(node.test, scope, path)
        test = self.reader.value(node.test, scope)
        test = bool(test) if isinstance(test, bool | int | str | list | dict) else None
        below = node.orelse
        if test is not False:
            added = dict(local)
            self.block(node.body.body, scope, path, added)
            local.update(added if test is True else maybe(local, added))
        if below is not None and test is not True:
            inner = [below] if isinstance(below, cst.If) else below.body.body
            self.block(inner, scope, path, local)

    def assign(self, node: cst.CSTNode, scope: Scope, local: dict[str, Any]) -> None:
        """Bind names; `x.append(...)` and `x += [...]` make a longer list."""
        if isinstance(node, cst.Assign):
            value = self.reader.value(node.value, scope)
            for target in node.targets:
                local.update(bind(target.target, value))
                self._item(target.target, value, scope, local)
        elif isinstance(node, cst.AnnAssign) and node.value is not None:
            local.update(bind(node.target, self.reader.value(node.value, scope)))
        elif isinstance(node, cst.AugAssign) and isinstance(node.target, cst.Name):
            self._longer(node.target.value, self.reader.value(node.value, scope), local)
        elif isinstance(node, cst.Expr) and isinstance(node.value, cst.Call):
            func = node.value.func
            if isinstance(func, cst.Attribute) and isinstance(func.value, cst.Name) and node.value.args:
                more = self.reader.value(node.value.args[0].value, scope)
                if func.attr.value in ("append", "extend"):
                    many = more if func.attr.value == "extend" else [more]
                    self._longer(func.value.value, many, local)

    def _item(self, target: cst.CSTNode, value: Any, scope: Scope, local: dict[str, Any]) -> None:
        """`variables["year"] = year`."""
        if isinstance(target, cst.Subscript) and isinstance(target.value, cst.Name):
            held, index = local.get(target.value.value), target.slice[0].slice
            if isinstance(held, dict) and isinstance(index, cst.Index):
                key = self.reader.value(index.value, scope)
                local[target.value.value] = {**held, str(key): value}

    def _longer(self, name: str, more: Any, local: dict[str, Any]) -> None:
        if isinstance(local.get(name), list) and isinstance(more, list | tuple):
            local[name] = [*local[name], *more]

    def calls_in(self, node: cst.CSTNode, scope: Scope, path: _Path) -> None:
        """The calls of an expression or statement, inner ones first."""
        held = self.held.get(id(node))
        if held is None:
            held = self.held[id(node)] = tuple(_calls(node))
        for call in held:
            self.call(call, scope, path)

    def call(self, node: cst.Call, scope: Scope, path: _Path) -> None:
        """A call of dbt is noted; one of the project's own functions is gone into."""
        how, given = self.kind(node, scope)
        if how:
            self.note(node, how, given, scope, path)
            return
        meant = self.project.names.resolve(scope.module, dotted(node.func)) if dotted(node.func) else None
        definition = self.definition(meant)
        if definition is None or not isinstance(meant, Internal):
            name = dotted(node.func).rpartition(".")[2]
            path.other_calls |= bool(name) and ".log." not in f".{dotted(node.func)}" and name not in HARMLESS
            return
        key = f"{meant.module}:{meant.name}"
        self.reached.add(key)
        if key in path.seen or len(path.seen) > DEPTH:
            return
        local = self.reader.bound(definition, node, scope)
        before = path.seen, path.steps
        path.seen, path.steps = (*path.seen, key), (*path.steps, self.place(node, scope))
        count = len(path.calls)
        self.block(definition.body.body, Scope(meant.module, local), path, local)
        path.other_calls |= len(path.calls) == count
        path.seen, path.steps = before

    def definition(self, meant: Any) -> cst.FunctionDef | None:
        """The function of the project that a name means."""
        if not isinstance(meant, Internal) or meant.rest or meant.module not in self.leading:
            return None
        nodes = self.project.names.modules[meant.module].nodes.get(meant.name, [])
        last = nodes[-1] if nodes else None
        # What Dagster runs by itself has a path of its own.
        return last if isinstance(last, cst.FunctionDef) and not self.project.place_of(last) else None

    def kind(self, node: cst.Call, scope: Scope) -> tuple[str, list[Any]]:
        """(how, arguments) of a call of dbt; ("", []) for any other."""
        func, first = node.func, node.args[0].value if node.args else None
        name = func.attr.value if isinstance(func, cst.Attribute) else dotted(func)
        if name not in ("cli", "invoke", *SPAWNS) or first is None:
            return "", []
        value = self.reader.value(first, scope)
        meant = self.project.names.resolve(scope.module, dotted(func)) if dotted(func) else None
        if isinstance(func, cst.Attribute) and name == "cli" and not isinstance(meant, Internal):
            return "cli", value if isinstance(value, list) else [value]
        if isinstance(func, cst.Attribute) and name == "invoke":
            owner = self.reader.value(func.value, scope)
            runner = isinstance(owner, Called) and owner.short in ("dbtRunner", "PrefectDbtRunner")
            return ("dbtRunner", value if isinstance(value, list) else [value]) if runner else ("", [])
        library = isinstance(meant, External) and meant.path.split(".")[0] in ("subprocess", "os")
        words = split(value) if library else []
        return ("subprocess", words) if words else ("", [])

    def note(self, node: cst.Call, how: str, given: list[Any], scope: Scope, path: _Path) -> None:
        """Add the call to its path."""
        file, _, line = self.place(node, scope).rpartition(":")
        words = [word(g) for g in given]
        command = next((w for w in words if w in COMMANDS), "")
        refresh: bool | None = "--full-refresh" in words
        if "--full-refresh?" in words:
            refresh = None
        path.calls.append(
            DbtCall(
                entry=path.entry,
                order=len(path.calls) + 1,
                file=file,
                line=int(line),
                how=how,
                command=command,
                arguments=tuple(words),
                select=option(words, ("--select", "-s", "--models", "-m")),
                variables=variables_of(given),
                full_refresh=refresh,
                repeated=path.repeated,
                python_before=path.other_calls and bool(path.calls),
                path=(*path.steps, self.place(node, scope)),
            )
        )
        path.other_calls = False

    def place(self, node: cst.Call, scope: Scope) -> str:
        """file:line of a call."""
        file = next((f for f in self.project.python.values() if f.module == scope.module), None)
        return f"{file.path}:{file.line(node)}" if file else f"{scope.module.replace('.', '/')}.py:0"


SKIPPED = (cst.FunctionDef, cst.Lambda, cst.ClassDef, cst.Import, cst.ImportFrom, cst.Name, cst.SimpleString)


def _calls(node: cst.CSTNode) -> Iterator[cst.Call]:
    if isinstance(node, SKIPPED):
        return
    for child in parts_of(node):
        yield from _calls(child)
    if isinstance(node, cst.Call):
        yield node
