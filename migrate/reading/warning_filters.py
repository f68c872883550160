"""Blocks at the top of a module that only quieten Dagster's warnings: the target has none of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import libcst as cst

from migrate.reading.names import absolute, collected, dotted

FILTERS = ("warnings.filterwarnings", "warnings.simplefilter", "filterwarnings", "simplefilter")
Block = cst.Try | cst.If | cst.With


def without_warning_filters(tree: cst.Module, module: str, package: bool) -> cst.Module:
    """The module without such blocks; what else a block does keeps all of it."""
    if not any(isinstance(s, Block) for s in tree.body):
        return tree
    imports = collected(tree, module, package).imports
    body = [s for s in tree.body if not (isinstance(s, Block) and _only_quietens(s, imports))]
    return tree if len(body) == len(tree.body) else tree.with_changes(body=body)


def _only_quietens(block: Block, imports: dict[str, str]) -> bool:
    warned = set[str]()
    for small in _smalls([block]):
        name = _warning(small, imports)
        if name is not None:
            warned |= name
        elif not isinstance(small, cst.Pass) and not _filters(small, warned):
            return False
    return bool(warned)


def _smalls(body: Iterable[cst.CSTNode]) -> Iterator[cst.CSTNode]:
    """All simple statements of a block, however deep; any other kind of statement as itself."""
    for statement in body:
        if isinstance(statement, cst.SimpleStatementLine):
            yield from statement.body
        elif isinstance(statement, Block | cst.Else | cst.ExceptHandler | cst.Finally):
            yield from _smalls(statement.body.body)
            if isinstance(statement, cst.Try):
                more = (*statement.handlers, statement.orelse, statement.finalbody)
                yield from _smalls(part for part in more if part)
            elif isinstance(statement, cst.If) and statement.orelse:
                yield from _smalls([statement.orelse])
        else:
            yield statement


def _warning(small: cst.CSTNode, imports: dict[str, str]) -> set[str] | None:
    """The names a statement gives to Dagster's warnings; None for a statement that does not."""
    if isinstance(small, cst.ImportFrom) and not isinstance(small.names, cst.ImportStar):
        names = [dotted(alias.name) for alias in small.names]
        ours = absolute(small, "", False).split(".")[0] == "dagster"
        bound = {dotted(a.asname.name) if a.asname else dotted(a.name) for a in small.names}
        return bound if ours and all(name.endswith("Warning") for name in names) else None
    value = small.value if isinstance(small, cst.Assign) else None
    if isinstance(value, cst.Call) and dotted(value.func) == "getattr" and len(value.args) > 1:
        said = value.args[1].value
        text = said.evaluated_value if isinstance(said, cst.SimpleString) else ""
        ours = imports.get(dotted(value.args[0].value), "") == "dagster"
        if ours and isinstance(text, str) and text.endswith("Warning") and isinstance(small, cst.Assign):
            return {dotted(target.target) for target in small.targets}
    if _filters(small, set()) and isinstance(small, cst.Expr) and isinstance(small.value, cst.Call):
        said_names = [dotted(argument.value) for argument in small.value.args]
        paths = [imports.get(n.split(".")[0], "") for n in said_names if n.endswith("Warning")]
        return {"_"} if any(path.split(".")[0] == "dagster" for path in paths) else None
    return None


def _filters(small: cst.CSTNode, warned: set[str]) -> bool:
    """Whether a statement is a filter of warnings, of these when some are named."""
    call = small.value if isinstance(small, cst.Expr) else None
    if not isinstance(call, cst.Call) or dotted(call.func) not in FILTERS:
        return False
    said = {dotted(a.value) for a in call.args} - {""}
    return not warned or bool(said & warned)
