"""Components of the project's own classes: `build_defs`, written out with what a YAML file gives it.

Such a class is a factory whose arguments stand in YAML. Its statements are laid out at the top of the module
that stands for the file: fields replaced by their values, branches chosen, loops unrolled.

Upstream: https://docs.dagster.io/guides/build/components/creating-new-components
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import libcst as cst

from migrate.reading.component_methods import Laid, laid_out
from migrate.reading.component_templates import Scope, Untold
from migrate.reading.component_values import Values, fields_of
from migrate.reading.names import External, Internal, NameIndex, dotted
from migrate.reading.unrolling import straight

BASES = ("Component", "Model", "Resolvable", "ABC", "BaseModel", "Generic")
Methods = dict[str, tuple[str, cst.FunctionDef]]


def class_of(names: NameIndex, kind: str) -> tuple[str, cst.ClassDef] | None:
    """The project's class that a type in YAML names, with its module; None when it is none."""
    meaning = names.follow(kind)
    if not isinstance(meaning, Internal) or meaning.rest:
        return None
    node = names.modules[meaning.module].nodes[meaning.name][-1]
    return (meaning.module, node) if isinstance(node, cst.ClassDef) else None


def own(
    names: NameIndex, kind: str, name: str, attributes: Mapping[str, Any], root: Callable[[], str]
) -> tuple[str, str]:
    """The imports of one component, and its methods as functions with its definitions.

    Args:
        names: what the project's names mean.
        kind: the type that YAML names.
        name: the name of the component among those of its file.
        attributes: what YAML says.
        root: the expression of the project's folder.

    Raises:
        Untold: it cannot be written out.
    """
    found = class_of(names, kind)
    if found is None:
        raise Untold("this type of component")
    module, node = found
    methods = _methods(names, module, node)
    if "build_defs" not in methods:
        raise Untold("this type of component")
    scope = Scope(root, _scope(methods))
    values = Values(names, scope)
    given = values.given(attributes, fields_of(names, module, node))
    laid = Laid(name, given, methods, values.models, root)
    params = methods["build_defs"][1].params.params
    context = params[1].name.value if len(params) > 1 else ""
    body = straight(laid_out(laid, "build_defs", context), name, values.models)
    pieces: list[tuple[str, Sequence[cst.BaseStatement]]] = [(methods["build_defs"][0], body)]
    done: list[str] = []
    while rest := [m for m in laid.waiting if m not in done]:
        done.append(rest[0])
        pieces.append((methods[rest[0]][0], [laid_out(laid, rest[0], laid.contexts.get(rest[0], ""))]))
    ordered = [*pieces[1:], pieces[0]]
    text = "\n".join(_code(statements) for _, statements in ordered)
    extra = [*scope.imports, *laid.imports, *(f"from {m} import {n}" for m, n in values.models.values())]
    modules = dict.fromkeys([module, *(m for m, _ in ordered)])
    return "\n".join(imports_for(names, text, list(modules), extra)), text


def _code(statements: Sequence[cst.BaseStatement]) -> str:
    return "".join(cst.Module([]).code_for_node(statement) for statement in statements)


def _methods(names: NameIndex, module: str, node: cst.ClassDef) -> Methods:
    """The methods of a class, those of the project's classes below it too.

    Raises:
        Untold: it stands on a class of a library whose own methods count.
    """
    found: Methods = {}
    for base in node.bases:
        kind = base.value.value if isinstance(base.value, cst.Subscript) else base.value
        meaning = names.resolve(module, dotted(kind))
        if isinstance(meaning, Internal) and not meaning.rest:
            inner = names.modules[meaning.module].nodes[meaning.name][-1]
            if isinstance(inner, cst.ClassDef):
                found |= _methods(names, meaning.module, inner)
                continue
        path = meaning.path if isinstance(meaning, External) else dotted(kind)
        if path.rpartition(".")[2] not in BASES:
            raise Untold(f"a class on top of {path}")
    for statement in node.body.body:
        if isinstance(statement, cst.FunctionDef):
            found[statement.name.value] = (module, statement)
    return found


def _scope(methods: Methods) -> dict[str, str]:
    """What `get_additional_scope` offers to templates, as expressions of the class's module."""
    told = methods.get("get_additional_scope")
    last = told[1].body.body[-1] if told and told[1].body.body else None
    small = last.body[-1] if isinstance(last, cst.SimpleStatementLine) else None
    value = small.value if isinstance(small, cst.Return) else None
    if not isinstance(value, cst.Dict):
        return {}
    pairs = [e for e in value.elements if isinstance(e, cst.DictElement)]
    code = cst.Module([]).code_for_node
    return {
        str(e.key.evaluated_value): f"({code(e.value)})" for e in pairs if isinstance(e.key, cst.SimpleString)
    }


def imports_for(names: NameIndex, text: str, modules: Sequence[str], extra: Sequence[str]) -> list[str]:
    """The import statements that a text needs for what its modules import or define."""
    tree = ast.parse(text)
    bound = set(_bound(tree.body))
    spoken = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name)} - bound - set(dir(builtins))
    told = {line.split(" as ")[-1].split(" import ")[-1].split()[-1]: line for line in extra}
    found = {"dg": "import dagster as dg", **{n: line for n, line in told.items() if n in spoken}}
    for name in sorted(spoken):
        for module in modules:
            line = _import(names, module, name)
            if line and found.setdefault(name, line) != line and name not in told:
                raise Untold(f"{name}, which means several things")
    return sorted(set(found.values()), key=lambda line: (line.startswith("from"), line))


def _import(names: NameIndex, module: str, name: str) -> str:
    known = names.modules[module]
    if name in known.nodes:
        return f"from {module} import {name}"
    target = known.imports.get(name, "")
    head, _, last = target.rpartition(".")
    if not target:
        return ""
    renamed = "" if last == name else f" as {name}"
    return f"from {head} import {last}{renamed}" if head else f"import {target}{renamed}"


def _bound(body: Sequence[ast.stmt]) -> Iterator[str]:
    for statement in body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            yield statement.name
        for node in ast.walk(statement) if not isinstance(statement, ast.FunctionDef) else ():
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id
