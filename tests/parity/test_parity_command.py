"""`migrate parity`: what it prints, writes and exits with."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb
import jsonschema
import pytest

from migrate import cli

Build = Callable[..., Path]
Run = Callable[..., tuple[int, str, str]]
SIDE = (
    "CREATE TABLE t (id INT PRIMARY KEY, year INT, name VARCHAR);"
    "INSERT INTO t VALUES (1, 2025, {}), (2, 2026, 'b');"
)
TOML = """
schema = 1
name = "x"
[legacy]
root = "."
module = "m"
job = "j"
[target]
root = "."
flow = "m:f"
[outputs]
database = "x.duckdb"
{outputs}
[phases.1]
title = "t"
years = [2025]
expect_tables = 1
"""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["migrate", "parity", *map(str, arguments)])
        with pytest.raises(SystemExit) as caught:
            cli.main()
        said = capsys.readouterr()
        assert isinstance(caught.value.code, int)
        return caught.value.code, said.out, said.err

    return call


@pytest.fixture
def sides(build: Build) -> tuple[Path, Path]:
    return build("left", SIDE.format("'a'")), build("right", SIDE.format("''"))


@pytest.fixture
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((files("validation") / "schemas" / "parity.schema.json").read_text())
    return loaded


def test_equal_is_one_line_and_exit_code_0(build: Build, run: Run) -> None:
    code, out, err = run(build("left", SIDE.format("'a'")), build("right", SIDE.format("'a'")))
    assert (code, out, err) == (0, "1 table, 1 equal\n", "")


def test_a_difference_is_shown_side_by_side_without_colour_and_exits_1(
    run: Run, sides: tuple[Path, Path]
) -> None:
    code, out, _ = run(*sides)
    assert code == 1
    assert out == (
        "t  different  1 row changed; 2 | 2 rows; years 2025; columns name\n"
        "    name: 1 values\n"
        "    id=1\n"
        "      name: a | ''\n"
        "1 table, 0 equal, 1 different\n"
    )


def test_what_one_cannot_see_is_shown(build: Build, run: Run) -> None:
    _, out, _ = run(build("left", SIDE.format("'a '")), build("right", SIDE.format("NULL")))
    assert "name: 'a ' | NULL" in out
    _, out, _ = run(build("left", SIDE.format("'é'")), build("right", SIDE.format("'e' || chr(769)")))
    assert r"name: '\xe9' | 'e\u0301'" in out


def test_json_keeps_to_its_published_shape(
    build: Build, run: Run, schema: dict[str, Any], tmp_path: Path
) -> None:
    shapes = (
        "CREATE TABLE e (a INT); CREATE TABLE u (year INT, v DOUBLE[]);"
        "INSERT INTO u VALUES (NULL, ['nan'::DOUBLE, 1]);"
        "CREATE TABLE s (v {0}); INSERT INTO s VALUES (1); CREATE TABLE only_{0} (v INT);"
        "CREATE TABLE f (year VARCHAR, v DOUBLE); INSERT INTO f VALUES ('x', 'inf'), ('2025', {1});"
    )
    left = build("left", SIDE.format("'a'"), shapes.format("INTEGER", "1e308"))
    right = build("right", SIDE.format("'b'"), shapes.format("BIGINT", "-1e308"))
    target = tmp_path / "out" / "parity.json"
    assert run(left, right, "--json", target)[0] == 1
    report = json.loads(target.read_text(), parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(report, schema)
    assert report["schema"] == 1
    assert report["equal"] is False
    assert {t["name"]: t["verdict"] for t in report["tables"]} == {
        "e": "equal",
        "f": "different",
        "only_BIGINT": "missing",
        "only_INTEGER": "missing",
        "s": "schema",
        "t": "different",
        "u": "equal",
    }


def test_the_published_shape_refuses_what_is_not_it(schema: dict[str, Any]) -> None:
    table = {"name": "t", "verdict": "fine", "years": [], "columns": []}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"schema": 1, "equal": True, "tables": [table]}, schema)


def test_an_old_verdict_does_not_outlive_a_failed_attempt(
    run: Run, sides: tuple[Path, Path], tmp_path: Path
) -> None:
    target = tmp_path / "parity.json"
    assert run(*sides, "--json", target)[0] == 1
    assert run(sides[0], tmp_path / "gone.duckdb", "--json", target)[0] == 2
    assert not target.exists()


def test_what_cannot_be_compared_exits_2_with_a_sentence(
    run: Run, sides: tuple[Path, Path], tmp_path: Path
) -> None:
    for arguments, sentence in (
        ((sides[0], sides[0]), "both sides are the same file"),
        ((sides[0], tmp_path / "gone.duckdb"), "there is no such file or folder"),
        ((sides[0], sides[1], "--config", tmp_path / "gone.toml"), "there is no migration.toml"),
        ((sides[0], sides[1], "--memory-limit", "much"), "is no memory limit"),
    ):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert sentence in err
        assert "Traceback" not in err


def test_all_tables_empty_exits_2(build: Build, run: Run) -> None:
    empty = "CREATE TABLE t (a INT)"
    code, out, _ = run(build("left", empty), build("right", empty))
    assert code == 2
    assert "empty on both sides" in out


def test_the_configuration_is_read(run: Run, sides: tuple[Path, Path], tmp_path: Path) -> None:
    config = tmp_path / "migration.toml"
    ignore = '[[outputs.ignore]]\ncolumn = "name"\nreason = "new spelling"'
    config.write_text(TOML.format(outputs=ignore))
    assert run(*sides, "--config", config)[0] == 0
    config.write_text(TOML.format(outputs=ignore.replace('"name"', '"nmae"')))
    code, out, _ = run(*sides, "--config", tmp_path)
    assert code == 1
    assert "setting that matched nothing: ignore * nmae" in out


def test_the_year_column_can_be_named(build: Build, run: Run, tmp_path: Path) -> None:
    side = "CREATE TABLE t AS SELECT 2030 AS fiscal, {} AS v"
    target = tmp_path / "parity.json"
    run(
        build("left", side.format(1)),
        build("right", side.format(2)),
        "--year-column",
        "fiscal",
        "--json",
        target,
    )
    assert json.loads(target.read_text())["tables"][0]["years"] == [2030]


def test_differing_rows_are_exported(build: Build, run: Run, tmp_path: Path) -> None:
    left = build("left", SIDE.format("'a'"), "INSERT INTO t VALUES (3, 2026, 'l')")
    right = build("right", SIDE.format("NULL"), "INSERT INTO t VALUES (4, 2026, 'r')")
    folder = tmp_path / "rows"
    assert run(left, right, "--export", folder)[0] == 1
    assert [f.name for f in folder.iterdir()] == ["t.parquet"]
    found = duckdb.execute(f"SELECT parity_side, parity_kind, id, name FROM '{folder}/t.parquet'").fetchall()
    assert set(found) == {
        ("left", "changed", 1, "a"),
        ("right", "changed", 1, None),
        ("left", "only_left", 3, "l"),
        ("right", "only_right", 4, "r"),
    }


def test_samples_are_bounded(build: Build, run: Run, tmp_path: Path) -> None:
    side = "CREATE TABLE t AS SELECT i AS id, repeat('x', 5000) || {} AS v FROM range(100) AS r(i)"
    target = tmp_path / "parity.json"
    run(
        build("left", side.format("'a'")),
        build("right", side.format("'b'")),
        "--samples",
        2,
        "--json",
        target,
    )
    samples = json.loads(target.read_text())["tables"][0]["samples"]
    assert len(samples) <= 6
    assert max(len(v) for s in samples for v in (*s["left"].values(), *s["right"].values())) < 130


def test_a_sampled_row_names_itself_by_what_did_not_change(build: Build, run: Run, tmp_path: Path) -> None:
    side = "CREATE TABLE t AS SELECT 1 AS a, 2 AS b, {}::DOUBLE AS v, 3 AS c, 4 AS d, 5 AS e, 6 AS f, 7 AS g"
    target = tmp_path / "parity.json"
    run(build("left", side.format("-0.0")), build("right", side.format("0.0")), "--json", target)
    (sample,) = json.loads(target.read_text())["tables"][0]["samples"]
    assert sample["key"] == {"a": "1", "b": "2", "c": "3", "d": "4", "e": "5", "f": "6"}
    assert (sample["left"], sample["right"]) == ({"v": "-0.0"}, {"v": "0.0"})


def test_a_small_memory_limit_still_answers(build: Build, run: Run) -> None:
    side = "CREATE TABLE t AS SELECT i AS id, md5(i::VARCHAR) AS v, {} AS w FROM range(300000) AS r(i)"
    left, right = (
        build("left", side.format("i")),
        build("right", side.format("CASE i WHEN 7 THEN 0 ELSE i END")),
    )
    code, out, _ = run(left, right, "--memory-limit", "150MB")
    assert code == 1
    assert "1 row only left, 1 row only right" in out
