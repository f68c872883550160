"""Tests of a project that stand among its modules are no deployed constructs."""

from pathlib import Path

from migrate.conversion import convert_project
from migrate.outcomes import Undeployed
from migrate.reading.project import read
from migrate.rules import is_construct

TEST = """\
import dagster as dg


@dg.op
def {0}(): ...


context = dg.build_op_context()
"""
JOB = "import dagster as dg\nfrom lake_test import imported\n\n\n@dg.job\ndef load():\n    imported()\n"
DEFINITIONS = "import dagster as dg\n\nfrom jobs import load\n\ndefs = dg.Definitions(jobs=[load])\n"
FILES = {
    "jobs.py": JOB,
    "jobs_test.py": TEST.format("alone"),
    "lake_test.py": "import dagster as dg\n\n\n@dg.op\ndef imported(): ...\n",
    "latest.py": TEST.format("latest"),
    "lake_tests/pipelines.py": TEST.format("within"),
    "definitions_test.py": DEFINITIONS,
}


def test_a_file_called_a_test_is_one_unless_the_project_needs_it(tmp_path: Path) -> None:
    for name, code in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(code)
    result = convert_project(read(tmp_path, is_construct))
    tests = {
        entry.construct.file
        for entry in result.entries
        if isinstance(entry.outcome, Undeployed) and "a test of the project" in entry.outcome.reason
    }
    assert tests == {"jobs_test.py", "lake_tests/pipelines.py"}
    assert {"jobs.py", "lake_test.py"} <= set(result.files)
    assert not tests & set(result.files)


def test_a_project_called_like_a_test_is_none(tmp_path: Path) -> None:
    code = "import dagster as dg\n\n\n@dg.asset\ndef ducks(): ...\n"
    main = "import dagster as dg\n\nfrom farm_test.assets import ducks\n\n"
    main += "defs = dg.Definitions(assets=[ducks])\n"
    (tmp_path / "farm_test").mkdir()
    (tmp_path / "farm_test" / "__init__.py").write_text(main)
    (tmp_path / "farm_test" / "assets.py").write_text(code)
    result = convert_project(read(tmp_path, is_construct))
    assert not [e for e in result.entries if isinstance(e.outcome, Undeployed)]
