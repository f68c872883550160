"""`migrate verify` from the outside: exit codes, what it writes, what it says when a side does not load."""

import json
import shutil
import sys
from pathlib import Path

import pytest

from migrate.files import walk

pytestmark = pytest.mark.real


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_different_is_exit_1_and_says_both_sides(shop, run_verify, errors_of):
    replace(
        shop / "new" / "prefect.yaml", "America/New_York\n        active: true", "UTC\n        active: true"
    )

    code, out, err = run_verify(shop, "--json")

    assert (code, err) == (1, "")
    said = json.loads(out)
    assert errors_of("equivalence.schema.json", said) == []
    assert said["equal"] is False
    (zone,) = [d for d in said["differences"] if d["key"] == "weekly: timezone"]
    assert (zone["dagster"], zone["prefect"], zone["explained"]) == ("America/New_York", "UTC", "")
    assert said["undeployed"] == [
        {"kind": "asset", "name": "forgotten", "file": "shop/assets.py", "line": 59, "keys": ["forgotten"]}
    ]


@pytest.fixture
def legacy_only(shop):
    """A shop whose target is never loaded: its interpreter ends at once."""
    replace(
        shop / "migration.toml", 'flow = "shop.jobs:refresh"', 'flow = "shop.jobs:refresh"\npython = "true"'
    )
    return shop


@pytest.fixture
def target_only(shop):
    """A shop whose legacy side is never loaded."""
    replace(shop / "migration.toml", 'job = "refresh"', 'job = "refresh"\npython = "true"')
    return shop


def state(folder: Path) -> list[str]:
    return [p.name for p in walk(folder) if ".changeover" in p.parts]


def test_a_legacy_module_that_is_not_there(legacy_only, run_verify):
    shop = legacy_only
    replace(shop / "migration.toml", 'module = "shop.definitions"', 'module = "shop.definition"')
    code, _, err = run_verify(shop)
    assert code == 2
    assert "the Dagster side does not load: ModuleNotFoundError: No module named 'shop.definition'" in err
    assert state(shop) == []


def test_an_import_error_in_the_users_code_is_shown_with_its_place(legacy_only, run_verify):
    shop = legacy_only
    with (shop / "old" / "shop" / "assets.py").open("a", encoding="utf-8") as stream:
        stream.write("\nfrom shop.nowhere import nothing\n")
    code, _, err = run_verify(shop)
    assert code == 2
    assert "No module named 'shop.nowhere'" in err
    assert "where:  old/shop/assets.py:72" in err
    assert "remedy:" in err
    assert "verify-" not in err, "the place of a copy that is gone helps nobody"


def test_a_target_that_does_not_load(target_only, run_verify):
    shop = target_only
    replace(shop / "new" / "shop" / "jobs.py", "def plan(", "def plan((")
    code, _, err = run_verify(shop)
    assert code == 2
    assert "the Prefect side does not load: SyntaxError" in err
    assert "(new/shop/jobs.py:47)" in err
    assert "the Dagster side did not load: its interpreter ended with exit code 0" in err, "both are told"


def test_a_deployment_of_a_flow_that_is_not_there(target_only, run_verify):
    shop = target_only
    replace(shop / "new" / "prefect.yaml", "shop/sensors.py:new_file", "shop/sensors.py:newer_file")
    code, _, err = run_verify(shop)
    assert code == 2
    assert "deployment new_file: no flow shop.sensors:newer_file" in err


def test_no_target_yet(shop, run_verify):
    shutil.rmtree(shop / "new")
    code, _, err = run_verify(shop)
    assert code == 2
    assert "migrate convert" in err


def test_an_interpreter_without_the_orchestrator(legacy_only, run_verify):
    shop = legacy_only
    bare = Path(sys.base_prefix, "bin", "python3")
    replace(shop / "migration.toml", 'job = "refresh"', f'job = "refresh"\npython = "{bare}"')
    code, _, err = run_verify(shop)
    assert code == 2
    assert "No module named 'dagster'" in err


def test_a_prepare_command_that_fails(shop, run_verify):
    line = (
        '[prepare]\ncommands = [["{python}", "-c", "raise SystemExit(\'no manifest today\')"]]\n\n[outputs]'
    )
    replace(shop / "migration.toml", "[outputs]", line)
    code, _, err = run_verify(shop)
    assert code == 2
    assert "cannot be prepared" in err
    assert "no manifest today" in err


def test_the_dumps_fit_their_schema(dagster_dump, probe_targets, errors_of):
    assert errors_of("graph.schema.json", dagster_dump) == []
    assert errors_of("graph.schema.json", probe_targets({"whole_target": []})["whole_target"]) == []
