"""The reference with its real history, from reference.json.xz and the repository's code.

Digests are made again, as the runs' databases are not kept and the code moves on: green stays green.
"""

from __future__ import annotations

import json
import lzma
import shutil
from pathlib import Path
from typing import Any

from migrate.files import digest_tree
from shims import freeze
from validation.gate_record import digest

HERE = Path(__file__).parent
REPOSITORY = HERE.parents[1]
PRODUCTS = shutil.ignore_patterns("target", "logs", "__pycache__", ".user.yml", "*.duckdb")
STATE = Path(".changeover")
SIX_YEARS, FIRST, SECOND = (
    "20261122T221020763Z-5b16",
    "20261123T021616734Z-1ec7",
    "20261123T022029985Z-397f",
)


def build(root: Path) -> Path:
    """Write the project to a new folder; returns it."""
    root.mkdir(parents=True, exist_ok=True)
    for folder in ("dagster_legacy", "prefect_target", "dbt"):
        shutil.copytree(REPOSITORY / folder, root / folder, ignore=PRODUCTS)
    packed: dict[str, str] = json.loads(lzma.decompress((HERE / "reference.json.xz").read_bytes()))
    for name, text in packed.items():
        write(root / name, text)
    write(root / "data" / "census.parquet", "the census is not kept")
    bind(root)
    return root


def write(file: Path, text: str) -> None:
    """A file and its folders."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def change(file: Path, change_: Any) -> None:
    """Read a JSON file, change it in place, write it."""
    value = json.loads(file.read_text(encoding="utf-8"))
    change_(value)
    file.write_text(json.dumps(value), encoding="utf-8")


def bind(root: Path) -> None:
    """Digests of today's files wherever the history names them."""
    legacy, target = digest_tree(root / "dagster_legacy"), digest_tree(root / "prefect_target")

    def graph(record: Any) -> None:
        record["legacy_sha256"] = legacy

    def run(record: Any) -> None:
        record["code"] = {"dagster": legacy, "prefect": target}
        record["input"] = {"sha256": now.sha256, "files": files}

    now = freeze.fingerprint(root, ["dbt", "data/census.parquet"])
    files = [{"path": f.path, "sha256": f.sha256, "bytes": 1} for f in now.files]
    change(root / STATE / "graph.json", graph)
    change(root / STATE / "equivalence.json", lambda r: r.update(legacy_sha256=legacy, target_sha256=target))
    for folder in sorted((root / STATE / "runs").iterdir()):
        change(folder / "run.json", run)
        if (folder / "gate.json").is_file():
            change(folder / "gate.json", lambda r, folder=folder: gate(r, root, folder))


def gate(record: Any, root: Path, folder: Path) -> None:
    """A decision's evidence as it is now, and Great Expectations' results that go with it."""
    for entry in record["evidence"]:
        entry["sha256"] = digest(root, entry["path"])
    record["evidence"] = [entry for entry in record["evidence"] if entry["sha256"]]
    results = [{"success": fact["passed"]} for fact in record["facts"]]
    write(folder / "gx/uncommitted/validations/all.json", json.dumps({"results": results}))


# ---- made larger -----------------------------------------------------------------------------


def full_history(root: Path, runs: int = 50) -> None:
    """Three phases and many dual runs: real ones again, under other names and with other measures."""
    folder = root / STATE / "runs"
    kinds = ((FIRST, 1, [2025]), (FIRST, 2, [2025, 2026]), (SIX_YEARS, 3, None))
    for number in range(runs - len(list(folder.iterdir()))):
        source, phase, years = kinds[number % 3]
        day, minute = 1 + number // 3, number % 3 * 15
        copy_run(folder, source, f"202611{day:02}T08{minute:02}00000Z-{number:04x}", phase, years)
    bind(root)


def copy_run(folder: Path, source: str, name: str, phase: int, years: list[int] | None = None) -> Path:
    """A run again under another name; its measures vary by the name."""
    target = folder / name
    shutil.copytree(folder / source, target, ignore=shutil.ignore_patterns("gx"))
    factor = 1 + (int(name[-4:], 16) % 17 - 8) / 40
    stamp = f"{name[:4]}-{name[4:6]}-{name[6:8]}T{name[9:11]}:{name[11:13]}:00+00:00"

    def run(record: Any) -> None:
        record.update(id=name, phase=phase, started=stamp, finished=stamp)
        record["years"] = years or record["years"]
        record["sides"]["prefect"]["cpu_seconds"] *= factor
        record["sides"]["dagster"]["wall_seconds"] *= 2 - factor

    change(target / "run.json", run)
    if (target / "gate.json").is_file():
        change(target / "gate.json", lambda r: r.update(run=name, phase=str(phase)))
    return target


def many_assets(root: Path, count: int = 5000) -> None:
    """The graph, the parity and the checks of a project of so many assets, in the shapes of the real ones."""
    names = [f"layer_{n % 10}_asset_{n:05}" for n in range(count)]
    assets = [
        {
            "key": name,
            "group": f"group_{n // 100:02}",
            "deps": [names[n - step] for step in (10, 11, 37) if n >= step and n % 3],
            "loads": [],
            "step": "",
            "store": "",
            "source": False,
        }
        for n, name in enumerate(names)
    ]
    change(root / STATE / "graph.json", lambda r: r.update(assets=assets))
    for folder in sorted((root / STATE / "runs").iterdir()):
        change(folder / "parity.json", lambda r: r.update(tables=[table(r, n) for n in names], origin=None))
        change(folder / "run.json", lambda r: more_checks(r, names))
    (root / "routing.toml").unlink()
    (root / "routing.log.jsonl").unlink()


def table(record: Any, name: str) -> Any:
    """A table of the real comparison under another name."""
    return {**record["tables"][int(name[-5:]) % 81], "name": name} if len(record["tables"]) == 81 else record


def more_checks(record: Any, names: list[str]) -> None:
    """One check an asset on both sides."""
    for side in record["sides"].values():
        side["checks"] = [
            {
                "year": 2025,
                "asset": name,
                "check": "is_whole",
                "passed": n % 500 != 0,
                "severity": "ERROR",
                "blocking": True,
            }
            for n, name in enumerate(names)
        ]
        side["outputs"] = [{"table": name, "rows": 100 + n} for n, name in enumerate(names)]
