"""The body of `build_defs` as statements of a module: branches chosen, loops over literals written out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import libcst as cst

from migrate.reading.component_templates import Untold
from migrate.reading.folding import Folds, true, worth
from migrate.reading.local_names import local_names
from migrate.reading.names import bound_by
from migrate.reading.walking import look, parts_of, rewrite


def straight(function: cst.FunctionDef, name: str, models: Mapping[str, Any]) -> list[cst.BaseStatement]:
    """The statements of a function that is called once; what it returns is called `<name>_defs`.

    Raises:
        Untold: it returns from several places, or a loop's functions share its variable.
    """
    body = list(function.body.body)
    if function.get_docstring():
        body = body[1:]
    done = _flat([s for s in body if isinstance(s, cst.BaseStatement)], models)
    last = done[-1] if done else None
    small = last.body[-1] if isinstance(last, cst.SimpleStatementLine) else None
    if not isinstance(small, cst.Return) or small.value is None or any(returns(s) for s in done[:-1]):
        raise Untold("definitions returned from several places")
    assert isinstance(last, cst.SimpleStatementLine)
    assign = cst.Assign([cst.AssignTarget(cst.Name(f"{name}_defs"))], small.value)
    return _named([*done[:-1], last.with_changes(body=[*last.body[:-1], assign])], name)


def _flat(body: Sequence[cst.BaseStatement], models: Mapping[str, Any]) -> list[cst.BaseStatement]:
    found: list[cst.BaseStatement] = []
    for statement in body:
        if isinstance(statement, cst.If) and (told := true(statement.test)) is not None:
            found += _flat(chosen(statement, told), models)
        elif isinstance(statement, cst.For) and _makes(statement):
            found += _unrolled(statement, models)
        elif isinstance(statement, cst.SimpleStatementLine):
            found.append(statement.with_changes(body=[added(small) for small in statement.body]))
        else:
            found.append(statement)
        last = found[-1] if found else None
        if isinstance(last, cst.SimpleStatementLine) and isinstance(last.body[-1], cst.Return):
            return found
    return found


def chosen(statement: cst.If, told: bool) -> list[cst.BaseStatement]:
    """The statements of the branch that is taken."""
    if told:
        return block_of(statement.body)
    other = statement.orelse
    return [other] if isinstance(other, cst.If) else block_of(other.body) if other else []


def block_of(suite: cst.BaseSuite) -> list[cst.BaseStatement]:
    """The statements of a block, one line or several."""
    if isinstance(suite, cst.IndentedBlock):
        return list(suite.body)
    assert isinstance(suite, cst.SimpleStatementSuite)
    return [cst.SimpleStatementLine(list(suite.body))]


def _makes(loop: cst.For) -> bool:
    """Whether a loop has functions or calls of its own that definitions are made of."""
    return isinstance(loop.iter, cst.List | cst.Tuple)


def added(small: cst.BaseSmallStatement) -> cst.BaseSmallStatement:
    """`names.append(one)` as `names += [one]`, which reading follows."""
    call = small.value if isinstance(small, cst.Expr) else None
    if not isinstance(call, cst.Call) or not isinstance(call.func, cst.Attribute) or len(call.args) != 1:
        return small
    func, given = call.func, call.args[0]
    if func.attr.value not in ("append", "extend") or not isinstance(func.value, cst.Name) or given.star:
        return small
    more = cst.List([cst.Element(given.value)]) if func.attr.value == "append" else given.value
    return cst.AugAssign(func.value, cst.AddAssign(), more)


def _unrolled(loop: cst.For, models: Mapping[str, Any]) -> list[cst.BaseStatement]:
    assert isinstance(loop.iter, cst.List | cst.Tuple)
    found: list[cst.BaseStatement] = []
    for place, element in enumerate(loop.iter.elements):
        put = targets(loop.target, element.value)
        once = [_with(_with(s, Put(put)), Folds(models)) for s in block_of(loop.body)]
        functions = {s.name.value for s in once if isinstance(s, cst.FunctionDef)}
        shared = _Spoken()
        for s in block_of(loop.body):
            if isinstance(s, cst.FunctionDef):
                look(s.body, shared)
        if len(loop.iter.elements) > 1 and shared.names & set(put):
            raise Untold("a loop whose functions share its variable")
        renamed = {n: cst.Name(f"{n}_{place + 1}") for n in functions}
        found += _flat([_with(s, Put(renamed, functions=True)) for s in once], models)
    return found


def _with(statement: cst.BaseStatement, transformer: cst.CSTTransformer) -> cst.BaseStatement:
    fresh = rewrite(statement, transformer)
    assert isinstance(fresh, cst.BaseStatement)
    return fresh


def targets(target: cst.BaseExpression, value: cst.BaseExpression) -> dict[str, cst.BaseExpression]:
    """The expressions that the variables of a loop stand for in one of its rounds."""
    if isinstance(target, cst.Name):
        return {target.value: value}
    parts = getattr(target, "elements", ())
    worths = getattr(value, "elements", ())
    if not parts or len(parts) != len(worths):
        raise Untold("a loop over what cannot be told")
    return {n: v for p, w in zip(parts, worths, strict=True) for n, v in targets(p.value, w.value).items()}


class Put(cst.CSTTransformer):
    """Puts expressions in the place of names; names of functions only when it renames them."""

    def __init__(self, put: Mapping[str, cst.BaseExpression], functions: bool = False) -> None:
        super().__init__()
        self._put, self._functions = put, functions
        self._hidden: list[frozenset[str]] = []
        self._outside: list[frozenset[str]] = []

    def visit_FunctionDef(self, node: cst.FunctionDef) -> None:
        """What a function binds itself hides the name."""
        self._hidden.append(frozenset(local_names(node, "", False)))

    def visit_Decorator(self, node: cst.Decorator) -> None:
        """A decorator stands outside of its function."""
        if self._hidden:
            self._outside.append(self._hidden.pop())

    def leave_Decorator(self, original_node: cst.Decorator, updated_node: cst.Decorator) -> cst.Decorator:
        """Back to the function."""
        if self._outside:
            self._hidden.append(self._outside.pop())
        return updated_node

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """The name of an attribute is no name."""
        return updated_node.with_changes(attr=original_node.attr)

    def leave_Arg(self, original_node: cst.Arg, updated_node: cst.Arg) -> cst.Arg:
        """Nor is that of an argument."""
        return updated_node.with_changes(keyword=original_node.keyword)

    def leave_Param(self, original_node: cst.Param, updated_node: cst.Param) -> cst.Param:
        """Nor that of a parameter."""
        return updated_node.with_changes(name=original_node.name)

    def leave_FunctionDef(
        self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef
    ) -> cst.FunctionDef:
        """A function keeps its name unless it is renamed."""
        self._hidden.pop()
        new = self._put.get(original_node.name.value) if self._functions else None
        return updated_node.with_changes(name=new if isinstance(new, cst.Name) else original_node.name)

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        """The expression in its place."""
        hidden = any(original_node.value in names for names in self._hidden)
        return updated_node if hidden else self._put.get(original_node.value, updated_node)


class _Spoken(cst.CSTVisitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def visit_Name(self, node: cst.Name) -> None:
        """LibCST calls this on the way in."""
        self.names.add(node.value)


def returns(statement: cst.CSTNode) -> bool:
    """Whether a statement returns from the function it stands in."""
    if isinstance(statement, cst.FunctionDef | cst.ClassDef):
        return False
    if isinstance(statement, cst.Return):
        return True
    return any(returns(child) for child in parts_of(statement))


def _named(body: list[cst.BaseStatement], name: str) -> list[cst.BaseStatement]:
    """Functions called as the assets they make, and variables that no other component of the file has."""
    taken = {n for s in body for n, _ in bound_by(s)}
    renamed: dict[str, str] = {}
    for statement in body:
        for bound, node in bound_by(statement):
            if bound in renamed or bound == f"{name}_defs":
                continue
            told = told_name(node) if isinstance(node, cst.FunctionDef) else ""
            if isinstance(node, cst.FunctionDef) and node.decorators and told is None:
                continue  # its name is the asset's
            wanted = told if told and told not in taken else f"{name}_{bound.strip('_')}"
            taken.add(wanted)
            renamed[bound] = wanted
    put: dict[str, cst.BaseExpression] = {old: cst.Name(new) for old, new in renamed.items()}
    return [_with(s, Put(put, functions=True)) for s in body]


def told_name(node: cst.FunctionDef) -> str | None:
    """The name of what a decorated function makes, as an identifier; None where its own name says so."""
    named = False
    for decorator in node.decorators:
        call = decorator.decorator
        for arg in call.args if isinstance(call, cst.Call) else ():
            if arg.keyword and arg.keyword.value in ("name", "key"):
                value = worth(arg.value)
                inner = arg.value.args if isinstance(arg.value, cst.Call) else ()
                parts = worth(inner[0].value) if inner else value
                text = parts[-1] if isinstance(parts, list | tuple) and parts else parts
                plain = re.sub(r"\W", "_", text) if isinstance(text, str) else ""
                if plain.isidentifier():
                    return plain
                named = True
    return "" if named else None


def settled(statement: cst.BaseStatement) -> list[cst.BaseStatement]:
    """A statement with the branches chosen whose test is told, up to a `return`."""
    told = true(statement.test) if isinstance(statement, cst.If) else None
    if not isinstance(statement, cst.If) or told is None:
        return [statement]
    found: list[cst.BaseStatement] = []
    for one in chosen(statement, told):
        found += settled(one)
        if isinstance(found[-1] if found else None, cst.SimpleStatementLine) and returns(found[-1]):
            break
    return found
