"""A module of generated flows: its imports mended, without a syntax tree of LibCST of what the flows do.

A flow over all assets of a project has a line or more for each of them. Its tree would be the largest of all
(twenty kilobytes for an asset), and all that is asked of it is which names it reads: Python's own parser
tells that in a tenth of the time and of the memory. So LibCST sees each function's head, and one line
that reads the same names in the place of the body.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Sequence

import libcst as cst

from migrate.reading.lines import code_of
from migrate.reading.parsing import parse_module
from migrate.rewriting.imports import mend

MARK = "_stands_for_lines_"


def written_out(
    head: str, parts: Sequence[str], needed: Iterable[tuple[str, str]], is_own: Callable[[str], bool]
) -> str:
    """The source of a module: its head, the imports that the parts need, and the parts.

    Args:
        head: the docstring.
        parts: the functions, and what stands before them.
        needed: pairs of module and name.
        is_own: whether a module is one of the project's.
    """
    text = head + "\n\n".join(parts)
    lines, short, bodies = text.splitlines(keepends=True), list[str](), dict[str, str]()
    done = 0
    for function in ast.parse(text).body:
        if isinstance(function, ast.FunctionDef) and function.body[0].lineno > function.lineno:
            start, end = function.body[0].lineno - 1, function.end_lineno or 0
            line = f"    {MARK}{len(bodies)}({', '.join(_read(function.body))})\n"
            bodies[line] = "".join(lines[start:end])
            short += [*lines[done:start], line]
            done = end
    tree = parse_module("".join([*short, *lines[done:]]))
    code = code_of(_spaced(mend(tree, {}, needed, lambda name: False, is_own)))
    for line, body in bodies.items():
        code = code.replace(line, body if body.endswith("\n") else f"{body}\n", 1)
    return code


def _read(body: Sequence[ast.stmt]) -> list[str]:
    """The names that statements of a function read and do not bind."""
    names = [n for statement in body for n in ast.walk(statement) if isinstance(n, ast.Name)]
    bound = {n.id for n in names if not isinstance(n.ctx, ast.Load)}
    return sorted({n.id for n in names} - bound)


def _spaced(tree: cst.Module) -> cst.Module:
    empty = cst.EmptyLine(indent=False)
    body = [
        part.with_changes(leading_lines=[empty, empty]) if isinstance(part, cst.FunctionDef) else part
        for part in tree.body
    ]
    return tree.with_changes(body=body)
