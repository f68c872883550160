"""Phase 1 of the reference migration, once for all tests here: every command of the demo, every part real."""

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from migrate.files import digest_file

REPOSITORY = Path(__file__).parents[2]
MIGRATE = str(Path(sys.executable).with_name("migrate"))
PRODUCTS = shutil.ignore_patterns("target", "logs", "__pycache__", ".user.yml", "*.duckdb")


@dataclass(frozen=True)
class Thread:
    """A migration's folder."""

    root: Path

    def migrate(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one `migrate` command in it."""
        return subprocess.run(
            [MIGRATE, *arguments], cwd=self.root, capture_output=True, text=True, timeout=900
        )

    def contents(self) -> dict[str, str]:
        """The digest of each of its files."""
        files = (path for path in self.root.rglob("*") if path.is_file())
        return {str(path.relative_to(self.root)): digest_file(path) for path in files}

    @property
    def run(self) -> Path:
        """The folder of its newest dual run."""
        return max((self.root / ".changeover" / "runs").glob("*/run.json")).parent

    def json(self, name: str) -> dict[str, Any]:
        """A file of the newest dual run."""
        return json.loads((self.run / name).read_text(encoding="utf-8"))

    def reasons(self) -> str:
        """Why the gate is red: subject and message, a line each."""
        return "\n".join(
            f"{r['gate']} {r['subject']} {r['message']}" for r in self.json("gate.json")["reasons"]
        )


@pytest.fixture(scope="package")
def signed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Thread, dict[str, Any]]:
    """The reference, migrated through phase 1 with 1,000 employees, and what each command answered."""
    root = tmp_path_factory.mktemp("reference")
    for folder in ("dagster_legacy", "dbt"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=PRODUCTS)
    shutil.copy(REPOSITORY / "migration.toml", root)
    thread = Thread(root)
    answers: dict[str, Any] = {
        "convert": thread.migrate("convert", "dagster_legacy", "--out", "prefect_target")
    }
    before = thread.contents()
    answers["verify"] = thread.migrate("verify")
    answers["verify wrote"] = {
        path for path, content in thread.contents().items() if before.get(path) != content
    }
    answers["verify kept"] = before.keys() <= thread.contents().keys()
    census = [sys.executable, "dagster_legacy/scripts/generate_census.py", "--employees", "1000"]
    subprocess.run([*census, "--out", "data/census.parquet"], cwd=root, check=True, capture_output=True)
    for name in ("dual-run", "gate", "sign-off"):
        answers[name] = thread.migrate(name, "--phase", "1")
    return thread, answers


@pytest.fixture(scope="package")
def broken(signed: tuple[Thread, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Thread:
    """A copy of the signed migration that the tests break."""
    root = tmp_path_factory.mktemp("broken") / "copy"
    shutil.copytree(signed[0].root, root, symlinks=True)
    return Thread(root)
