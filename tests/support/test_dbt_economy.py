"""What a call of dbt saves: its log is the same, and the collector is left as it was."""

import gc
import json
import logging
import time
from collections import Counter
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]
BUILD = ["build", "--select", "products stg_orders"]


def events(log: Path) -> Counter[str]:
    """How often each event stands in a log in JSON."""
    return Counter(json.loads(line)["info"]["name"] for line in log.read_text().splitlines())


def test_the_log_has_every_line_that_bare_dbt_writes(project: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dbt.adapters.factory import reset_adapters
    from dbt.cli.main import dbtRunner

    monkeypatch.setenv("DBT_LOG_FORMAT_FILE", "json")
    folder, log = project.project_dir.resolve(), project.project_dir.resolve() / "logs" / "dbt.log"
    before = gc.get_threshold()
    log.unlink()
    project.cli(BUILD)  # parses, too
    log.unlink()
    project.cli(BUILD)
    ours = events(log)
    assert gc.get_threshold() == before
    assert gc.get_freeze_count() == 0
    assert type(logging.getLogger("file_log").handlers[-1]) is RotatingFileHandler

    place = ["--project-dir", str(folder), "--profiles-dir", str(folder)]
    manifest = dbtRunner().invoke(["parse", *place]).result
    log.unlink()
    assert dbtRunner(manifest=manifest).invoke([*BUILD, *place, "--quiet"]).success
    reset_adapters()
    bare = events(log)
    assert bare["NodeFinished"] == 5
    assert bare["SQLQuery"] > 10
    # our closing of connections is told, too
    assert {name: count for name, count in bare.items() if "Connection" not in name} == {
        name: count for name, count in ours.items() if "Connection" not in name
    }


def test_who_says_a_level_of_the_log_is_heard(project: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from prefect_support.dbt_economy import file_log

    file = project.project_dir / "dbt_project.yml"
    assert file_log(project.project_dir, ["build"]) == ["--log-level-file", "debug"]
    assert file_log(project.project_dir, ["build", "--log-level-file=info"]) == []
    file.write_text(f"{file.read_text()}\nflags: {{log_level_file: none}}\n")
    assert file_log(project.project_dir, ["build"]) == []
    file.unlink()
    monkeypatch.setenv("DBT_LOG_LEVEL_FILE", "info")
    assert file_log(project.project_dir, ["build"]) == []


def test_a_line_is_in_the_file_before_the_call_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect_support import dbt_economy

    monkeypatch.setattr(dbt_economy, "EVERY", 0.05)
    log, file = logging.getLogger("file_log"), tmp_path / "dbt.log"
    monkeypatch.setattr(log, "handlers", [own := RotatingFileHandler(file)])
    monkeypatch.setattr(log, "level", logging.DEBUG)
    gathered = dbt_economy.GatheredLog()
    gathered.begin()
    log.debug("100 % of a node that hangs")
    assert file.read_text() == ""
    for _ in range(200):
        if file.read_text():
            break
        time.sleep(0.05)
    assert file.read_text() == "100 % of a node that hangs\n"
    log.debug("more")
    log.error("what failed")
    assert file.read_text().endswith("more\nwhat failed\n")
    log.debug("the end")
    gathered.finish()
    assert file.read_text().endswith("the end\n")
    assert log.handlers == [own]
    own.close()
