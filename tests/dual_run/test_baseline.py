"""The legacy alone: judged by what it wrote; what fails already is known, what does not work is refused."""

from __future__ import annotations

import json

import pytest

from migrate.config import load
from migrate.errors import SideError
from shims import baseline


@pytest.mark.real
def test_what_fails_already_is_known(tiny):
    (tiny.root / "legacy" / "run_results.json").write_text(
        json.dumps(
            {
                "results": [
                    {"unique_id": "test.plan.not_null_pay.1", "status": "fail"},
                    {"unique_id": "test.plan.unique_pay.2", "status": "pass"},
                    {"unique_id": "model.plan.pay", "status": "error"},
                ]
            }
        )
    )
    done = tiny.migrate("baseline")
    assert done.returncode == 0, done.stderr
    assert "known to fail: pay:everybody_is_rich (warn) in 2025" in done.stdout
    assert "known to fail: test.plan.not_null_pay.1 (error)" in done.stdout
    found = baseline.require(load(tiny.root))
    assert found is not None
    assert [(k["kind"], k["asset"], k["name"]) for k in found.known] == [
        ("check", "pay", "everybody_is_rich"),
        ("dbt_test", "", "test.plan.not_null_pay.1"),
    ]
    (tiny.root / "data" / "census.csv").write_text("name,salary\n")
    assert baseline.require(load(tiny.root)).stale == "the inputs have changed since"


@pytest.mark.real
def test_a_legacy_that_says_success_and_writes_nothing_is_refused(tiny):
    tiny.set('FAULT_DAGSTER = "none"', 'FAULT_DAGSTER = "nothing"')
    done = tiny.migrate("baseline", "--years", "2025")
    assert done.returncode == 1, done.stderr
    assert "it says it succeeded, but it wrote no database" in done.stdout
    refused = tiny.run("--years", "2025")
    assert refused.returncode == 2
    assert "the legacy does not work alone" in refused.stderr
    assert "migrate baseline" in refused.stderr
    assert not (tiny.root / ".changeover" / "runs").exists()


def test_one_can_be_required(tiny):
    assert baseline.require(load(tiny.root)) is None
    tiny.set("[outputs]", "[dual_run]\nrequire_baseline = true\n\n[outputs]")
    with pytest.raises(SideError, match="there is no baseline"):
        baseline.require(load(tiny.root))
    facts = {"status": "failed", "reason": "no rows", "code_sha256": "of other code", "input_sha256": ""}
    file = baseline.file_of(load(tiny.root))
    file.parent.mkdir(parents=True)
    file.write_text(json.dumps(facts))
    with pytest.raises(SideError, match="the legacy's code has changed since"):
        baseline.require(load(tiny.root))
