"""The wheel works outside of the repository: everything it needs is in it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from docsite.schemas import files as schemas
from migrate import course

REPOSITORY = Path(__file__).parents[2]
PROJECT = """import dagster as dg


@dg.asset(group_name="herd")
def cows() -> list[str]:
    return ["Berta", "Vroni"]


@dg.asset
def milk(cows: list[str]) -> int:
    return 20 * len(cows)


defs = dg.Definitions(assets=[cows, milk])
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    line = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(line, cwd=REPOSITORY, check=True, capture_output=True, timeout=120)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel; what it depends on is lent by the present one, changeover is not."""
    folder = tmp_path_factory.mktemp("elsewhere") / "venv"
    venv.create(folder, with_pip=False)
    packages = next(folder.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)  # what an installer does with a pure wheel, without its scripts
    lent = Path(next(p for p in sys.path if p.endswith("site-packages")))
    (packages / "lent.pth").write_text(
        f"{lent}\n"
    )  # its own .pth files, such as our editable one, are not read
    return folder / "bin" / "python"


def migrate(python: Path, where: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    return subprocess.run(
        [str(python), "-c", "from migrate.cli import main; main()", *words],
        cwd=where,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_the_wheel_holds_every_file_of_the_three_packages(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    line = ["git", "ls-files", "migrate", "shims", "validation"]
    tracked = subprocess.run(line, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    missing = {name for name in tracked if name} - names
    assert not missing
    assert all(str(file.relative_to(REPOSITORY)) in names for file in schemas())
    assert not any("__pycache__" in name or name.startswith("tests") for name in names)


def test_it_migrates_a_project_that_is_not_the_reference(installed, tmp_path):
    (tmp_path / "farm").mkdir()
    (tmp_path / "farm" / "definitions.py").write_text(PROJECT)
    where = migrate(installed, tmp_path, "--version")
    assert where.returncode == 0, where.stderr
    origin = subprocess.run(
        [str(installed), "-c", "import migrate, validation; print(migrate.__file__, validation.__file__)"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert origin.stdout.count(str(installed.parents[1])) == 2, origin.stdout
    found = migrate(installed, tmp_path, "inventory", "farm", "--json")
    assert '"milk"' in found.stdout, found.stderr
    done = migrate(installed, tmp_path, "convert", "farm", "--out", "target")
    assert done.returncode == 0, done.stderr
    written = (tmp_path / "target" / "definitions.py").read_text()
    assert '_deps=["asset://cows"]' in written
    assert "dagster" not in written
    listed = migrate(installed, tmp_path, "learn", "list")
    assert len(course.exercises()) == 10
    assert [line.split()[0] for line in listed.stdout.splitlines()[:10]] == [str(n) for n in range(1, 11)]
    begun = migrate(installed, tmp_path, "learn", "start", "10")
    assert begun.returncode == 0
    assert (tmp_path / "10_rollback" / "state" / "graph.json").is_file()
