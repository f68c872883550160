"""A project with every wart there is: each is found at its place, with a remedy."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from migrate.config import load
from shims.preflight import machine, paths
from shims.preflight.sources import read
from shims.run_plan import make_plan

pytestmark = pytest.mark.real

WARTS = '''\
"""A docstring may name /home/ada/project."""
import os
import socket
import subprocess
from pathlib import Path
from urllib.request import urlopen

import not_installed_anywhere

HOME = "/home/ada/project/plan.duckdb"
SETTLED = os.environ.get("PLAN_DB", "/home/ada/default.duckdb")
SCRATCH = "/tmp/plan-scratch.csv"
# "/home/ada/comment"


def start():
    subprocess.run(["no-such-program", "--version"])
    Path(__file__).with_name("cache.txt").write_text("x")
    return "COPY pay TO 'pay.csv'", "LOAD httpfs;", "please load extensions"


def serve(run):
    run(port={port})
'''


@pytest.fixture
def warty(tiny):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        holder.listen()
        (tiny.root / "legacy/plan/warts.py").write_text(WARTS.replace("{port}", str(holder.getsockname()[1])))
        (tiny.root / "legacy/unused.py").write_text('PATH = "/home/ada/unused"\n')
        (tiny.root / "data/profiles.yml").write_text(
            "plan:\n  outputs:\n    dev:\n      path: /home/ada/plan.duckdb  # /home/ada/comment\n"
            "      extensions:\n        - spatial\n"
        )
        (tiny.root / "data/dbt_project.yml").write_text("name: plan\n")
        (tiny.root / "data/packages.yml").write_text("packages:\n  - package: a/b\n")
        definitions = tiny.root / "legacy/plan/definitions.py"
        text = definitions.read_text().replace(
            "from plan import model\n", "from plan import model, imports\n"
        )
        definitions.write_text(text)
        (tiny.root / "legacy/plan/imports.py").write_text(
            "import socket\nfrom pathlib import Path\n\nfrom plan import faults\n\n"
            "if False:\n    from plan import warts\n"
            "Path(__file__).with_name('made.txt').write_text('x')\n"
            f"Path({str(tiny.root / 'shared.txt')!r}).write_text('x')\n"
            "reader = socket.socket()\nreader.connect_ex(('127.0.0.1', 9))\n"
        )
        yield tiny


def test_every_wart_is_found_with_its_place_and_remedy(warty):
    done = warty.migrate("preflight", "--json")
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    assert not report["ready"]
    assert report["versions"]["dagster"]["duckdb"] == duckdb.__version__
    found = {(f["area"], f["level"], f["file"], f["line"]): f["cause"] for f in report["findings"]}
    wart = "legacy/plan/warts.py"
    for area, level, file, line, words in [
        ("path", "problem", wart, 10, "/home/ada/project/plan.duckdb"),
        ("path", "problem", "data/profiles.yml", 4, "/home/ada/plan.duckdb"),
        ("path", "warning", "legacy/unused.py", 1, "/home/ada/unused"),
        ("side-effect", "problem", wart, 12, "/tmp/plan-scratch.csv"),
        ("executable", "problem", wart, 17, "no-such-program"),
        ("side-effect", "warning", wart, 18, "beside its own source"),
        ("side-effect", "warning", wart, 19, "pay.csv"),
        ("extension", "problem", wart, 19, "httpfs"),
        ("extension", "problem", "data/profiles.yml", 6, "spatial"),
        ("port", "problem", wart, 23, "taken now"),
        ("package", "problem", wart, 8, "not_installed_anywhere"),
        ("download", "problem", "data/packages.yml", None, "packages"),
    ]:
        assert words in found.get((area, level, file, line), ""), (area, file, line, found)
    causes = "\n".join(f["cause"] for f in report["findings"])
    assert "importing it writes plan/made.txt, a file of its own source" in causes.replace("legacy/", "")
    assert f"importing it writes {warty.root / 'shared.txt'}" in causes
    assert "importing it connects to 127.0.0.1:9" in causes
    for word in ("docstring", "/home/ada/comment", "/home/ada/default", "extensions"):
        assert word not in causes.replace("extensions:", "")
    assert all(f["remedy"] for f in report["findings"])
    assert not (warty.root / ".changeover").exists()


def test_a_clean_project_is_ready_and_a_side_that_cannot_be_asked_is_said(tiny):
    done = tiny.migrate("preflight")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "0 to mend, 0 to know of")
    tiny.set('module = "plan.', 'python = "no/python"\nmodule = "plan.')
    tiny.set('root = "target"', 'root = "gone"')
    done = tiny.migrate("preflight")
    assert done.returncode == 2
    assert "dagster  could not be asked" in done.stdout
    assert "legacy.python: " in done.stdout
    assert "Run `migrate convert` first." in done.stdout


def test_a_database_that_is_held_is_named_with_its_holder(tiny):
    path = tiny.root / "data" / "source.duckdb"
    code = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('up', flush=True); sys.stdin.read()"
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout.readline() == b"up\n"
    (found,) = machine._locks(load(tiny.root))
    assert f"process {holder.pid}" in found.cause
    holder.communicate(b"")
    assert list(machine._locks(load(tiny.root))) == []


def test_too_little_space_is_found(tiny, monkeypatch):
    monkeypatch.setattr(machine, "SPACE_MARGIN", 1 << 60)
    (found,) = machine._disk(make_plan(load(tiny.root), years=[2025]))
    assert (found.area, found.level) == ("disk", "problem")


def test_the_reference_has_no_absolute_path():
    migration = load(Path(__file__).parents[2])
    assert [f for f in paths.findings(migration, read(migration)) if f.level == "problem"] == []
