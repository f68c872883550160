"""Broad `except` that turns failures green: an asset's or op's own code catches everything and goes on.

Counts `except:`, `except Exception` and `except BaseException` in functions that deployed assets and ops
reach, when nothing in the handler raises. Not counted: asset checks (a failing verdict is one), an `except`
around imports alone, and a handler that hands the error on (`Failure`, `raise`, `sys.exit`).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from migrate.assess.facts import Facts, dotted
from migrate.assess.finding import Evidence, Problem

BROAD = frozenset({"Exception", "BaseException", "builtins.Exception"})
VERDICTS = ("AssetCheckResult", "Failure", "RetryRequested", "SkipReason")
ENDS = ("sys.exit", "exit", "os._exit", "os.abort")


def _find(facts: Facts) -> Iterator[Evidence]:
    for reached in facts.reached:
        if reached.entry.does == "check":
            continue
        for node in ast.walk(reached.node):
            if isinstance(node, ast.Try) and not _harmless(node.body):
                for handler in node.handlers:
                    if _broad(handler) and not _hands_on(handler):
                        said = (
                            f"`{reached.node.name}` goes on after any error; {reached.entry.name} ends green"
                        )
                        yield Evidence(reached.module.file, handler.lineno, said)


def _broad(handler: ast.ExceptHandler) -> bool:
    kind = handler.type
    kinds: list[ast.expr | None] = [*kind.elts] if isinstance(kind, ast.Tuple) else [kind]
    return any(kind is None or dotted(kind) in BROAD for kind in kinds)


def _harmless(body: list[ast.stmt]) -> bool:
    return all(isinstance(statement, ast.Import | ast.ImportFrom | ast.Pass) for statement in body)


def _hands_on(handler: ast.ExceptHandler) -> bool:
    for node in ast.walk(handler):
        if isinstance(node, ast.Raise):
            return True
        name = dotted(node.func) if isinstance(node, ast.Call) else ""
        if name.rpartition(".")[2] in VERDICTS or name in ENDS:
            return True
    return False


PROBLEM = Problem(
    heading="errors",
    weight="fix first",
    title="Broad `except` that turns failures green",
    means="A run that failed ends as a success, in Dagster and in Prefect alike: no retry, no alert, and "
    "what hangs on it builds on what is not there.",
    lifts="Let the error rise, or catch the one kind that may happen. Until then read success from what "
    "was written.",
    find=_find,
    hours=(0.5, 2),
)
