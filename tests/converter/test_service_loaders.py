"""Assets that Dagster asks a service for: they are deployed, whatever the converter can make of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json

FIVETRAN = """from dagster_fivetran import FivetranResource, load_assets_from_fivetran_instance

account = FivetranResource(api_key="key", api_secret="secret")
tables = load_assets_from_fivetran_instance(account)
"""
AIRBYTE = """from dagster import with_resources
from dagster_airbyte import AirbyteResource, load_assets_from_airbyte_instance

account = AirbyteResource(host="localhost", port="8000")
tables = load_assets_from_airbyte_instance(account)
bound = with_resources([tables], {"airbyte": account})
"""
DEFINITIONS = """from dagster import Definitions

from tables import {name}

defs = Definitions(assets=[{name}])
"""


@pytest.mark.parametrize(("code", "name"), [(FIVETRAN, "tables"), (AIRBYTE, "bound")])
def test_what_a_service_is_asked_for_is_deployed_and_refused(tmp_path: Path, code: str, name: str) -> None:
    (tmp_path / "tables.py").write_text(code)
    (tmp_path / "definitions.py").write_text(DEFINITIONS.format(name=name))
    result = convert(tmp_path)
    told = {c["name"]: c["disposition"] for c in as_json(result)["constructs"]}
    assert told["tables"] == "manual", told
    written = result.files["tables.py"].decode()
    assert "def tables(" in written
    assert "raise NotImplementedError" in written


SELECTED = """from dagster import Definitions, define_asset_job

from tables import tables

sync = define_asset_job("sync", selection=tables)
defs = Definitions(assets=[tables], jobs=[sync])
"""


def test_a_job_of_what_a_service_is_asked_for_is_no_empty_flow(tmp_path: Path) -> None:
    (tmp_path / "tables.py").write_text(FIVETRAN)
    (tmp_path / "definitions.py").write_text(SELECTED)
    told = {c["name"]: c for c in as_json(convert(tmp_path))["constructs"]}
    assert told["sync"]["disposition"] == "manual", told["sync"]
    assert "load_assets_from_fivetran_instance is not read" in told["sync"]["note"]
