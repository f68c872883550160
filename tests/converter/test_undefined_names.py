"""No converted file reads a name that nothing binds: the lines that did would fail when they run."""

from __future__ import annotations

from pathlib import Path

import libcst as cst
import pytest

from migrate.conversion import convert
from migrate.conversion_record import as_json
from migrate.rewriting import file
from migrate.rewriting.undefined import undefined_in
from migrate.rewriting.work import Work

without_leftovers = file._without_leftovers
RULES = Path(__file__).parents[1] / "rules"

OP = """from dagster import Definitions, job, op


def already_wrong():
    return never_bound


def where():
    return "here"


@op
def read():
    return where()


@job
def nightly():
    read()


defs = Definitions(jobs=[nightly])
"""
NAMED_LIKE_DAGSTER = {
    "pyproject.toml": '[tool.dagster]\nmodule_name = "dagster_shop.definitions"\n',
    "dagster_shop/__init__.py": "",
    "dagster_shop/constants.py": "PATH = 'x'\n",
    "dagster_shop/one/__init__.py": "",
    "dagster_shop/one/py/__init__.py": "",
    "dagster_shop/one/py/resources.py": "class A:\n    pass\n",
    "dagster_shop/definitions.py": (
        "from dagster import Definitions, asset\n\nfrom dagster_shop import constants\n"
        "from .one.py.resources import A\n\n\n"
        "@asset\ndef rows() -> str:\n    return constants.PATH + str(A())\n\n\n"
        "defs = Definitions(assets=[rows])\n"
    ),
}


def converted(root: Path, files: dict[str, str]) -> tuple[dict[str, str], dict[str, object]]:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    result = convert(root)
    return {p: d.decode() for p, d in result.files.items() if p.endswith(".py")}, as_json(result)


def loses_where(work: Work, tree: cst.Module) -> cst.Module:
    """What a rule with a fault would do: a function goes that others still call."""
    kept = [n for n in tree.body if not (isinstance(n, cst.FunctionDef) and n.name.value == "where")]
    return without_leftovers(work, tree.with_changes(body=kept))


def test_what_would_read_an_undefined_name_raises_instead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file, "_without_leftovers", loses_where)
    files, record = converted(tmp_path, {"code.py": OP})
    code = files["code.py"]
    assert undefined_in(code) == {"never_bound"}, "it was undefined before: not ours to judge"
    told = "".join(part.strip().strip('"') for part in code.splitlines() if part.strip()[:1] == '"')
    assert "code.py:13: nothing here is called `where` any more." in told
    rows = {c["name"]: c for c in record["constructs"]}  # type: ignore[attr-defined]
    assert rows["read"]["disposition"] == "manual"
    assert "`where`" in rows["read"]["note"]


def test_a_package_named_like_dagster_keeps_its_imports(tmp_path: Path) -> None:
    files, _ = converted(tmp_path, NAMED_LIKE_DAGSTER)
    code = files["dagster_shop/definitions.py"]
    assert "from dagster_shop import constants\n" in code
    assert "from .one.py.resources import A\n" in code
    assert not undefined_in(code)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("x = 1\nprint(x, __name__, __file__)\n", set()),
        ("def f():\n    return [g(i) for i in range(3)]\n", {"g"}),
        ("def f(a, *b, **c):\n    def inner():\n        return a, d\n    return inner\n", {"d"}),
        ("def f():\n    global late\n    late = 1\n\ndef g():\n    return late\n", set()),
        ("class A:\n    x = 1\n    y = x\n    def m(self):\n        return __class__, z\n", {"z"}),
        ("from __future__ import annotations\n\n\ndef f(x: Gone) -> None: ...\n", {"Gone"}),
        ("from a import *\nprint(b)\n", set()),
        ("try:\n    import a\nexcept ImportError as e:\n    print(e, a)\n", set()),
        ("x = (\n", set()),
    ],
)
def test_undefined_names_are_told(code: str, names: set[str]) -> None:
    assert undefined_in(code) == names


def test_no_fixture_of_a_rule_reads_one() -> None:
    cases = sorted(RULES.glob("*/*/after.py"))
    assert len(cases) > 100
    found = {
        f"{after.parent.parent.name}/{after.parent.name}": lost
        for after in cases
        if (lost := undefined_in(after.read_text()) - undefined_in((after.parent / "before.py").read_text()))
    }
    assert not found
