"""What a project reads and writes around its code: environment variables, dbt projects, a DuckDB file."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from migrate.files import walk

READERS = ("getenv", "EnvVar", "environ")
PROFILE = re.compile(r"""env_var\(\s*['"](\w+)['"]""")
DATABASE = re.compile(r"""^\s*path\s*:\s*(?P<path>.+?)\s*(#.*)?$""", re.MULTILINE)
YEARLY = re.compile(r"\b((?:\w+_)?year)\b", re.IGNORECASE)
DUCKDB = re.compile(r"(duck|database|warehouse|(^|_)db)(_?(path|file|name|url))?$", re.IGNORECASE)
DATA = frozenset({".csv", ".tsv", ".parquet", ".jsonl", ".ndjson", ".xlsx", ".arrow", ".feather"})
SKIP = frozenset({"dbt_packages", "target", "node_modules", "tests", "test"})


@dataclass(frozen=True)
class Variable:
    """An environment variable that is read at `place`; `database` where it names a DuckDB file.

    `needed` where it is read without a default.
    """

    name: str
    place: str
    database: bool = False
    needed: bool = False


@dataclass(frozen=True)
class Surroundings:
    """What was found.

    `dbt` are folders with a dbt project, `data` files and folders of data, `fixed` a database that a profile
    spells out, `models` how many models dbt has.
    """

    variables: tuple[Variable, ...]
    dbt: tuple[Path, ...]
    data: tuple[Path, ...]
    fixed: str
    year_column: str
    models: int


def surroundings_of(root: Path) -> Surroundings:
    """Look through a project's files, and dbt projects in it or beside it.

    Args:
        root: the project's folder.
    """
    dbt = tuple(_dbt(root)) or tuple(_dbt(root.resolve().parent))
    found: dict[str, Variable] = {}
    for variable in (*_in_code(root), *(v for folder in dbt for v in _in_profiles(folder))):
        known = found.get(variable.name)
        if known is None or (variable.database and not known.database):
            found[variable.name] = variable
    fixed = next((path for folder in dbt for path in _fixed(folder)), "")
    sql = [path for folder in dbt for path in _models(folder)]
    data = tuple(dict.fromkeys(_data(root, dbt)))
    column = _year_column(sql) or _year_column(_python(root)) or "year"
    return Surroundings(tuple(found.values()), dbt, data, fixed, column, len(sql))


def _year_column(paths: Iterable[Path]) -> str:
    """The column of years that files speak of most; empty when they speak of `year` alone, or of none."""
    words = (word for path in paths for word in YEARLY.findall(path.read_text("utf-8", "replace")))
    years = Counter(word.lower() for word in words if word.lower() != "year")
    return max(years, key=lambda word: years[word], default="")


def _python(root: Path) -> list[Path]:
    return [p for p in walk(root) if p.suffix == ".py" and not SKIP & set(p.relative_to(root).parts)]


def _data(root: Path, dbt: Iterable[Path]) -> Iterator[Path]:
    """Folders that hold files of data, and such files beside the code."""
    for path in walk(root):
        apart = not any(path.is_relative_to(folder) for folder in dbt)
        if path.suffix in DATA and apart and not SKIP & set(path.relative_to(root).parts):
            yield path if path.parent == root else path.parent


def _dbt(root: Path) -> Iterator[Path]:
    for pattern in ("dbt_project.yml", "*/dbt_project.yml", "*/*/dbt_project.yml"):
        for path in sorted(root.glob(pattern)):
            if not SKIP & set(path.relative_to(root).parts):
                yield path.parent


def has_packages(folder: Path) -> bool:
    """Whether a dbt project needs `dbt deps`: its packages are never copied to the target."""
    named = [folder / name for name in ("packages.yml", "dependencies.yml") if (folder / name).is_file()]
    return any(
        re.search(r"^\s*-\s*(package|git|local)\s*:", p.read_text("utf-8", "replace"), re.M) for p in named
    )


def _models(folder: Path) -> list[Path]:
    return [p for p in sorted(folder.rglob("*.sql")) if "models" in p.parts and "dbt_packages" not in p.parts]


def _in_code(root: Path) -> Iterator[Variable]:
    for path in _python(root):
        try:
            tree = ast.parse(path.read_bytes())
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            name = _read(node)
            if name:
                place = f"{path.relative_to(root).as_posix()}:{node.lineno}"  # type: ignore[attr-defined]
                needed = isinstance(node, ast.Subscript) or _called(node).endswith("EnvVar")
                yield Variable(name, place, bool(DUCKDB.search(name)), needed)


def _called(node: ast.AST) -> str:
    """The dotted name that a call or a subscript begins with; empty for anything else."""
    if isinstance(node, ast.Subscript):
        return ast.unparse(node.value)
    return ast.unparse(node.func) if isinstance(node, ast.Call) else ""


def _read(node: ast.AST) -> str:
    """The variable that an expression reads: `os.getenv("X")`, `os.environ["X"]`, `EnvVar("X")`."""
    if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        given = [node.slice]
    elif isinstance(node, ast.Call):
        given = node.args
    else:
        return ""
    first = given[0] if given else None
    reads = any(word in _called(node).split(".") for word in READERS)
    return first.value if reads and isinstance(first, ast.Constant) and isinstance(first.value, str) else ""


def _profiles(folder: Path) -> Iterator[tuple[Path, str]]:
    for name in ("profiles.yml", "profiles.yaml"):
        if (folder / name).is_file():
            yield folder / name, (folder / name).read_text("utf-8", "replace")


def _in_profiles(folder: Path) -> Iterator[Variable]:
    for path, text in _profiles(folder):
        databases = {m[1] for line in DATABASE.finditer(text) for m in PROFILE.finditer(line["path"])}
        for number, line in enumerate(text.splitlines(), 1):
            for name in PROFILE.findall(line):
                yield Variable(name, f"{folder.name}/{path.name}:{number}", name in databases)


def _fixed(folder: Path) -> Iterator[str]:
    """A database path that the profile spells out."""
    for _, text in _profiles(folder):
        yield from (m["path"].strip("'\"") for m in DATABASE.finditer(text) if "env_var" not in m["path"])
