"""The asset keys of a dbt project, from its folder: files of models, seeds and snapshots, and its sources."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

REF = re.compile(r"""\bref\(\s*(?:['"][^'"]+['"]\s*,\s*)?['"]([^'"]+)['"]""")
TEXTS = (".sql", ".yml", ".yaml", ".py")
KEYED = ("model", "seed", "snapshot", "source")
SOURCE = re.compile(r"""\bsource\(\s*['"]([^'"]+)['"]\s*,\s*['"]([^'"]+)['"]\s*\)""")


@dataclass(frozen=True)
class DbtKeys:
    """Keys a dbt project makes, and keys it reads without making them.

    `lineage` is what each key that is made needs, of `path`'s models, seeds and sources; `nodes` is what the
    manifest says of a key's node, or as much of it as the files tell.
    """

    folder: str
    makes: frozenset[str]
    reads: tuple[str, ...]
    lineage: Mapping[str, tuple[str, ...]] = field(default_factory=dict, compare=False)
    path: Path | None = field(default=None, compare=False)
    nodes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, compare=False)

    @property
    def every_key(self) -> frozenset[str]:
        """What is made, what is read, and whatever is upstream of something."""
        return self.makes.union(self.reads, self.lineage, *self.lineage.values())

    def mentions(self, word: str) -> bool:
        """Whether a word stands anywhere in the project: its models may be given it."""
        return any(word in text for text in self.texts())

    def texts(self) -> list[str]:
        """What stands in the project's own files."""
        spelled = (p for p in _files(self.path) if p.suffix in TEXTS) if self.path else ()
        return [path.read_text(encoding="utf-8", errors="replace") for path in spelled]


class Told(dict[str, Any]):
    """What files tell of a node; whatever else is asked of it is not known."""

    def get(self, name: str, default: Any = None) -> Any:
        """As the item is got: what is not told is no default either."""
        return self[name]


def find_project(root: Path) -> Path | None:
    """The folder with dbt_project.yml: inside the project, else beside it."""
    for pattern in ("dbt_project.yml", "*/dbt_project.yml", "*/*/dbt_project.yml"):
        found = sorted(root.glob(pattern))
        if found:
            return found[0].parent
    beside = sorted(p for p in root.resolve().parent.glob("*/dbt_project.yml"))
    return beside[0].parent if beside else None


def read_keys(folder: Path) -> DbtKeys:
    """The keys, by dagster-dbt's defaults, from the manifest if there is one, else from the files."""
    manifest = folder / "target" / "manifest.json"
    if manifest.is_file():
        try:
            return _from_manifest(folder, json.loads(manifest.read_text(encoding="utf-8")))
        except (ValueError, KeyError):
            pass
    return _from_files(folder)


def _from_manifest(folder: Path, content: dict[str, Any]) -> DbtKeys:
    nodes = {**content["nodes"], **content["sources"]}
    makes = {
        _key(node)
        for node in content["nodes"].values()
        if node["resource_type"] in ("model", "seed", "snapshot")
        and node["config"]["materialized"] != "ephemeral"
    }
    parents = {p for n in content["nodes"].values() for p in n.get("depends_on", {}).get("nodes", ())}
    reads = {_key(nodes[p]) for p in parents if p in content["sources"]}
    known = {_key(node): node for node in nodes.values() if node["resource_type"] in KEYED}
    above = _lineage(nodes, makes)
    return DbtKeys(folder.name, frozenset(makes), tuple(sorted(reads)), above, folder, known)


def _lineage(nodes: dict[str, Any], makes: set[str]) -> dict[str, tuple[str, ...]]:
    """Key → what it needs; through ephemeral models, which are part of what selects from them."""

    def needs(node: dict[str, Any]) -> Iterator[str]:
        for name in node.get("depends_on", {}).get("nodes", ()):
            parent = nodes.get(name)
            if parent and (_key(parent) in makes or parent["resource_type"] == "source"):
                yield _key(parent)
            elif parent:
                yield from needs(parent)

    return {
        _key(n): tuple(dict.fromkeys(needs(n)))
        for n in nodes.values()
        if n["resource_type"] != "source" and _key(n) in makes
    }


def _key(node: dict[str, Any]) -> str:
    meta = (node.get("config") or {}).get("meta") or node.get("meta") or {}
    given = (meta.get("dagster") or {}).get("asset_key")
    if given:
        return given if isinstance(given, str) else "/".join(given)
    if node["resource_type"] == "source":
        return f"{node['source_name']}/{node['name']}"
    schema = node["config"].get("schema")
    return f"{schema}/{node['name']}" if schema else str(node["name"])


def _from_files(folder: Path) -> DbtKeys:
    makes: set[str] = set()
    read: set[tuple[str, str]] = set()
    needs: dict[str, list[tuple[str, ...]]] = {}
    known: dict[str, Told] = {}
    project = _project_name(folder)
    for path in _files(folder):
        top = path.relative_to(folder).parts[0]
        if path.suffix in (".sql", ".py") and top not in ("macros", "tests", "analyses"):
            content = path.read_text(encoding="utf-8", errors="replace")
            snapshots = re.findall(r"{%-?\s*snapshot\s+(\w+)", content)
            names = snapshots or [path.stem]
            makes.update(names)
            known |= {
                n: _told(project, n, path.relative_to(folder), "snapshot" if snapshots else "") for n in names
            }
            read.update(SOURCE.findall(content))
            found = [*((name,) for name in REF.findall(content)), *SOURCE.findall(content)]
            needs.update(dict.fromkeys(names, found))
        elif path.suffix == ".csv":
            makes.add(path.stem)
            known[path.stem] = _told(project, path.stem, path.relative_to(folder), "seed")
    declared = dict(_sources(folder))
    makes.update(key for pair, key in declared.items() if pair[0] == "snapshot")
    reads = sorted(declared.get(pair, "/".join(pair)) for pair in read)
    sources: dict[tuple[str, ...], str] = dict(declared.items())
    lineage = {
        key: tuple(dict.fromkeys(sources.get(p, "/".join(p)) for p in parents))
        for key, parents in needs.items()
    }
    for pair in read:
        facts = {"resource_type": "source", "source_name": pair[0], "name": pair[1]}
        known[declared.get(pair, "/".join(pair))] = Told(facts)
    return DbtKeys(folder.name, frozenset(makes), tuple(reads), lineage, folder, known)


def _told(project: str, name: str, path: Path, kind: str) -> Told:
    """A node as its file tells it; the first folder is that of its kind."""
    below = [*path.parts[1:-1]]
    return Told(
        resource_type=kind,
        name=name,
        fqn=[project, *below, name],
        path="/".join([*below, path.name]),
        original_file_path=path.as_posix(),
        package_name=project,
    )


def _project_name(folder: Path) -> str:
    found = re.search(
        r"""^name:\s*['"]?(\w+)""", (folder / "dbt_project.yml").read_text("utf-8"), re.MULTILINE
    )
    return found[1] if found else folder.name


def _files(folder: Path) -> Iterator[Path]:
    skipped = {"target", "logs", "dbt_packages", ".git"}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).parts[0] not in skipped:
            yield path


def _sources(folder: Path) -> Iterator[tuple[tuple[str, str], str]]:
    try:
        import yaml
    except ModuleNotFoundError:  # the base install has none: keys of sources are then dbt's own
        return
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as quick, where it was built
    for path in _files(folder):
        if path.suffix not in (".yml", ".yaml"):
            continue
        try:
            content = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506 - a safe one
        except (yaml.YAMLError, UnicodeDecodeError):
            continue
        if not isinstance(content, dict):
            continue
        for snapshot in content.get("snapshots") or ():
            if isinstance(snapshot, dict) and snapshot.get("relation"):
                yield ("snapshot", snapshot["name"]), snapshot["name"]
        for source in content.get("sources") or ():
            for table in (source.get("tables") or ()) if isinstance(source, dict) else ():
                meta = (table.get("config") or {}).get("meta") or table.get("meta") or {}
                given = (meta.get("dagster") or {}).get("asset_key")
                if given:
                    key = given if isinstance(given, str) else "/".join(given)
                    yield (source["name"], table["name"]), key
