"""Assets that one factory makes bear its function's name: in a flow each step has a name of its own."""

from __future__ import annotations

import ast
from pathlib import Path

from migrate.conversion import convert
from migrate.conversion_record import as_json
from migrate.reporting import inventory_of

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


SPELLED = """from dagster import Definitions, asset, define_asset_job
from pydantic import BaseModel, Field{more_import}


class Source(BaseModel):
    table: str
    schema_name: str = Field(default="raw")
{more}

def loaded(source: Source):
    @asset(name=source.table, key_prefix=source.schema_name)
    def _loaded() -> int:
        return 1

    return _loaded


some = [orders := loaded(Source(table="orders")), loaded(Source(table="items", schema_name="shop"))]
job = define_asset_job("some", selection=some)
defs = Definitions(assets=some, jobs=[job])
"""
CHANGING = """
    @field_validator("table")
    @classmethod
    def plain(cls, value: str) -> str:
        return value.lower()
"""


def test_names_that_a_model_of_the_project_holds(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(SPELLED.format(more_import="", more=""))
    result = convert(tmp_path)
    assert "manual" not in result.summary
    assert result.files["code.py"].count(b".submit(") == 2
    assert b'key=f"asset://{source.schema_name}/{source.table}"' in result.files["code.py"]
    (entry,) = (e for e in as_json(result)["constructs"] if e["kind"] == "asset")
    assert entry["disposition"] == "converted"
    (found,) = (c for c in inventory_of(tmp_path)["constructs"] if c["kind"] == "asset")
    assert (found["keys"], found["instances"]) == (["raw/orders"], 2)


def test_a_model_that_may_change_a_name_does_not_tell_it(tmp_path: Path) -> None:
    (tmp_path / "code.py").write_text(SPELLED.format(more_import=", field_validator", more=CHANGING))
    (found,) = (c for c in inventory_of(tmp_path)["constructs"] if c["kind"] == "asset")
    assert not {"raw/orders", "shop/items"} & set(found["keys"])
