"""The command line's promises: lazy, clear, exit codes."""

import os
import subprocess
import sys
from pathlib import Path

MIGRATE = str(Path(sys.executable).with_name("migrate"))


def run(*arguments: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [MIGRATE, *arguments], cwd=cwd, capture_output=True, text=True, timeout=120, env=os.environ
    )


def imported_by(*arguments: str) -> set[str]:
    """The top-level modules that one command line imports."""
    result = subprocess.run(
        [sys.executable, "-X", "importtime", MIGRATE, *arguments], capture_output=True, text=True, timeout=120
    )
    assert result.returncode == 0, result.stderr[-500:]
    return {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in result.stderr.splitlines()}


HEAVY = {"dagster", "prefect", "dbt", "great_expectations", "pandas", "duckdb", "libcst"}


def test_help_lists_every_command_and_imports_nothing_heavy():
    assert not HEAVY & imported_by("--help")
    text = run("--help").stdout
    for command in ("inventory", "convert", "verify", "dual-run", "parity", "gate", "sign-off"):
        assert command in text


def test_help_of_every_command_imports_nothing_heavy():
    for command in ("inventory", "convert", "rules", "verify", "dual-run", "parity", "gate", "sign-off"):
        assert not HEAVY & imported_by(command, "--help"), command


def test_a_missing_configuration_is_one_clear_message_and_exit_2(tmp_path):
    for command in (("gate", "--phase", "1"), ("dual-run", "--phase", "1"), ("sign-off", "--phase", "1")):
        result = run(*command, cwd=tmp_path)
        assert result.returncode == 2, command
        assert "migration.toml" in result.stderr
        assert "remedy:" in result.stderr
        assert "Traceback" not in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_option_is_exit_2():
    assert run("gate", "--fase", "1").returncode == 2


def test_output_that_is_no_terminal_has_no_colour(tmp_path):
    result = run("gate", "--phase", "1", cwd=tmp_path)
    assert "\x1b[" not in result.stderr + result.stdout
