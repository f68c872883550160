"""A dbt project, read from its files: models, seeds, snapshots, sources and tests, with what each asks for.

No manifest and no dbt is needed. A template is rendered as it stands, as a first (non-incremental) run, and
for a later year; what any of them asks for counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from migrate.lineage.dbt_singular import singular_tests
from migrate.lineage.dbt_tests import DbtTest, declared_tests
from migrate.lineage.sql import line_of, touched
from migrate.lineage.template_calls import Call, constant_calls
from migrate.lineage.templates import Asked, Templates
from migrate.lineage.yaml_files import mappings, read_yaml

Kind = Literal["model", "seed", "snapshot", "source"]
SKIPPED = frozenset(
    {"target", "logs", "dbt_packages", "dbt_modules", ".git", ".venv", "venv", "node_modules"}
)
NOT_A_YEAR_NOW = ("start", "first", "base", "begin", "end", "last", "final")


@dataclass(frozen=True)
class Rendered:
    """One rendering: of what (`as it stands`, `first run`, `a later year`), its SQL, what it asked for."""

    label: str
    sql: str
    asked: Asked


@dataclass(frozen=True)
class DbtNode:
    """A model, seed, snapshot or source. `key` is the asset key dagster-dbt gives it by default."""

    kind: Kind
    name: str
    key: str
    file: str
    line: int = 1
    layer: str = ""
    text: str = field(default="", repr=False)
    rendered: tuple[Rendered, ...] = field(default=(), repr=False)
    calls: tuple[Call, ...] = field(default=(), repr=False)
    columns: tuple[str, ...] = ()
    relation: str = ""
    tests: tuple[DbtTest, ...] = ()

    @property
    def refs(self) -> tuple[str, ...]:
        """Names of the models, seeds and snapshots it declares to need, each once."""
        found = [c.words[-1] for c in self.calls if c.name == "ref"]
        return tuple(dict.fromkeys([*found, *(r for one in self.rendered for r in one.asked.refs)]))

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """(source, table) pairs it declares to need."""
        found = [(c.words[0], c.words[1]) for c in self.calls if c.name == "source" and len(c.words) == 2]
        return tuple(dict.fromkeys([*found, *(s for one in self.rendered for s in one.asked.sources)]))

    @property
    def looked_up(self) -> tuple[str, ...]:
        """Relations looked up by name, which no graph of dbt holds."""
        found = [c.words[0] for c in self.calls if c.name == "get_relation" and c.words]
        return tuple(dict.fromkeys([*found, *(r for one in self.rendered for r in one.asked.looked_up)]))


class DbtProject:
    """A dbt project's files, read when first asked for. `shown` is how its folder is named in findings."""

    def __init__(self, folder: Path, shown: str, keys: frozenset[str] = frozenset()) -> None:
        self.folder, self.shown, self._keys = folder, shown, keys
        self.settings = read_yaml(folder / "dbt_project.yml")

    @cached_property
    def name(self) -> str:
        """The project's name."""
        return str(self.settings.get("name") or self.folder.name)

    @cached_property
    def variables(self) -> dict[str, Any]:
        """The defaults of variables in dbt_project.yml."""
        given = self.settings.get("vars")
        given = given if isinstance(given, dict) else {}
        own = given.get(self.name)
        flat = {k: v for k, v in given.items() if not isinstance(v, dict)}
        return {**flat, **(own if isinstance(own, dict) else {})}

    @cached_property
    def dialect(self) -> str:
        """The SQL dialect its profile names; DuckDB's when it names none."""
        content = read_yaml(self.folder / "profiles.yml")
        for profile in content.values():
            for output in (profile.get("outputs") or {}).values() if isinstance(profile, dict) else ():
                kind = output.get("type") if isinstance(output, dict) else None
                if kind:
                    return {"sqlserver": "tsql"}.get(str(kind), str(kind))
        return "duckdb"

    @cached_property
    def templates(self) -> Templates:
        """The Jinja environment, with the project's macros."""
        macros = {p: _text(p) for p in self._files("macro-paths", "macros", ".sql")}
        return Templates(macros, self.variables)

    @cached_property
    def macros(self) -> dict[str, str]:
        """Text of the macro files, by the path shown."""
        return {self.path(p): _text(p) for p in self._files("macro-paths", "macros", ".sql")}

    @cached_property
    def properties(self) -> Mapping[str, tuple[dict[str, Any], str, int]]:
        """What YAML says of a model, seed or snapshot: its mapping, the file, and the line of its name."""
        found: dict[str, tuple[dict[str, Any], str, int]] = {}
        for path, content, text in self._yaml:
            for kind in ("models", "seeds", "snapshots"):
                for entry in mappings(content.get(kind)):
                    name = str(entry.get("name", ""))
                    found[name] = (entry, self.path(path), line_of(text, [f"name: {name}", name]))
        return found

    @cached_property
    def _yaml(self) -> tuple[tuple[Path, dict[str, Any], str], ...]:
        folders = [self.folder / f for f in (*self._paths("model-paths", "models"), "seeds", "snapshots")]
        files = sorted(
            {p for f in folders if f.is_dir() for p in f.rglob("*.y*ml") if p.suffix in (".yml", ".yaml")}
        )
        return tuple((p, read_yaml(p), _text(p)) for p in files)

    @cached_property
    def nodes(self) -> Mapping[str, DbtNode]:
        """All nodes by name; sources by `source.table`."""
        found: dict[str, DbtNode] = {}
        for node in (*self._sources(), *self._seeds(), *self._snapshots(), *self._models()):
            found[node.relation if node.kind == "source" else node.name] = node
        for name, test in self._singular():
            if name in found:
                found[name] = replace(found[name], tests=(*found[name].tests, test))
        return found

    def _singular(self) -> Iterator[tuple[str, DbtTest]]:
        for top in self._paths("test-paths", "tests"):
            yield from singular_tests(
                self.folder / top, self._below(top, (".sql",)), self.templates, self.path
            )

    def _models(self) -> Iterator[DbtNode]:
        for top in self._paths("model-paths", "models"):
            for path in self._below(top, (".sql", ".py")):
                parts = path.relative_to(self.folder / top).parts
                yield self._node("model", path, path.stem, parts[0] if len(parts) > 1 else "models")

    def _snapshots(self) -> Iterator[DbtNode]:
        for top in self._paths("snapshot-paths", "snapshots"):
            for path in self._below(top, (".sql",)):
                yield self._node("snapshot", path, path.stem, "snapshots")
        for path, content, text in self._yaml:
            for entry in mappings(content.get("snapshots")):
                relation = str(entry.get("relation") or "")
                if relation:
                    name = str(entry["name"])
                    rendered = self._rendered("{{ " + relation + " }}", name)
                    line = line_of(text, [f"name: {name}", name])
                    yield DbtNode(
                        "snapshot", name, self._key(name), self.path(path), line, "snapshots", "", rendered,
                        columns=_columns(entry), relation=name, tests=self._tests(name),
                    )  # fmt: skip

    def _seeds(self) -> Iterator[DbtNode]:
        for top in self._paths("seed-paths", "seeds"):
            for path in self._below(top, (".csv",)):
                with path.open(encoding="utf-8", errors="replace") as lines:
                    head = lines.readline().strip()
                columns = tuple(c.strip().strip('"') for c in head.split(","))
                yield DbtNode(
                    "seed", path.stem, self._key(path.stem), self.path(path), 1, "seeds",
                    columns=columns, relation=path.stem, tests=self._tests(path.stem),
                )  # fmt: skip

    def _sources(self) -> Iterator[DbtNode]:
        for path, content, text in self._yaml:
            for source in mappings(content.get("sources")):
                for table in mappings(source.get("tables")):
                    name, label = str(table.get("name")), str(source.get("name"))
                    key = _given_key(table) or f"{label}/{name}"
                    line = line_of(text, [f"name: {name}", name])
                    tests = tuple(declared_tests(table, f"source_{label}_{name}", "source"))
                    yield DbtNode(
                        "source", name, key, self.path(path), line, "sources", columns=_columns(table),
                        relation=f"{label}.{name}", tests=tests,
                    )  # fmt: skip

    def _node(self, kind: Kind, path: Path, name: str, layer: str) -> DbtNode:
        text = _text(path)
        python = path.suffix == ".py"
        tree = None if python else self.templates.parse(text)
        rendered = () if python else self._rendered(text, name)
        calls = constant_calls(tree, text)
        entry = self.properties.get(name, ({}, "", 0))[0]
        key = _given_key(entry) or self._key(name)
        alias = next((str(r.asked.config["alias"]) for r in rendered if "alias" in r.asked.config), name)
        return DbtNode(
            kind, name, key, self.path(path), 1, layer, text, rendered, calls,
            _columns(entry), alias, self._tests(name),
        )  # fmt: skip

    def _rendered(self, text: str, name: str) -> tuple[Rendered, ...]:
        later = {
            key: value + 1
            for key, value in self.variables.items()
            if isinstance(value, int) and 1900 < value < 2200 and not key.startswith(NOT_A_YEAR_NOW)
        }
        asked_for: list[tuple[str, dict[str, Any], bool]] = [
            ("as it stands", {}, True),
            ("first run", {}, False),
        ]
        asked_for += [("a later year", later, True)] if later else []
        found: dict[str, Rendered] = {}
        for label, variables, incremental in asked_for:
            sql, asked = self.templates.render(text, name, variables, incremental)
            found.setdefault(sql, Rendered(label, sql, asked))
        return tuple(found.values())

    def _tests(self, name: str) -> tuple[DbtTest, ...]:
        entry, file, line = self.properties.get(name, ({}, "", 0))
        return tuple(declared_tests(entry, name, "", file, line))

    def _key(self, name: str) -> str:
        if name in self._keys:
            return name
        return next((key for key in sorted(self._keys) if key.endswith(f"/{name}")), name)

    def tables_of(self, node: DbtNode) -> frozenset[str]:
        """Every table a node's SQL reads in any rendering, itself included when it reads itself."""
        texts = [r.sql for r in node.rendered] + [q for r in node.rendered for q in r.asked.queries]
        return frozenset(t for text in texts if text for t in touched(text, self.dialect).reads)

    def path(self, path: Path) -> str:
        """A file of the project, as findings show it."""
        inner = path.relative_to(self.folder).as_posix()
        return f"{self.shown}/{inner}" if self.shown else inner

    def _paths(self, setting: str, usual: str) -> tuple[str, ...]:
        given = self.settings.get(setting)
        return tuple(str(p) for p in given) if isinstance(given, list) else (usual,)

    def _files(self, setting: str, usual: str, suffix: str) -> list[Path]:
        return [p for top in self._paths(setting, usual) for p in self._below(top, (suffix,))]

    def _below(self, top: str, suffixes: tuple[str, ...]) -> list[Path]:
        folder = self.folder / top
        found = (p for p in folder.rglob("*") if p.suffix in suffixes) if folder.is_dir() else ()
        return sorted(p for p in found if not SKIPPED.intersection(p.relative_to(self.folder).parts))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")


def _columns(entry: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(c["name"]) for c in mappings(entry.get("columns")) if "name" in c)


def _given_key(entry: Mapping[str, Any]) -> str:
    config = entry.get("config")
    meta = (config.get("meta") if isinstance(config, dict) else None) or entry.get("meta") or {}
    dagster = meta.get("dagster") if isinstance(meta, dict) else None
    key = dagster.get("asset_key") if isinstance(dagster, dict) else None
    return "/".join(map(str, key)) if isinstance(key, list) else str(key or "")
