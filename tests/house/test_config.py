"""migration.toml: what is wrong is named with its line; nothing unknown is taken."""

from pathlib import Path

import pytest

from migrate.config import Strict, load
from migrate.errors import ConfigError

GOOD = """\
schema = 1
name = "one"

[legacy]
root = "old"
module = "old.definitions"
job = "all"

[target]
root = "new"
flow = "new.jobs:all"

[outputs]
database = "{side}/out.duckdb"

[phases.1]
title = "first"
years = [2025]
expect_tables = 3
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "migration.toml"
    file.write_text(text, encoding="utf-8")
    return file


def test_reads_a_minimal_file_from_its_folder(tmp_path):
    written(tmp_path, GOOD)
    migration = load(tmp_path)
    assert migration.root == tmp_path
    assert migration.phase(1).years == (2025,)
    assert migration.target.parameters == {"partition_key": "{year}"}


@pytest.mark.parametrize(
    ("old", "new", "line", "says"),
    [
        ('job = "all"', 'job = "all"\ncolour = 1', 8, "unknown key"),
        ("years = [2025]", "years = []", 18, "at least 1 item"),
        ("years = [2025]", 'years = ["x"]', 18, "valid integer"),
        ('flow = "new.jobs:all"', 'flow = "new.jobs"', 11, "match pattern"),
        ("schema = 1", "schema = 2", 1, "Input should be 1"),
        ("expect_tables = 3", "expect_tables = ", 19, "not valid TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path, old, new, line, says):
    file = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(ConfigError) as caught:
        load(file)
    assert caught.value.line == line
    assert says in caught.value.cause


@pytest.mark.parametrize(
    ("database", "says"),
    [
        ("{side}/out/", "is a folder"),
        ("{side}", "is a folder"),
        ("{side}/out/*.parquet", "is a glob"),
        ("{side}/year-202[56].duckdb", "is a glob"),
        ("{side}/out.parquet", "is no database"),
        ("{side}/out.CSV.gz", "is no database"),
    ],
)
def test_outputs_that_a_dual_run_would_record_in_part_are_refused(tmp_path, database, says):
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, GOOD.replace("{side}/out.duckdb", database)))
    assert f"{database} {says}" in caught.value.cause
    assert "migrate parity" in caught.value.cause
    assert caught.value.line


def test_a_waiver_needs_an_owner(tmp_path):
    waiver = '\n[[waivers]]\ngate = "parity"\nscope = "*"\nowner = ""\nreason = "r"\nexpires = 2030-01-01\n'
    with pytest.raises(ConfigError, match="owner"):
        load(written(tmp_path, GOOD + waiver))


def test_no_file_and_no_such_phase(tmp_path):
    with pytest.raises(ConfigError, match=r"no migration\.toml"):
        load(tmp_path)
    written(tmp_path, GOOD)
    with pytest.raises(ConfigError, match="no phase 7"):
        load(tmp_path).phase(7)


def test_the_reference_configuration_is_valid():
    root = Path(__file__).parents[2]
    assert load(root).name


def test_every_key_is_documented():
    root = Path(__file__).parents[2]
    text = (root / "docs" / "migration-toml.md").read_text(encoding="utf-8")
    missing = [key for model in Strict.__subclasses__() for key in keys_of(model) if f"`{key}`" not in text]
    assert missing == []


def keys_of(model: type[Strict]) -> list[str]:
    """The spelling of each scalar key; sections are headings, found by their own keys."""
    sections = {
        "legacy",
        "target",
        "input",
        "environment",
        "prepare",
        "outputs",
        "phases",
        "dual_run",
        "shadow",
        "waivers",
    }
    nested = {
        "ignore",
        "allow_empty",
        "tolerance",
        "rename",
        "filter",
        "identifier",
        "parameters",
        "tables",
        "deliverables",
    }
    return [
        field.alias or name for name, field in model.model_fields.items() if name not in sections | nested
    ]
