"""Assets that one factory makes bear its function's name: in a flow each step has a name of its own."""

from __future__ import annotations

import ast
from pathlib import Path

from migrate.conversion import convert

SOURCE = """import os

from dagster import AssetKey, Definitions, asset


def made(key):
    @asset(key=AssetKey([os.environ["SCHEMA"], key]))
    def _made() -> int:
        return 1

    return _made


tables = [made("one"), made("two"), made("three")]
defs = Definitions(assets=tables)
"""


def test_each_step_has_its_own_name(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(SOURCE)
    result = convert(tmp_path)
    code = result.files["materialize.py"].decode()
    settled = [n for n in ast.walk(ast.parse(code)) if isinstance(n, ast.Call)]
    names = [k.arg for call in settled for k in call.keywords if isinstance(call.func, ast.Name) and k.arg]
    futures = [k for k in names if k not in ("name", "task_runner")]
    assert len(futures) == len(set(futures)) == 3
