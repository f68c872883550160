"""`AssetsDefinition.from_graph` and `from_op`, written as the `@graph_asset` that they are.

A graph that nothing else names gets the decorator itself; any other is called by a new function, and so is
an op. What such a call says besides keys, group and partitions leaves it as it is: it is refused by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import libcst as cst

from migrate.reading.graph_backed_parts import (
    MADE,
    Asked,
    Calls,
    Swap,
    Untold,
    dictionary,
    is_heading,
    keys_of,
    quoted,
    spelled_call,
)
from migrate.reading.lazy_modules import LazyModules
from migrate.reading.lines import lines_of
from migrate.reading.names import External, Internal, collect, dotted
from migrate.reading.walking import look, rewrite

if TYPE_CHECKING:
    from migrate.reading.project import Project, PythonFile

KEYS = ("keys_by_input_name", "keys_by_output_name")
CARRIED = ("group_name", "partitions_def", "can_subset")


def write_out_graph_assets(project: Project) -> None:
    """Change the modules that make assets of graphs and ops by calls, before anything is read of them."""
    for python in project.python.values():
        if python.described_in or python.shadowed:
            continue
        text = (project.root / python.path).read_bytes()
        if b".from_graph(" in text or b".from_op(" in text:
            _Module(project, python).write()


@dataclass(frozen=True)
class _Wanted:
    """One such call: the variable that gets it, the graph or op with its module, and what is said of it."""

    call: cst.Call
    target: str
    spelled: str
    module: str
    function: cst.FunctionDef
    decorator: cst.BaseExpression
    given: Mapping[str, cst.BaseExpression] = field(default_factory=dict)


class _Module:
    def __init__(self, project: Project, python: PythonFile) -> None:
        self._project, self._python = project, python
        self._names = project.names.modules[python.module]
        self._imports: set[str] = set()
        self._lines = python.lines or lines_of(python.tree)
        self._decorated: dict[int, cst.FunctionDef] = {}
        self._taken = {*self._names.imports, *self._names.nodes}

    def write(self) -> None:
        """Replace each call that can be told."""
        body: list[Any] = []
        for statement in self._python.tree.body:
            body += self._statement(statement)
        if not self._imports:
            return
        body = [self._decorated.get(id(s), s) for s in body]
        tree = self._python.tree
        first = next((n for n, s in enumerate(body) if not is_heading(s)), 0)
        imports = [cst.parse_statement(f"from dagster import {name}") for name in sorted(self._imports)]
        tree = tree.with_changes(body=[*body[:first], *imports, *body[first:]])
        self._python.tree, self._python.lines = tree, self._lines
        modules = self._project.names.modules
        assert isinstance(modules, LazyModules)
        modules.loaded[self._python.module] = collect(tree, self._python.module, self._python.package)

    def _statement(self, statement: Any) -> list[Any]:
        finder = Calls()
        if isinstance(statement, cst.SimpleStatementLine):
            look(statement, finder)
        made: list[Any] = []
        for call in finder.found:
            small = statement.body[0]
            whole = isinstance(small, cst.Assign) and small.value is call
            target = dotted(small.targets[0].target) if isinstance(small, cst.Assign) and whole else ""
            try:
                wanted = self._wanted(call, target)
                function = self._function(wanted, statement)
            except Untold:
                continue
            made += [function] if function else []
            if whole:
                return made
            name = function.name.value if function else wanted.function.name.value
            statement = rewrite(statement, Swap(call, cst.Name(name), self._lines))
            self._lines.setdefault(id(statement), self._lines.get(id(call), 1))
        return [*made, statement]

    def _wanted(self, call: cst.Call, target: str) -> _Wanted:
        assert isinstance(call.func, cst.Attribute)
        names = self._project.names
        owner = names.resolve(self._python.module, dotted(call.func.value))
        if not isinstance(owner, External) or owner.path != "dagster.AssetsDefinition" or not call.args:
            raise Untold
        given = {a.keyword.value: a.value for a in call.args if a.keyword}
        said = [a for a in call.args if not a.keyword]
        named = next((given.pop(n) for n in ("graph_def", "op_def") if n in given), None)
        node = said[0].value if said else named
        if len(said) > 1 or node is None or set(given) - {*KEYS, *CARRIED, "key_prefix"}:
            raise Untold
        meaning = names.resolve(self._python.module, dotted(node))
        if not isinstance(meaning, Internal) or meaning.rest:
            raise Untold
        found = [
            n
            for n in names.modules[meaning.module].nodes.get(meaning.name, [])
            if isinstance(n, cst.FunctionDef)
        ]
        if len(found) != 1 or len(found[0].decorators) != 1:
            raise Untold
        decorator = found[0].decorators[0].decorator
        func = decorator.func if isinstance(decorator, cst.Call) else decorator
        kind = names.resolve(meaning.module, dotted(func))
        if not isinstance(kind, External) or kind.path != MADE[call.func.attr.value]:
            raise Untold
        return _Wanted(call, target, dotted(node), meaning.module, found[0], decorator, given)

    def _function(self, wanted: _Wanted, statement: cst.SimpleStatementLine) -> cst.FunctionDef | None:
        """The new function; None where the graph itself has become it."""
        decorator = cst.Decorator(self._decorator(wanted))
        function, line = wanted.function, self._lines.get(id(wanted.call), 1)
        own = wanted.module == self._python.module
        if own and _is_graph(wanted) and self._is_lonely(wanted, statement):
            name = cst.Name(wanted.target or function.name.value)
            changed = function.with_changes(decorators=[decorator], name=name)
            self._note(decorator, line)
            self._lines[id(changed)] = self._lines.get(id(function), line)
            self._decorated[id(function)] = changed
            return None
        name_ = wanted.target or self._free(f"{function.name.value}_asset")
        if name_ == wanted.spelled:
            raise Untold
        names = [p.name.value for p in _parameters(wanted)]
        call = f"{wanted.spelled}({', '.join(names)})"
        outs = _outs(wanted)
        code = f"def {name_}({', '.join(names)}):\n"
        if outs and not _is_graph(wanted):
            pairs = ", ".join(f'"{out}": {out}' for out in outs)
            code += f"    {', '.join(outs)} = {call}\n    return {{{pairs}}}\n"
        else:
            code += f"    return {call}\n"
        made = cst.parse_statement(code)
        assert isinstance(made, cst.FunctionDef)
        blank = statement.leading_lines or [cst.EmptyLine(indent=False)] * 2
        made = made.with_changes(decorators=[decorator], leading_lines=blank)
        self._note(made, line)
        return made

    def _note(self, node: cst.CSTNode, line: int) -> None:
        holder = (
            cst.FunctionDef(cst.Name("f"), cst.Parameters(), cst.IndentedBlock([]), [node])
            if isinstance(node, cst.Decorator)
            else node
        )
        for part in lines_of(cst.Module([holder])):  # type: ignore[list-item]
            self._lines.setdefault(part, line)

    def _free(self, name: str) -> str:
        while name in self._taken:
            name += "_"
        self._taken.add(name)
        return name

    def _is_lonely(self, wanted: _Wanted, statement: cst.SimpleStatementLine) -> bool:
        """Whether nothing else names the graph; a variable of its name hides it from what comes after."""
        asked = Asked(wanted.function.name.value)
        if wanted.target == wanted.function.name.value:
            for part in self._python.tree.body[: list(self._python.tree.body).index(statement)]:
                look(part, asked)
            return asked.found == 0
        look(self._python.tree, asked)
        return (
            asked.found == 1 and f"{wanted.module}.{wanted.function.name.value}" not in self._project.imported
        )

    def _dagster(self, name: str) -> str:
        taken = name in self._names.imports or name in self._names.nodes
        spelled = f"dagster_{name}" if taken else name
        self._imports.add(f"{name} as {spelled}" if taken else name)
        return spelled

    def _decorator(self, wanted: _Wanted) -> cst.Call:
        outs, given = _outs(wanted), wanted.given
        args: dict[str, cst.BaseExpression] = {} if outs else {"name": quoted(wanted.function.name.value)}
        by_output = keys_of(given.get("keys_by_output_name"))
        by_input = keys_of(given.get("keys_by_input_name"))
        if by_input:
            one = self._dagster("AssetIn")
            args["ins"] = dictionary({n: spelled_call(one, {"key": key}) for n, key in by_input.items()})
        prefix = {"key_prefix": given["key_prefix"]} if "key_prefix" in given else {}
        if outs:
            one = self._dagster("AssetOut")
            told = {o: {"key": by_output[o]} if o in by_output else prefix for o in outs}
            args["outs"] = dictionary({o: spelled_call(one, said) for o, said in told.items()})
            args["name"] = quoted(wanted.function.name.value)
        elif by_output:
            args = {"key": by_output[min(by_output)], **{n: v for n, v in args.items() if n != "name"}}
        else:
            args |= prefix
        for name in CARRIED:
            if name in given and (outs or name != "can_subset"):
                args[name] = given[name]
        return spelled_call(self._dagster("graph_multi_asset" if outs else "graph_asset"), args)


def _is_graph(wanted: _Wanted) -> bool:
    return isinstance(wanted.call.func, cst.Attribute) and wanted.call.func.attr.value == "from_graph"


def _parameters(wanted: _Wanted) -> Sequence[cst.Param]:
    """What a graph or an op takes from assets."""
    params = wanted.function.params
    if params.kwonly_params or params.star_kwarg or isinstance(params.star_arg, cst.Param):
        raise Untold
    found = [*params.posonly_params, *params.params]
    if _is_graph(wanted):
        return found
    found = found[1:] if found and found[0].name.value.lstrip("_") in ("context", "") else found
    ins = wanted.decorator.args if isinstance(wanted.decorator, cst.Call) else ()
    plain = all(p.annotation is None or dotted(p.annotation.annotation) in PLAIN for p in found)
    if not plain or any(a.keyword and a.keyword.value == "ins" for a in ins):
        raise Untold
    return found


PLAIN = ("int", "str", "float", "bool", "list", "dict", "pd.DataFrame", "DataFrame", "pandas.DataFrame")


def _outs(wanted: _Wanted) -> list[str]:
    """The names of several outputs; empty for a single one."""
    args = wanted.decorator.args if isinstance(wanted.decorator, cst.Call) else ()
    out = next((a.value for a in args if a.keyword and a.keyword.value in ("out", "outs")), None)
    if out is None or (isinstance(out, cst.Call) and not isinstance(out, cst.Dict)):
        return []
    return list(keys_of(out))
