"""Two interpreters: what differs is said, and refused where that is asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from migrate.config import load
from migrate.errors import ChangeoverError
from shims import version_differences
from shims.run_plan import make_plan


@pytest.fixture
def other_duckdb(tmp_path: Path) -> Path:
    """This interpreter, with an older DuckDB installed in front of its own."""
    facts = tmp_path / "site" / "duckdb-1.0.0.dist-info" / "METADATA"
    facts.parent.mkdir(parents=True)
    facts.write_text("Metadata-Version: 2.1\nName: duckdb\nVersion: 1.0.0\n")
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexport PYTHONPATH={tmp_path}/site\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    return python


def plan(tiny):
    return make_plan(load(tiny.root), years=[2025])


def test_one_interpreter_has_no_differences(tiny):
    assert version_differences.require(plan(tiny)) == ()


def test_another_engine_is_said_and_can_be_forbidden(tiny, other_duckdb):
    tiny.set('module = "plan.', f'python = "{other_duckdb}"\nmodule = "plan.')
    (found,) = version_differences.require(plan(tiny))
    assert (found.name, found.dagster) == ("duckdb", "1.0.0")
    assert found.text.startswith("versions differ: duckdb 1.0.0 under Dagster, ")
    tiny.set("[outputs]", '[dual_run]\nforbid_version_differences = ["duckdb"]\n\n[outputs]')
    with pytest.raises(ChangeoverError, match="forbids"):
        version_differences.require(plan(tiny))
    done = tiny.run("--years", "2025")
    assert done.returncode == 2
    assert "one version of duckdb on both sides" in done.stderr
    assert not (tiny.root / ".changeover").exists()


def test_an_interpreter_that_cannot_say_is_an_error(tiny, tmp_path):
    silent = tmp_path / "silent"
    silent.write_text("#!/bin/sh\n")
    silent.chmod(0o755)
    tiny.set('module = "plan.', f'python = "{silent}"\nmodule = "plan.')
    with pytest.raises(ChangeoverError, match="cannot say its versions"):
        version_differences.require(plan(tiny))
