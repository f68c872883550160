"""What is wrong before a run is said in one clear message, and nothing is made."""

from __future__ import annotations

import socket
import sys

import pytest

from migrate.config import load
from migrate.errors import ChangeoverError
from shims import prechecks
from shims.run_plan import make_plan


@pytest.mark.parametrize(
    ("old", "new", "cause", "remedy"),
    [
        ('root = "legacy"', 'root = "gone"', "legacy.root: there is no folder gone", "Dagster project"),
        ('root = "target"', 'root = "gone"', "target.root: there is no folder gone", "migrate convert"),
        ("plan.jobs:", "plan.gone:", "target.flow: there is no module target/plan/gone", "migrate convert"),
        ('freeze = ["data"]', 'freeze = ["census"]', "input.freeze: census does not exist", "Make it first"),
        ('module = "plan.', 'python = "no/python"\nmodule = "plan.', "legacy.python: ", "Name the Python"),
        ('database = "{side}/plan', 'database = "/same/plan', "both sides would write the same", "{side}"),
        ('name = "tiny"', 'name = "tiny"\nstate = "data/state"', "lies inside data", "beside the projects"),
    ],
)  # fmt: skip
def test_each_is_one_message_with_a_remedy(tiny, old, new, cause, remedy):
    tiny.set(old, new)
    before = sorted(tiny.root.rglob("*"))
    with pytest.raises(ChangeoverError) as caught:
        prechecks.check(make_plan(load(tiny.root), years=[2025]))
    assert cause in caught.value.cause
    assert remedy in caught.value.remedy
    assert sorted(tiny.root.rglob("*")) == before


def test_a_good_project_passes_and_nothing_is_made(tiny):
    before = sorted(tiny.root.rglob("*"))
    prechecks.check(make_plan(load(tiny.root), years=[2025]))
    assert sorted(tiny.root.rglob("*")) == before


def test_a_port_that_is_taken(tiny):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        port = holder.getsockname()[1]
        with pytest.raises(ChangeoverError, match=f"port {port} is taken"):
            prechecks.check(make_plan(load(tiny.root), years=[2025], port=port))
    prechecks.check(make_plan(load(tiny.root), years=[2025], port=prechecks.free_port()))


def test_an_api_that_does_not_answer(tiny):
    url = f"http://127.0.0.1:{prechecks.free_port()}/api"
    with pytest.raises(ChangeoverError, match="does not answer"):
        prechecks.check(make_plan(load(tiny.root), years=[2025], api_url=url))
    with pytest.raises(ChangeoverError, match="is no address"):
        prechecks.check(make_plan(load(tiny.root), years=[2025], api_url="file:///etc/passwd"))


def test_too_little_space(tiny, monkeypatch):
    monkeypatch.setattr(prechecks, "SPACE_MARGIN", 1 << 60)
    with pytest.raises(ChangeoverError, match="MB are free"):
        prechecks.check(make_plan(load(tiny.root), years=[2025]))


def test_one_dual_run_a_state_folder(tiny):
    state = tiny.root / ".changeover"
    with prechecks.only_run(state, "first"):
        done = tiny.run("--years", "2025")
        assert done.returncode == 2
        assert "another dual run is going on here (process" in done.stderr
        assert "run first" in done.stderr
        assert not (state / "runs").exists()
    with prechecks.only_run(state, "second"):
        pass
    assert list(state.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "say either --phase N or --years A-B"),
        (["--phase", "1", "--years", "2025"], "say either"),
        (["--phase", "9"], "there is no phase 9"),
        (["--years", "2030-2025"], "are no years"),
        (["--years", "soon"], "are no years"),
        (["--years", "2025", "--config", "gone.toml"], "there is no migration.toml"),
    ],
)
def test_the_command_line_says_what_it_cannot_do(tiny, words, said):
    done = tiny.run(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tiny.root / ".changeover").exists()


def test_a_side_inherits_nothing_of_what_runs_here(tiny, monkeypatch):
    for name in ("DAGSTER_HOME", "PREFECT_API_URL", "DBT_PROFILES_DIR", "PYTHONPATH", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, "/elsewhere")
    for name in ("DBT_ENV_SECRET_TOKEN", "PREFECT_API_KEY", "WAREHOUSE_PASSWORD"):
        monkeypatch.setenv(name, "wanted")
    for side in make_plan(load(tiny.root), years=[2025]).sides:
        assert "/elsewhere" not in side.environment.values()
        assert list(side.environment.values()).count("wanted") == 3
        assert side.environment["PATH"].startswith(sys.executable.rpartition("/")[0])
        assert side.environment["DAGSTER_DISABLE_TELEMETRY"] == "yes"


def test_placeholders_are_filled_in_everywhere(tiny):
    tiny.set(
        'job = "simulate_year"',
        'job = "simulate_year"\nrun_config = { ops = { a = { config = { at = ["{year} {side}"] } } } }',
    )
    plan = make_plan(load(tiny.root), years=[2025, 2026])
    runs = plan.dagster.request["runs"]
    assert [run["partition"] for run in runs] == ["2025", "2026"]
    assert runs[1]["run_config"]["ops"]["a"]["config"]["at"] == [f"2026 {plan.dagster.paths.out}"]
    assert plan.prefect.request["runs"][0]["parameters"] == {"partition_key": "2025"}
    assert plan.prefect.prepare[0][0] == sys.executable
