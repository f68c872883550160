"""One Prefect server and one small shop for all tests of bridges, proxies and routing."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from migrate.cli import main
from migrate.config import load
from shims import server
from shims.handed import handed
from shims.run_plan import make_plan

SHOP = Path(__file__).parent / "projects" / "shop"
REPOSITORY = Path(__file__).parents[2]
AT_ONCE = ("cutover", "rollback", "status", "parity")
"""Commands that start no other program."""
ROUTE = "\n\nfrom shims.dagster_proxy import route  # noqa: E402\n\ndefs = route(defs)\n"


def copy_of(project: Path, folder: Path) -> Path:
    """A copy of a project that a test may write into."""
    ignored = shutil.ignore_patterns("__pycache__", ".changeover", "target" if project.name == "dbt" else "")
    shutil.copytree(project, folder, ignore=ignored)
    return folder


@pytest.fixture(scope="session")
def copying() -> Callable[[Path, Path], Path]:
    """Copies a project into a folder that is not there yet."""
    return copy_of


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The shop, with its store and the homes of both orchestrators in folders of the test's own."""
    root = copy_of(SHOP, tmp_path / "shop")
    monkeypatch.setenv("SHOP", str(tmp_path / "store"))
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path / "dagster"))
    monkeypatch.setenv("CHANGEOVER_CONFIG", str(root / "migration.toml"))
    return root


@pytest.fixture(scope="package")
def api(tmp_path_factory: pytest.TempPathFactory):
    """The address of a real Prefect server."""
    root = copy_of(SHOP, tmp_path_factory.mktemp("server") / "shop")
    plan = make_plan(load(root), years=[2025])
    for side in plan.sides:
        side.make()
    running = server.start(plan, time.sleep)
    yield running.url
    running.end()


@pytest.fixture
def farm_root(tmp_path: Path) -> Path:
    """A copy of the farm that nothing has been done with."""
    return copy_of(SHOP.with_name("farm"), tmp_path / "farm")


@dataclass
class Migration:
    """A migration's folder, and the variables that lead both orchestrators to one storage."""

    root: Path
    api: str
    variables: dict[str, str]
    legacy: str = "legacy"
    target: str = "target"
    line: str = ROUTE

    def migrate(self, *words: str) -> subprocess.CompletedProcess[str]:
        if words[0] in AT_ONCE:
            return self.at_once(*words)
        line = [str(Path(sys.executable).with_name("migrate")), *words]
        return subprocess.run(line, cwd=self.root, capture_output=True, text=True, timeout=300)

    def at_once(self, *words: str) -> subprocess.CompletedProcess[str]:
        """The same command line without a new interpreter: half a second of CPU time less each."""
        out, err = io.StringIO(), io.StringIO()
        with (
            contextlib.chdir(self.root),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            pytest.MonkeyPatch.context() as patch,
        ):
            patch.setattr(sys, "argv", ["migrate", *words])
            with pytest.raises(SystemExit) as ended:
                main()
        return subprocess.CompletedProcess(sys.argv, int(ended.value.code), out.getvalue(), err.getvalue())

    def yes(self, *words: str) -> str:
        done = self.migrate(*words)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def run(self) -> Path:
        return max((self.root / ".changeover" / "runs").glob("*/run.json")).parent

    def environment(self, name: str) -> dict[str, str]:
        out = self.root.parent / name
        out.mkdir()
        (out / "dagster").mkdir()
        own = {"DAGSTER_HOME": str(out / "dagster"), "PREFECT_HOME": str(out / "prefect")}
        paths = {key: value.format(out=out, root=self.root) for key, value in self.variables.items()}
        config = {"CHANGEOVER_CONFIG": str(self.root / "migration.toml"), "PREFECT_API_URL": self.api}
        return {**os.environ, **own, **paths, **config, "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false"}

    def under_dagster(
        self, name: str, module: str, job: str, given: dict[str, str] | None = None, fails: bool = False
    ) -> list[dict]:
        """Run the job of the legacy with its one routing line; what its event log said."""
        environment, legacy = dict(given or self.environment(name)), self.root / self.legacy
        events = self.root.parent / name / "events.jsonl"
        request = {"job": job, "partition_key": "2025", "root": str(legacy), "module": module}
        request |= {
            "attribute": "defs",
            "events": str(events),
            "tags": {},
            "cancel_file": str(events) + ".no",
        }
        file = events.with_name("request.json")
        file.write_text(json.dumps(request))
        environment["PYTHONPATH"] = os.pathsep.join([str(legacy), str(REPOSITORY)])
        done = subprocess.run(
            [sys.executable, handed("dagster_bridge", file.parent), str(file)],
            cwd=legacy,
            env=environment,
            capture_output=True,
            text=True,
        )
        told = [json.loads(line) for line in events.read_text().splitlines()]
        assert fails or done.returncode == 0, [
            e for e in told if e["event"] in ("failure", "error")
        ] or done.stderr
        return told

    def under_prefect(self, name: str, module: str, flow: str) -> str:
        """Run the flow of the target with its one routing line; everything it logged."""
        code = (
            f"import sys; sys.path.insert(0, '{self.target}'); from {module} import {flow} as flow\n"
            "from shims.prefect_part import route\n"
            "state = route(flow)(partition_key='2025', return_state=True)\n"
            "sys.exit(0 if state.is_completed() else 1)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=self.root,
            env=self.environment(name),
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
        return done.stdout + done.stderr

    def equal(self, name: str, database: str) -> None:
        """The tables are those of the unmigrated graph."""
        before, after = self.run / "dagster" / "out" / database, self.root.parent / name / database
        said = self.yes("parity", str(before), str(after), "--config", "migration.toml")
        assert "equal" in said

    def both_sides_agree(self, database: str) -> None:
        """What the shadow wrote beside the authority, in the dual run that the gate rests on."""
        both = [str(self.run / side / "out" / database) for side in ("dagster", "prefect")]
        assert "equal" in self.yes("parity", *both, "--config", "migration.toml")

    def by_prefect(self, told: list[dict]) -> set[str]:
        """The steps of a Dagster run that Prefect did."""
        begun = [e for e in told if e["event"] == "log" and e["message"].startswith("Beginning flow run")]
        return {e["step"] for e in begun}

    def states(self) -> dict[str, str]:
        found = json.loads(self.yes("status", "--json"))
        groups = [group["assets"].items() for group in found["groups"]]
        return {key: state for group in groups for state, keys in group for key in keys}

    def made_with(self, step: str) -> list[str]:
        """The assets that one function makes."""
        graph = json.loads((self.root / ".changeover" / "graph.json").read_text())
        return [node["key"] for node in graph["assets"] if node["step"] == step]


@pytest.fixture
def path_of(api: str) -> Callable[..., Migration]:
    """A migration in a folder, with the variables that lead both orchestrators to one storage."""
    return lambda root, variables, *folders: Migration(root, api, variables, *folders)
