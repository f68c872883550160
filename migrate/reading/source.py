"""The files of a project: which are Python that mentions Dagster, which are copied as they are."""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Literal

from migrate.errors import SourceError
from migrate.reading.components import is_component
from migrate.reading.custom import words
from migrate.reading.route_line import MODULE, without_route
from migrate.reading.working_folders import apart, working_folders

if TYPE_CHECKING:
    import libcst as cst

TOOLS = frozenset(
    {
        *("__pycache__", ".git", ".hg", ".svn", ".venv", "venv", "env", ".tox", ".nox", "node_modules"),
        *(
            ".mypy_cache",
            ".ruff_cache",
            ".pytest_cache",
            ".ipynb_checkpoints",
            "site-packages",
            ".changeover",
        ),
    }
)
SKIPPED_FOLDERS = TOOLS | {"target", "logs", "dbt_packages", "build", "dist", "tests", "test"}
"""Folders that hold products, tests or other people's code: neither converted nor copied."""
DBT = "dbt_project.yml"
DBT_PRODUCTS = TOOLS | {"target", "logs", "dbt_packages", "dbt_modules"}
"""Folders at the top of a dbt project that are made by it; its tests, macros and models stay whole."""
DATA = frozenset(
    {
        *(".sql", ".yml", ".yaml", ".json", ".jsonl", ".toml", ".csv", ".tsv", ".parquet", ".xml", ".html"),
        *(".j2", ".jinja", ".jinja2", ".ini", ".cfg", ".env"),
    }
)
"""Ends of files that code reads: one may name Dagster (dbt's `meta`, a table of assets) and is needed."""
SETTINGS = ("workspace.", "dagster.", "dagster_cloud.", "dg.", "docker-compose", "setup.", ".pre-commit")
"""How files begin that only Dagster or its surroundings read."""

IMPORTED = re.compile(rb"^[ \t]*(?:from|import)[ \t]+([A-Za-z_]\w*)", re.MULTILINE)
UNNAMED = re.compile(rb"\.(?:to_job|configured|with_hooks)\(")
"""Methods of definitions: a file that calls one on what another defines need not mention Dagster."""
MARKERS = ("pyproject.toml", "setup.py", "setup.cfg")
"""What a folder holds whose packages are installed from it."""
Role = Literal["dagster", "copy", "skip", "component"]


@dataclass(frozen=True)
class SourceFile:
    """One file. `note` says why a file is skipped; `path` is relative to the project, with slashes.

    `imports` are the top-level names that a file which mentions Dagster imports.
    """

    path: str
    role: Role
    note: str = ""
    imports: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """A file that cannot be read as Python, and where."""

    file: str
    line: int
    message: str


def files_of(root: Path) -> Iterator[SourceFile]:
    """Every file below `root` with its role, in a stable order; links to folders are not followed.

    Raises:
        SourceError: there is no folder at `root`, or it cannot be read.
    """
    if not root.is_dir():
        what = (
            "this is a file, not a project's folder" if root.exists() else "there is no project at this path"
        )
        raise SourceError(what, file=root, remedy="Name the folder that holds the Dagster project.")
    _is_there.cache_clear()
    dbt: set[str] = set()
    above = f"{root.as_posix().rstrip('/')}/" if root.parts else ""
    for folder, names, files in os.walk(root, onerror=_refuse):
        if DBT in files or os.path.dirname(folder) in dbt:  # noqa: PTH120 - a text, as os.walk gives it
            dbt.add(folder)
        skipped = SKIPPED_FOLDERS if folder not in dbt else DBT_PRODUCTS if DBT in files else TOOLS
        names[:] = sorted(n for n in names if n not in skipped and not n.endswith(".egg-info"))
        for name in sorted(files):
            path = Path(folder, name)
            relative = path.as_posix()[len(above) :]
            yield SourceFile(relative, *_role(path, relative, folder in dbt))


def _refuse(problem: OSError) -> None:
    raise SourceError(f"cannot be read: {problem.strerror}", file=problem.filename)


def _role(path: Path, relative: str, dbt: bool) -> tuple[Role, str] | tuple[Role, str, frozenset[str]]:
    name = PurePosixPath(relative).name
    if path.is_symlink() and not path.exists():
        return "skip", "a link that leads nowhere"
    if not path.is_file():
        return "skip", "not a regular file"
    if name.endswith((".pyc", ".pyo")) or name == ".DS_Store":
        return "skip", "a product of a tool"
    if name.endswith(".ipynb"):
        return "skip", "a notebook: convert by hand what it needs of Dagster"
    if dbt and not name.endswith(".py"):
        return "copy", ""
    tests = name.startswith("test_") and name.endswith(".py") and not (dbt and "models" in path.parts)
    if tests or name == "conftest.py":
        return "skip", "a test of the Dagster project"
    data = path.read_bytes()
    if is_component(name, data):
        return "component", ""
    mentions = any(word in data for word in words()) or (
        name.endswith(".py") and UNNAMED.search(data) is not None
    )
    if name.endswith(".py"):
        names = IMPORTED.findall(data) if mentions else ()
        return "dagster" if mentions else "copy", "", frozenset(n.decode() for n in names)
    if not mentions or name == "pyproject.toml":
        return "copy", ""
    if _is_data(PurePosixPath(relative)):
        return "copy", "speaks of Dagster and is copied as it is: look whether that still holds"
    return "skip", "speaks of Dagster and is no Python: read it, and write its counterpart"


def _is_data(path: PurePosixPath) -> bool:
    """Whether code of the project may read a file: its suffix says so, and no tool's folder holds it."""
    hidden = any(part.startswith(".") for part in path.parts)
    return path.suffix in DATA and not hidden and not path.name.startswith(SETTINGS)


INSTALLED = frozenset({"dagster", "dbt", "dlt", "sling", "airflow", "docker", "kafka", "minio"})
"""Folders are called after these libraries: without an `__init__` one never hides what is installed."""


def namespaces_of(
    root: Path, base: str, files: Collection[SourceFile], told: Collection[str] = ()
) -> frozenset[str]:
    """Folders without an `__init__` that are imported by name all the same: by code, or as `told`."""
    python = [PurePosixPath(f.path) for f in files if f.path.endswith(".py")]
    folders = {str(parent) for path in python for parent in path.parents}
    homes: dict[str, set[PurePosixPath]] = {}
    for path in python:
        module, package = module_name(root, str(path))
        above = list(path.parents)[module.count(".") + (1 if package else 0) :]  # none above the tree's own
        homes.setdefault(module.split(".")[0], set()).update(above[:1])
    names = {
        n  # who imports the name from elsewhere does not mean the package or script of a folder of its own
        for f in files
        for n in f.imports
        if not any(home in PurePosixPath(f.path).parents for home in homes.get(n, ()))
    }
    found = set()
    for name in (names - INSTALLED).union(told):
        for folder in (PurePosixPath(base, name), PurePosixPath(base, "src", name)):
            inside = any(folder in (home, *home.parents) for home in homes.get(name, ()))
            if str(folder) in folders and not inside and not (root / folder / "__init__.py").exists():
                found.add(str(folder))
    found |= _beside(root, files, folders, homes.keys() | sys.stdlib_module_names | INSTALLED)
    started = working_folders(root, files, frozenset(homes), told)
    return frozenset(found).union(started) - apart(started) - _around(root, base, told)


def _around(root: Path, base: str, told: Collection[str]) -> frozenset[str]:
    """The folders around a project whose settings name a package of its own: that is what it is imported by.

    A file that imports `projects.shop.src.shop` where Dagster loads `shop` does not rename the package.
    """
    places = (PurePosixPath(base), PurePosixPath(base, "src"))
    inside = [place for place in places if any((root / place / name).is_dir() for name in told)]
    return frozenset(str(folder) for place in inside for folder in (place, *place.parents))


def _beside(
    root: Path, files: Collection[SourceFile], folders: Collection[str], known: Collection[str]
) -> set[str]:
    """Folders without an `__init__` that files beside or below them import by a name nothing else has.

    A folder of a package is imported by the package's name: `shop/defs/snowflake` never is `snowflake`.
    """
    found = set()
    for file in files:
        for name in file.imports - frozenset(known):
            near = (parent / name for parent in PurePosixPath(file.path).parents)
            folder = next((f for f in near if str(f) in folders), None)
            if folder and not any((root / f / "__init__.py").exists() for f in (folder, *folder.parents)):
                found.add(str(folder))
    return found


def parse(root: Path, path: str) -> cst.Module | Problem:
    """The concrete syntax tree of one file, or what stands in its way."""
    import libcst as cst

    from migrate.reading.parsing import parse_module

    data = (root / path).read_bytes()
    try:
        tree = parse_module(data)
        return without_route(tree) if MODULE.encode() in data else tree
    except cst.ParserSyntaxError as problem:
        return _invalid(path, data, problem)
    except (SyntaxError, UnicodeDecodeError, LookupError) as problem:
        return Problem(path, 1, f"is not UTF-8, and declares no other encoding: {problem}")
    except RecursionError:
        return Problem(path, 1, "is nested too deeply to be read")


def _invalid(path: str, data: bytes, found: cst.ParserSyntaxError) -> Problem:
    """Python's own words and line for what is wrong, which say more; LibCST's where Python has none."""
    old = b"\nprint " in b"\n" + data or (b"except " in data and b", e:" in data)
    hint = " (is this Python 2?)" if old else ""
    try:
        compile(data, path, "exec", ast.PyCF_ONLY_AST, dont_inherit=True)
    except SyntaxError as problem:
        return Problem(path, problem.lineno or 1, f"is not valid Python: {problem.msg}{hint}")
    except ValueError as problem:
        return Problem(path, 1, f"is not valid Python: {problem}{hint}")
    reason = found.message.removeprefix("parser error: ").split(": expected")[0]
    return Problem(path, found.raw_line, f"is not valid Python: {reason}{hint}")


def _is_packaged(folder: str) -> bool:
    """Whether packages are installed from this folder, or from this folder's `src`."""
    itself = _is_there(folder, "__init__.py")  # a package called `src`
    parent, name = os.path.split(folder)
    above = parent if name == "src" and not itself else folder
    return any(_is_there(above, marker) for marker in MARKERS)


@cache
def _is_there(*parts: str) -> bool:
    """Whether there is a file: asked of the same folders for every file in them, known until `files_of`."""
    return os.path.exists(os.path.join(*parts))  # noqa: PTH110, PTH118


def module_name(root: Path, path: str, namespaces: Collection[str] = ()) -> tuple[str, bool]:
    """The dotted name a file is imported by, and whether it is a package's `__init__`.

    The import root is the folder above the topmost package: below one, folders without an `__init__` are
    packages too. A project with packaging of its own inside such a package has a root of its own. Folders
    in `namespaces` are imported by their own name, with an `__init__` or without; of one that ends in a
    slash, what lies in it is.
    """
    parts = list(PurePosixPath(path).with_suffix("").parts)
    package = parts[-1] == "__init__"
    folders = parts[:-1]
    for depth in range(len(folders) - package, 0, -1):
        if f"{'/'.join(folders[:depth])}/" in namespaces:
            return ".".join(folders[depth:] if package else [*folders[depth:], parts[-1]]), package
    for depth in range(len(folders), 0, -1):
        if "/".join(folders[:depth]) in namespaces:
            return ".".join(folders[depth - 1 :] if package else [*folders[depth - 1 :], parts[-1]]), package
    above = [os.path.join(root, *folders[:n]) for n in range(len(folders) + 1)]  # noqa: PTH118
    tops = [n for n in range(len(folders)) if _is_there(above[n + 1], "__init__.py")]
    start = next(iter(tops), len(folders))
    own = [n for n in tops[1:] if _is_packaged(above[n])]
    if own:
        start = own[-1]
    elif "src" in folders[:start] and _is_packaged(above[n := folders.index("src") + 1]):
        start = n
    dotted = folders[start:] if package else [*folders[start:], parts[-1]]
    return ".".join(dotted), package
