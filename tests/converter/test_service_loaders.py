"""Assets that Dagster asks a service for: they are deployed, whatever the converter can make of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json

FIVETRAN = """from dagster import Definitions
from dagster_fivetran import FivetranResource, load_assets_from_fivetran_instance

account = FivetranResource(api_key="key", api_secret="secret")
tables = load_assets_from_fivetran_instance(account)
defs = Definitions(assets=[tables])
"""
AIRBYTE = """from dagster import Definitions, with_resources
from dagster_airbyte import AirbyteResource, load_assets_from_airbyte_instance

account = AirbyteResource(host="localhost", port="8000")
tables = load_assets_from_airbyte_instance(account)
defs = Definitions(assets=with_resources([tables], {"airbyte": account}))
"""


@pytest.mark.parametrize("code", [FIVETRAN, AIRBYTE])
def test_what_a_service_is_asked_for_is_deployed_and_refused(tmp_path: Path, code: str) -> None:
    (tmp_path / "definitions.py").write_text(code)
    result = convert(tmp_path)
    told = {c["name"]: c["disposition"] for c in as_json(result)["constructs"]}
    assert told["tables"] == "manual", told
    written = result.files["definitions.py"].decode()
    assert "def tables(" in written
    assert "raise NotImplementedError" in written
