"""Every attribute of Dagster's own contexts has a counterpart in the target, or is refused by name."""

import ast
from pathlib import Path

import pytest

from migrate.conversion import convert_project
from migrate.reading.project import read
from migrate.rules import is_construct
from migrate.target_files import SUPPORT

HEAD = """\
import dagster as dg

days = dg.DailyPartitionsDefinition("2024-01-01")


class Settings(dg.Config):
    rows: int = 3


"""
ASSET = """\
@dg.asset(partitions_def=days)
def of_asset_{0}(context: dg.AssetExecutionContext, config: Settings):
    return {1}


"""
OP = """\
@dg.op
def of_op_{0}(context: dg.OpExecutionContext):
    return {1}


"""
CHECK = """\
@dg.asset_check(asset="gold")
def of_check_{0}(context: dg.AssetCheckExecutionContext):
    return dg.AssetCheckResult(passed=bool({1}))


"""


def attributes() -> list[tuple[str, str, str]]:
    """Kind, name and use of every public attribute; methods are called without arguments."""
    import dagster as dg

    found = []
    contexts = (
        ("asset", dg.AssetExecutionContext),
        ("op", dg.OpExecutionContext),
        ("check", dg.AssetCheckExecutionContext),
    )
    for kind, context in contexts:
        for name in sorted(n for n in dir(context) if not n.startswith("_")):
            call = "()" if callable(getattr(context, name, None)) else ""
            found.append((kind, name, f"context.{name}{call}"))
    return found


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str]]:
    """What became of each function that asks: its disposition, and its code."""
    folder: Path = tmp_path_factory.mktemp("asking")
    kinds = {"asset": ASSET, "op": OP, "check": CHECK}
    code = HEAD + "".join(kinds[kind].format(name, use) for kind, name, use in attributes())
    (folder / "code.py").write_text(code)
    result = convert_project(read(folder, is_construct))
    made = ast.parse(result.files["code.py"])
    functions = {n.name: ast.unparse(n) for n in made.body if isinstance(n, ast.FunctionDef)}
    words = {e.construct.name: type(e.outcome).__name__ for e in result.entries}
    return words, functions


def _has(code: str, name: str) -> bool:
    """Whether the function asks a TaskContext, which has the attribute."""
    support = ast.parse((SUPPORT / "task_context.py").read_text())
    made = next(n for n in support.body if isinstance(n, ast.ClassDef) and n.name == "TaskContext")
    names = {n.name for n in made.body if isinstance(n, ast.FunctionDef)}
    names |= {
        t.id for n in made.body if isinstance(n, ast.Assign) for t in n.targets if isinstance(t, ast.Name)
    }
    return "context = TaskContext(" in code and name in {*names, "resources"}


def test_each_is_converted_or_refused(converted: tuple[dict[str, str], dict[str, str]]) -> None:
    words, functions = converted
    left, kept = [], 0
    for kind, name, _ in attributes():
        function = f"of_{kind}_{name}"
        if words[function] == "Manual":
            assert "NotImplementedError" in functions[function]
        elif "context." in functions[function] and not _has(functions[function], name):
            left.append(f"{kind}.{name}: {functions[function]}")
        else:
            kept += 1
    assert left == []
    assert kept > 50  # otherwise nothing is converted any more


def test_what_is_refused_names_the_attribute(converted: tuple[dict[str, str], dict[str, str]]) -> None:
    words, functions = converted
    unnamed = [
        f"of_{kind}_{name}"
        for kind, name, _ in attributes()
        if words[f"of_{kind}_{name}"] == "Manual"
        and name.split("_")[0] not in functions[f"of_{kind}_{name}"].replace(f"of_{kind}_{name}", "")
    ]
    assert unnamed == []
