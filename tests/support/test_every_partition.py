"""What is made without partitions starts every static partition of what follows it, as in Dagster."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from migrate.conversion import convert

SOURCE = """import os
from dagster import AssetExecutionContext, AutomationCondition, Definitions, StaticPartitionsDefinition, asset

lands = StaticPartitionsDefinition(["de", "fr", "it"])
eager = AutomationCondition.eager()


def told(text: str) -> None:
    with open(os.environ["TOLD"], "a") as file:
        file.write(f"{text}\\n")


@asset
def raw() -> None:
    told("raw")


@asset(partitions_def=lands, deps=[raw], automation_condition=eager)
def of_a_land(context: AssetExecutionContext) -> None:
    told(f"of_a_land {context.partition_key}")
    if context.partition_key == os.environ.get("FAILS"):
        raise ValueError(context.partition_key)


@asset(partitions_def=lands, deps=[of_a_land], automation_condition=eager)
def below(context: AssetExecutionContext) -> None:
    told(f"below {context.partition_key}")


defs = Definitions(assets=[raw, of_a_land, below])
"""
DAGSTER = """
import dagster as dg
from lands import below, defs, of_a_land, raw
with dg.DagsterInstance.ephemeral() as instance:
    before = dg.evaluate_automation_conditions(defs, instance=instance)
    dg.materialize([raw], instance=instance)
    found = dg.evaluate_automation_conditions(defs, instance=instance, cursor=before.cursor)
    asked = [found.get_requested_partitions(asset.key) for asset in (of_a_land, below)]
    assert asked[0] == asked[1], asked
    for key in sorted(asked[0]):
        dg.materialize([of_a_land, below], instance=instance, partition_key=key, raise_on_error=False)
"""
PREFECT = """
from materialize import eager_assets, materialize_all
materialize_all()
print(eager_assets(return_state=True).type.value)
"""


@pytest.mark.real
@pytest.mark.parametrize("fails", ["", "fr"])
def test_the_same_partitions_are_made(
    tmp_path: Path, prefect_api: str, prefect_home: Path, fails: str
) -> None:
    legacy, target = tmp_path / "legacy", tmp_path / "target"
    legacy.mkdir()
    (legacy / "lands.py").write_text(SOURCE)
    for path, data in convert(legacy).files.items():
        (target / path).parent.mkdir(parents=True, exist_ok=True)
        (target / path).write_bytes(data)
    server = {"PREFECT_API_URL": prefect_api, "PREFECT_HOME": str(prefect_home)}
    _run(legacy, DAGSTER, {"FAILS": fails})
    assert _run(target, PREFECT, {"FAILS": fails, **server}) == ("FAILED" if fails else "COMPLETED")
    told = [sorted((folder / "told").read_text().splitlines()) for folder in (legacy, target)]
    assert told[0] == told[1]
    assert len(told[0]) == (6 if fails else 7)


def _run(folder: Path, code: str, more: dict[str, str]) -> str:
    environment = {**os.environ, "TOLD": str(folder / "told"), "PREFECT_LOGGING_LEVEL": "ERROR", **more}
    line = [sys.executable, "-c", code]
    done = subprocess.run(line, env=environment, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()
