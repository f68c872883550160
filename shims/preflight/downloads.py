"""What would be fetched when a side starts: DuckDB extensions, dbt packages, whatever an import calls."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from shims.preflight.finding import Finding

if TYPE_CHECKING:
    from migrate.config import Migration
    from shims.preflight.sources import Source

EXTENSION = re.compile(
    r"(?:^|[;\"'\s])(?:FORCE\s+)?(INSTALL|LOAD)\s+'?(\w+)'?\s*(?:FROM\s+\S+\s*)?(?:;|$|\"|')", re.I
)
NOT_EXTENSIONS = {"data", "from", "the", "a", "it", "your", "dbt", "dagster", "prefect", "table", "into"}
NETWORK = (
    "requests.get",
    "requests.post",
    "requests.request",
    "httpx.get",
    "httpx.post",
    "urlopen",
    "urlretrieve",
)
EXTENSIONS_AT = re.compile(r"^\s*extensions:\s*(\[.*\])?\s*$")


def findings(
    migration: Migration, sources: list[Source], asked: Mapping[str, Mapping[str, Any]]
) -> Iterator[Finding]:
    """Downloads found in the text. `asked` holds what each side's interpreter said (see `probe`)."""
    for source in sources:
        for line, name in _extensions(source):
            yield from _extension(source, line, name, asked)
        yield from _network(source)
        if source.path.name in ("packages.yml", "dependencies.yml") and "packages:" in source.text:
            folder = source.path.parent / "dbt_packages"
            if not folder.is_dir() or not any(folder.iterdir()):
                remedy = "Run `dbt deps` now, so that the packages are frozen with the project."
                yield Finding(
                    "download", "problem", "dbt's packages are not there", remedy, source.side, source.name
                )
    yield from _manifest(migration, sources)


def _extensions(source: Source) -> Iterator[tuple[int, str]]:
    listed = False
    for line, text in source.strings():
        for word, name in EXTENSION.findall(text):
            if source.suffix == ".py" and not word.isupper():
                continue  # "load extensions" in a message to a person
            if name.lower() not in NOT_EXTENSIONS and (
                source.suffix in (".py", ".sql") or "profiles" in source.name
            ):
                yield line, name.lower()
        if source.path.name != "profiles.yml":
            continue
        head = EXTENSIONS_AT.match(text)
        if head:
            yield from ((line, name) for name in re.findall(r"\w+", head[1] or ""))
            listed = not head[1]
        elif listed and (item := re.match(r"\s*-\s*(?:name:\s*)?(\w+)\s*$", text)):
            yield line, item[1]
        elif text.strip():
            listed = False


def _extension(
    source: Source, line: int, name: str, asked: Mapping[str, Mapping[str, Any]]
) -> Iterator[Finding]:
    for side, told in asked.items():
        if source.side not in ("", side) or name in told.get("extensions", ()):
            continue
        yield Finding(
            "extension",
            "problem",
            f"the {side} side's DuckDB has no extension {name}: it would be downloaded at start-up",
            "Each side has a home of its own: let extension_directory name a frozen folder with it.",
            side,
            source.name,
            line,
        )


def _network(source: Source) -> Iterator[Finding]:
    """Calls over the network that run when the module is imported: outside of any function."""
    if source.tree is None:
        return
    inside = set()
    for node in ast.walk(source.tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            inside |= {
                id(n)
                for part in ([node.body] if isinstance(node, ast.Lambda) else node.body)
                for n in ast.walk(part)
            }
    for call, name in source.calls():
        if id(call) not in inside and name.endswith(NETWORK):
            yield Finding(
                "download",
                "problem",
                f"{name}(…) is called when the module is imported",
                "Fetch it once, freeze the file (input.freeze) and read that.",
                source.side,
                source.name,
                call.lineno,
            )


def _manifest(migration: Migration, sources: list[Source]) -> Iterator[Finding]:
    """A manifest that must be there when the code is imported, and that nothing makes."""
    makes = any(
        word in ("parse", "compile", "build", "run") for c in migration.prepare.commands for word in c
    )
    if makes or any("prepare_if_dev" in source.text for source in sources):
        return
    there = any(migration.root.glob("**/target/manifest.json"))
    known = "one lies in dbt's target folder, a product that is not frozen" if there else "there is none"
    for source in sources:
        for line, text in source.strings() if source.suffix == ".py" and source.side == "dagster" else ():
            if text.endswith("manifest.json"):
                yield Finding(
                    "manifest",
                    "problem",
                    f"this module needs dbt's manifest, and nothing makes it ({known})",
                    'Add ["{python}", "-m", "dbt.cli.main", "parse", …] to prepare.commands.',
                    source.side,
                    source.name,
                    line,
                )
