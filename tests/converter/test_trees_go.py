"""The syntax trees of one project are gone before the next project of the tree is read."""

from __future__ import annotations

import gc
from pathlib import Path

import libcst as cst

from migrate.conversion import convert
from migrate.reading.displays import constant
from migrate.reading.project import Project


def _alive() -> int:
    return sum(type(one) is Project for one in gc.get_objects())


def test_one_project_at_a_time(tmp_path: Path) -> None:
    for name in ("east", "north", "west"):
        folder = tmp_path / name
        (folder / f"shop_{name}").mkdir(parents=True)
        (folder / "pyproject.toml").write_text(
            f'[project]\nname = "{name}"\n[tool.dagster]\nmodule_name = "shop_{name}"\n'
        )
        code = f"from dagster import Definitions, asset\n\n\n@asset\ndef {name}_orders():\n    return 1\n"
        (folder / f"shop_{name}" / "__init__.py").write_text(
            f"{code}\n\ndefs = Definitions(assets=[{name}_orders])\n"
        )
    gc.collect()
    before, alive = _alive(), list[int]()

    result = convert(tmp_path, lambda path: alive.append(_alive() - before))

    assert alive == [1, 1, 1]
    assert len(result.parts) == 3
    functions = [e for e in result.entries if e.construct.kind == "asset"]
    assert [e.defined for e in functions] == ["east_orders", "north_orders", "west_orders"]
    assert not any(isinstance(e.construct.node, cst.FunctionDef) for e in functions)


def test_what_literals_say_leaves_nothing_that_only_a_search_for_cycles_frees() -> None:
    told = {
        "1_000": 1000,
        "0x10": 16,
        "1.5": 1.5,
        "'a'": "a",
        r'"\u00e9\n"': "\u00e9\n",
        "b'a'": b"a",
        "u'1'": "1",
    }
    constant.cache_clear()
    gc.collect()
    gc.disable()
    try:
        assert {token: constant(token) for token in told} == told
        assert gc.collect() == 0
    finally:
        gc.enable()
