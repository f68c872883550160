"""Faults injected for real into one side: recorded, and never the other side's problem."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
from pathlib import Path

import jsonschema
import psutil
import pytest
from both_uis import both_show_the_run

from shims.prechecks import only_run, port_is_free
from shims.processes import stragglers
from shims.run_record import schema

pytestmark = pytest.mark.real

HANG = (
    "import signal, subprocess, sys, time;"
    "subprocess.Popen([sys.executable, '-c', 'import signal, time; signal.signal(15, 1); time.sleep(600)'],"
    " start_new_session=True); open('hangs', 'w'); time.sleep(600)"
)


def nothing_runs(run_id: str) -> bool:
    return not stragglers(run_id)


def test_garbage_on_stdout_is_harmless_and_a_crash_is_one_sides_own(tiny, api, noted):
    tiny.set('FAULT_DAGSTER = "none"', 'FAULT_DAGSTER = "garbage"')
    tiny.set('FAULT_PREFECT = "none"', 'FAULT_PREFECT = "crash"')
    done = tiny.run("--years", "2025", "--prefect-api-url", api)
    assert done.returncode == 1, done.stderr
    assert tiny.statuses() == {"dagster": "succeeded", "prefect": "crashed"}
    assert "signal 9" in tiny.record["sides"]["prefect"]["reason"]
    assert tiny.record["sides"]["prefect"]["years"][0]["status"] == "crashed"
    assert "signal 9" in done.stdout
    assert b"\x00\xff{not json}" in (tiny.folder / "dagster/logs/side.out.log").read_bytes()
    jsonschema.validate(tiny.record, schema())
    assert nothing_runs(tiny.folder.name)
    noted("crash (SIGKILL of its process)", "prefect", tiny, done)
    noted("garbage on stdout and stderr", "dagster", tiny, done, too=True)


def test_wrong_output_is_no_crash_and_parity_finds_it(tiny, api, waiting, noted):
    tiny.set('FAULT_PREFECT = "none"', 'FAULT_PREFECT = "wrong and garbage"')
    done = tiny.run("--years", "2025", "--prefect-api-url", api)
    assert done.returncode == 0, done.stderr
    two = [str(tiny.folder / side / "out/plan.duckdb") for side in ("dagster", "prefect")]
    compared = tiny.migrate("parity", *two, "--config", "migration.toml", "--json", "parity.json")
    assert compared.returncode == 1, compared.stdout
    tables = json.loads((tiny.root / "parity.json").read_text())["tables"]
    verdicts = {table["name"]: table["verdict"] for table in tables}
    assert verdicts == {"headcount": "equal", "pay": "different"}
    both_show_the_run(tiny, api, waiting)
    found = "succeeded; `migrate parity` says different, and names the table"
    noted("wrong output", "prefect", tiny, done, recorded=found, other=tiny.statuses()["dagster"])
    assert b"\x00\xff{not json}" in (tiny.folder / "prefect/logs/side.out.log").read_bytes()
    noted("garbage on stdout and stderr", "prefect", tiny, done)


def test_success_without_rows_is_failure(tiny, api, noted):
    tiny.set('FAULT_DAGSTER = "none"', 'FAULT_DAGSTER = "nothing"')
    tiny.set('FAULT_PREFECT = "none"', 'FAULT_PREFECT = "raise"')
    done = tiny.run("--years", "2025-2026", "--prefect-api-url", api, "--sequential")
    assert done.returncode == 1, done.stderr
    sides = tiny.record["sides"]
    assert tiny.statuses() == {"dagster": "failed", "prefect": "failed"}
    assert sides["dagster"]["reason"] == "it says it succeeded, but it wrote no database (plan.duckdb)"
    assert [year["status"] for year in sides["dagster"]["years"]] == ["succeeded", "succeeded"]
    assert "the plan cannot be computed" in sides["prefect"]["reason"]
    assert [year["status"] for year in sides["prefect"]["years"]] == ["failed", "not_run"]
    jsonschema.validate(tiny.record, schema())
    noted("success without rows", "dagster", tiny, done, too=True)
    noted("exception in a step", "prefect", tiny, done, too=True)


@pytest.fixture
def small_disk(tmp_path: Path):
    """A file system of one megabyte."""
    if os.geteuid() != 0:
        pytest.skip("only root can mount a small file system")
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(folder)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip(f"mounting is not allowed here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_on_one_side_does_not_hurt_the_other(tiny, api, small_disk, noted):
    tiny.set('FAULT_PREFECT = "none"', f'FAULT_PREFECT = "disk_full"\nSMALL_DISK = "{small_disk}"')
    done = tiny.run("--years", "2025", "--prefect-api-url", api)
    assert done.returncode == 1, done.stderr
    assert tiny.statuses() == {"dagster": "succeeded", "prefect": "failed"}
    assert "No space left on device" in tiny.record["sides"]["prefect"]["reason"]
    noted("disk full", "prefect", tiny, done)


def test_too_little_space_is_said_before_anything_is_made(tiny, small_disk, noted):
    tiny.set('name = "tiny"', f'name = "tiny"\nstate = "{small_disk}/state"')
    done = tiny.run("--years", "2025")
    assert done.returncode == 2
    assert "are free" in done.stderr
    assert "remedy:" in done.stderr
    assert list(small_disk.iterdir()) == []
    noted(
        "too little space for both copies", "migrate", tiny, done, recorded="refused before anything is made"
    )


def test_a_hang_is_ended_with_its_whole_tree_at_the_sides_own_time_limit(tiny, api, noted):
    tiny.set("open('prepared', 'w').write('yes')", f"'/prefect/' in '{{side}}' or sys.exit();{HANG}")
    tiny.set('"-c", "', '"-c", "import sys; ')
    tiny.set("[outputs]", "[dual_run]\ntime_limit_seconds = { prefect = 2 }\n\n[outputs]")
    done = tiny.run("--years", "2025", "--prefect-api-url", api)
    assert done.returncode == 1, done.stderr
    assert tiny.statuses() == {"dagster": "succeeded", "prefect": "timed_out"}
    assert "2 s" in tiny.record["sides"]["prefect"]["reason"]
    assert (tiny.folder / "prefect/work/target/hangs").exists()
    assert nothing_runs(tiny.folder.name)
    jsonschema.validate(tiny.record, schema())
    noted("hang, with a child that ignores SIGTERM", "prefect", tiny, done)


def test_what_cannot_begin_did_not_run(tiny, api, noted):
    tiny.set('module = "plan.definitions"', 'module = "plan.nowhere"')
    tiny.set(
        "open('prepared', 'w').write('yes')", "import sys; sys.exit('no' if 'prefect' in '{side}' else 0)"
    )
    done = tiny.run("--years", "2025", "--prefect-api-url", api)
    assert done.returncode == 2, done.stderr
    assert tiny.statuses() == {"dagster": "not_run", "prefect": "not_run"}
    assert "No module named 'plan.nowhere'" in tiny.record["sides"]["dagster"]["reason"]
    assert tiny.record["sides"]["prefect"]["reason"] == "prepare-1 ended with exit code 1: no"
    jsonschema.validate(tiny.record, schema())
    noted("module that does not import", "dagster", tiny, done, too=True)
    noted("prepare command that fails", "prefect", tiny, done, too=True)


def test_a_missing_interpreter_is_refused_before_anything_is_made(tiny, noted):
    tiny.set('flow = "plan', 'python = "no/python"\nflow = "plan')
    done = tiny.run("--years", "2025")
    assert done.returncode == 2
    assert "target.python: " in done.stderr
    assert not (tiny.root / ".changeover").exists()
    noted("interpreter missing", "prefect", tiny, done, recorded="refused before anything is made")


def test_an_interrupted_run_ends_everything_and_goes_on_where_it_was(tiny, api, waiting, noted):
    tiny.set('FAULT_PREFECT = "none"', 'FAULT_PREFECT = "hang_once"')
    process = tiny.start("--years", "2025-2026")
    runs = tiny.root / ".changeover" / "runs"
    waiting(lambda: list(runs.glob("*/prefect/home/hung")), seconds=150)
    waiting(lambda: [r for r in tiny.ledger if r.what == "side_ended"], seconds=150)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130, said
    for words in ("nothing is left running", "dagster: all its years are done", "prefect: done up to 2025"):
        assert words in said.decode()
    assert f"migrate dual-run --resume {tiny.folder.name}" in said.decode()
    assert nothing_runs(tiny.folder.name)
    assert not (tiny.folder / "run.json").exists()
    end = tiny.ledger[-1]
    assert (end.what, end.facts["outcome"], end.facts["reason"]) == ("end", "Stopped", "SIGINT")
    (url,) = (r.facts["url"] for r in tiny.ledger if r.what == "server")
    assert port_is_free(int(url.split(":")[2].removesuffix("/api")))
    with only_run(tiny.root / ".changeover", "next"):
        pass
    torn = tiny.folder / "ledger.jsonl"
    torn.write_bytes(torn.read_bytes() + b'{"at": "2025')  # as a kill would leave it
    resumed_keeps_what_was_finished(tiny, tiny.run("--resume", "--prefect-api-url", api))
    kept = "`Stopped`; what is left and how to go on is said; `--resume` kept every finished year"
    noted("Ctrl-C (SIGINT)", "migrate", tiny, process, recorded=kept, other="both ended with their trees")


def test_ctrl_c_ends_a_dagster_that_hangs_in_a_step(tiny, waiting, noted):
    tiny.set('FAULT_DAGSTER = "none"', 'FAULT_DAGSTER = "hang"\nEXECUTOR = "multiprocess"')
    process = tiny.start("--years", "2025", "--sequential")
    waiting(lambda: list(tiny.root.glob(".changeover/runs/*/dagster/scratch/hangs")), seconds=150)
    run_id = tiny.folder.name
    # Its own child ignores SIGTERM and has left the session: it must be found, too.
    assert len([p for p in stragglers(run_id) if "SIG_IGN" in " ".join(words(p))]) == 1
    every_step_has_a_process_of_its_own(tiny)
    process.send_signal(signal.SIGINT)
    said, _ = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "nothing is left running" in said.decode()
    assert nothing_runs(run_id)
    with only_run(tiny.root / ".changeover", "next"):
        pass
    kept = "`Stopped`; ended within the grace of 8 s, then by force; its child that ignores SIGTERM, too"
    noted("Ctrl-C while a step hangs", "dagster", tiny, process, recorded=kept)


def every_step_has_a_process_of_its_own(tiny):
    pids = []
    for database in (tiny.folder / "dagster/home/dagster/history/runs").glob("*-*.db"):
        with sqlite3.connect(database) as history:
            for (event,) in history.execute(
                "select event from event_logs where dagster_event_type = 'STEP_START'"
            ):
                pids.append(json.loads(event)["dagster_event"]["pid"])
    assert pids
    assert len(set(pids)) == len(pids)
    running = [p for p in stragglers(tiny.folder.name) if "dagster_side.pyz" in " ".join(words(p)[:3])]
    assert running
    assert not {p.pid for p in running} & set(pids)


def resumed_keeps_what_was_finished(tiny, done):
    assert done.returncode == 0, done.stderr
    assert tiny.record["resumed"] == {"dagster": [2025, 2026], "prefect": [2025]}
    for side in tiny.record["sides"].values():
        assert [year["status"] for year in side["years"]] == ["succeeded", "succeeded"]
        assert [(o["table"], o["rows"], o["years"]) for o in side["outputs"]] == [
            ("headcount", 2, {"2025": 1, "2026": 1}),
            ("pay", 6, {"2025": 3, "2026": 3}),
        ]
        assert side["cpu_seconds"] > 1.0
    starts = [f"{r.side} {r.facts['year']}" for r in tiny.ledger if r.what == "year_started"]
    assert sorted(starts) == ["dagster 2025", "dagster 2026", "prefect 2025", "prefect 2026", "prefect 2026"]
    assert len(tiny.record["sides"]["prefect"]["checks"]) == 4
    jsonschema.validate(tiny.record, schema())
    assert "resumed: prefect kept 2025" in done.stdout


def test_a_side_above_its_memory_ceiling_is_ended_and_the_other_is_not(tiny, api, noted):
    tiny.set(
        "open('prepared', 'w').write('yes')",
        "import time; hog = '/prefect/' in '{side}' and [b'1' * 300_000_000, time.sleep(60)]",
    )
    tiny.set("[outputs]", "[dual_run]\nmemory_limit_mb = { prefect = 200 }\n\n[outputs]")
    done = tiny.run("--years", "2025", "--prefect-api-url", api)
    assert done.returncode == 1, done.stderr
    assert tiny.statuses() == {"dagster": "succeeded", "prefect": "out_of_memory"}
    assert "its ceiling of 200 MB" in tiny.record["sides"]["prefect"]["reason"]
    jsonschema.validate(tiny.record, schema())
    noted("more memory than its ceiling", "prefect", tiny, done)


def words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:  # it ended just now
        return []


def test_a_server_that_dies_ends_the_prefect_side_only(tiny, waiting, noted):
    tiny.set("open('prepared', 'w').write('yes')", "import time; time.sleep(600 * ('/prefect/' in '{side}'))")
    process = tiny.start("--years", "2025")
    waiting(lambda: list(tiny.root.glob(".changeover/runs/*/prefect/logs/prepare-1.err.log")), seconds=150)
    (server,) = (p for p in stragglers(tiny.folder.name) if words(p)[1:4] == ["-m", "prefect", "server"])
    server.kill()
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 1, said
    assert tiny.statuses() == {"dagster": "succeeded", "prefect": "failed"}
    assert tiny.record["sides"]["prefect"]["reason"] == "its Prefect server ended during the run"
    assert nothing_runs(tiny.folder.name)
    noted("its server dies (SIGKILL)", "prefect", tiny, process)


def test_killing_migrate_itself_leaves_nothing(tiny, api, waiting, noted):
    tiny.set("open('prepared', 'w').write('yes')", HANG)
    process = tiny.start("--years", "2025", "--prefect-api-url", api)
    waiting(lambda: len(list(tiny.root.glob(".changeover/runs/*/*/*/*/hangs"))) == 2)
    run_id = tiny.folder.name
    assert not nothing_runs(run_id)
    process.kill()
    process.communicate()
    waiting(lambda: nothing_runs(run_id), seconds=30)
    with only_run(tiny.root / ".changeover", "next"):
        pass
    killed = "no run.json, so it counts nowhere; the ledger is whole up to the kill; `--resume` goes on"
    noted("SIGKILL", "migrate", tiny, process, recorded=killed, other="both ended with their trees")
