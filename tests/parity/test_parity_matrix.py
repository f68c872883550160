"""Kinds of difference, and of things that are none. Each row is one rule of validation/parity."""

# ruff: noqa: E501 - a case is a row of a table, and is read as one

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pytest

from validation.parity import buckets, compare, difference

Facts = dict[str, Any]
Found = dict[str, Facts]


@dataclass(frozen=True)
class Case:
    """What each side holds; `expect` are facts of the report on table `t`."""

    name: str
    left: str
    right: str
    expect: Facts


def value(name: str, kind: str, left: str, right: str, equal: bool = False) -> Case:
    """One cell that differs (or not): a key of its own, two neighbours that never differ."""
    made = "CREATE TABLE t (id INTEGER PRIMARY KEY, year INTEGER, v {k}); INSERT INTO t VALUES "
    made += "(1, 2025, NULL), (2, 2026, {v}), (3, 2026, NULL)"
    expect: Facts = {"verdict": "equal", "columns": [], "years": [], "changed": 0}
    if not equal:
        expect = {"verdict": "different", "columns": ["v"], "years": [2026], "changed": 1}
        expect |= {"only_left": 0, "only_right": 0}
    return Case(name, made.format(k=kind, v=left), made.format(k=kind, v=right), expect)


def rows(name: str, left: str, right: str, key: str = "", **expect: Any) -> Case:
    """Rows of (id, year, v), with a declared key or without."""
    made = (
        f"CREATE TABLE t (id INTEGER, year INTEGER, v VARCHAR{', PRIMARY KEY (' + key + ')' if key else ''});"
    )
    full = [made + (f"INSERT INTO t VALUES {side}" if side else "") for side in (left, right)]
    return Case(name, full[0], full[1], {"verdict": "different", **expect})


def made(name: str, left: str, right: str, verdict: str, **expect: Any) -> Case:
    return Case(name, left, right, {"verdict": verdict, **expect})


VALUES = [
    value("null against null", "INTEGER", "NULL", "NULL", equal=True),
    value("null against zero", "INTEGER", "NULL", "0"),
    value("null against false", "BOOLEAN", "NULL", "false"),
    value("null against the empty text", "VARCHAR", "NULL", "''"),
    value("the empty text against a blank", "VARCHAR", "''", "' '"),
    value("the word NULL against null", "VARCHAR", "NULL", "'NULL'"),
    value("NaN against NaN", "DOUBLE", "'nan'", "'nan'", equal=True),
    value("NaN of the other sign", "DOUBLE", "'nan'", "'-nan'", equal=True),
    value("NaN against null", "DOUBLE", "'nan'", "NULL"),
    value("NaN against infinity", "DOUBLE", "'nan'", "'inf'"),
    value("infinity against infinity", "DOUBLE", "'inf'", "'inf'", equal=True),
    value("infinities of both signs", "DOUBLE", "'inf'", "'-inf'"),
    value("minus zero, double", "DOUBLE", "-0.0::DOUBLE", "0.0::DOUBLE"),
    value("minus zero, float", "FLOAT", "-0.0::FLOAT", "0.0::FLOAT"),
    value("the last bit of a double", "DOUBLE", "0.1::DOUBLE + 0.2::DOUBLE", "0.3::DOUBLE"),
    value("the last bit of a float", "FLOAT", "1.0000001::FLOAT", "1.0::FLOAT"),
    value("the smallest double", "DOUBLE", "5e-324::DOUBLE", "0.0::DOUBLE"),
    value("2**53 + 1", "BIGINT", "9007199254740993", "9007199254740992"),
    value("the last unit of a hugeint", "HUGEINT", f"{2**127 - 1}", f"{2**127 - 2}"),
    value("the last unit of an unsigned hugeint", "UHUGEINT", f"{2**128 - 1}", f"{2**128 - 2}"),
    value("the last digit of a decimal", "DECIMAL(38,10)", "1.0000000001", "1.0000000002"),
    value("trailing zeros of a decimal", "DECIMAL(10,4)", "1.10", "1.1000", equal=True),
    value("a trailing blank", "VARCHAR", "'a '", "'a'"),
    value("case", "VARCHAR", "'A'", "'a'"),
    value("case under a collation", "VARCHAR COLLATE NOCASE", "'A'", "'a'"),
    value("accents under a collation", "VARCHAR COLLATE NOACCENT", "'é'", "'e'"),
    value("unicode normal forms", "VARCHAR", "'é'", "'e' || chr(769)"),
    value("a character one cannot see", "VARCHAR", "'a'", "'a' || chr(8203)"),
    value("a zero byte at the end", "VARCHAR", "'a'", "'a' || chr(0)"),
    value("line ends", "VARCHAR", "'a' || chr(10)", "'a' || chr(13) || chr(10)"),
    value("the end of a long text", "VARCHAR", "repeat('x', 9000) || 'a'", "repeat('x', 9000) || 'b'"),
    value("an empty blob against a zero byte", "BLOB", "''::BLOB", r"'\x00'::BLOB"),
    value("json's spelling", "JSON", """'{"a":1}'""", """'{"a": 1}'"""),
    value("uuid's spelling", "UUID", f"'{'A0' * 16}'", f"'{'a0' * 16}'", equal=True),
    value("leading zeros of a bit string", "BIT", "'0101'", "'101'"),
    value("enum values", "ENUM('a', 'b')", "'a'", "'b'"),
    value(
        "the same instant in two zones", "TIMESTAMPTZ", "'2025-01-01 12:00+00'", "'2025-01-01 14:00+02'", True
    ),
    value("an hour that the clock repeats", "TIMESTAMPTZ", "'2025-10-26 02:30+02'", "'2025-10-26 02:30+01'"),
    value("a microsecond", "TIMESTAMP", "'2025-01-01 00:00:00.000001'", "'2025-01-01'"),
    value("a nanosecond", "TIMESTAMP_NS", "'2025-01-01 00:00:00.000000001'", "'2025-01-01'"),
    value("the same time in two zones", "TIMETZ", "'12:00:00+00'", "'14:00:00+02'"),
    value("midnight against 24 o'clock", "TIME", "'24:00:00'", "'00:00:00'"),
    value("infinite dates", "DATE", "'infinity'", "'-infinity'"),
    value("1 month against 30 days", "INTERVAL", "INTERVAL 1 MONTH", "INTERVAL 30 DAY"),
    value("24 hours against 1 day", "INTERVAL", "INTERVAL 24 HOUR", "INTERVAL 1 DAY"),
    value("12 months against 1 year", "INTERVAL", "INTERVAL 12 MONTH", "INTERVAL 1 YEAR", equal=True),
    value("a variant's type", "VARIANT", "1::VARIANT", "'1'::VARIANT"),
    value("a variant's integers of two widths", "VARIANT", "1::INTEGER::VARIANT", "1::BIGINT::VARIANT"),
    value("the last digit of a decimal in a list", "DECIMAL(38,3)[]", "[1.234]", "[1.235]"),
    value("an integer in an array", "INTEGER[2]", "[1, 2]", "[1, 3]"),
    value("a timestamp in a list", "TIMESTAMP[]", "['2025-01-01'::TIMESTAMP]", "['2025-01-02'::TIMESTAMP]"),
    value("a variant's type within a list", "VARIANT", "[1]::VARIANT", "['1']::VARIANT"),
    value("the same variant", "VARIANT", "[1]::VARIANT", "[1]::VARIANT", equal=True),
    value("the end of a number beyond 128 bits", "BIGNUM", f"'{10**60}'", f"'{10**60 + 1}'"),
    value("a point", "GEOMETRY", "'POINT(1 2)'", "'POINT(1 3)'"),
    value("the last bit of a point", "GEOMETRY", "'POINT(0.3 2)'", "'POINT(0.30000000000000004 2)'"),
    value("a list's order", "INTEGER[]", "[1, 2]", "[2, 1]"),
    value("an empty list against null", "INTEGER[]", "[]", "NULL"),
    value("an empty list against a list of null", "INTEGER[]", "[]", "[NULL]"),
    value("how lists are nested", "INTEGER[][]", "[[1], [2]]", "[[1, 2]]"),
    value("a comma within a list's text", "VARCHAR[]", "['a, b']", "['a', 'b']"),
    value("the word NULL in a list", "VARCHAR[]", "['NULL']", "[NULL]"),
    value("intervals in a list", "INTERVAL[]", "[INTERVAL 1 MONTH]", "[INTERVAL 30 DAY]"),
    value("minus zero in a list", "DOUBLE[]", "[-0.0::DOUBLE]", "[0.0::DOUBLE]"),
    value("minus zero in an array", "DOUBLE[1]", "[-0.0::DOUBLE]", "[0.0::DOUBLE]"),
    value("NaN's sign in a list", "DOUBLE[]", "['nan'::DOUBLE]", "['-nan'::DOUBLE]", equal=True),
    value("a struct of null against null", "STRUCT(a INTEGER)", "{'a': NULL}", "NULL"),
    value("a struct's field", "STRUCT(a INTEGER, b VARCHAR)", "{'a': 1, 'b': 'x'}", "{'a': 1, 'b': 'y'}"),
    value("a map's order", "MAP(VARCHAR, INTEGER)", "MAP {'a': 1, 'b': 2}", "MAP {'b': 2, 'a': 1}"),
    value("an equals sign in a map's text", "MAP(VARCHAR, VARCHAR)", "MAP {'a=b': 'c'}", "MAP {'a': 'b=c'}"),
    value("a union's tag", "UNION(a INTEGER, b INTEGER)", "union_value(a := 1)", "union_value(b := 1)"),
    value(
        "a union's tag in a list", "UNION(a INT, b INT)[]", "[union_value(a := 1)]", "[union_value(b := 1)]"
    ),
    value("a struct of null in a list against null", "STRUCT(a INTEGER)[]", "[{'a': NULL}]", "[NULL]"),
    value("a map's null against no entry", "MAP(VARCHAR, INTEGER)", "MAP {'a': NULL}", "MAP {}"),
    value("an empty map against null", "MAP(VARCHAR, INTEGER)", "MAP {}", "NULL"),
    value("the word NULL in a struct", "STRUCT(a VARCHAR)", "{'a': 'NULL'}", "{'a': NULL}"),
    value(
        "quotes and commas in a struct's text",
        "STRUCT(a VARCHAR, b VARCHAR)",
        "{'a': 'x'', ''b'': ''y', 'b': 'z'}",
        "{'a': 'x', 'b': 'y'', ''b'': ''z'}",
    ),
    value("minus zero in a struct", "STRUCT(a DOUBLE)", "{'a': -0.0::DOUBLE}", "{'a': 0.0::DOUBLE}"),
    value("minus zero in a map", "MAP(INTEGER, DOUBLE)", "MAP {1: -0.0::DOUBLE}", "MAP {1: 0.0::DOUBLE}"),
    value("NaN in a struct", "STRUCT(a DOUBLE)", "{'a': 'nan'}", "{'a': 'nan'}", equal=True),
    value("null in an array against null", "INTEGER[2]", "[NULL, NULL]", "NULL"),
    value("an enum in a list", "ENUM('a', 'b')[]", "['a']", "['b']"),
    value("an enum's case", "ENUM('a', 'A')", "'a'", "'A'"),
    value("a blob in a struct", "STRUCT(a BLOB)", r"{'a': '\x00'::BLOB}", r"{'a': '\x5Cx00'::BLOB}"),
    value(
        "a union's tag in a struct",
        "STRUCT(a UNION(i INTEGER, s VARCHAR))",
        "{'a': union_value(i := 1)}",
        "{'a': union_value(s := '1')}",
    ),
    value(
        "intervals in a map",
        "MAP(VARCHAR, INTERVAL)",
        "MAP {'a': INTERVAL 24 HOUR}",
        "MAP {'a': INTERVAL 1 DAY}",
    ),
    value("the end of a long list", "INTEGER[]", "range(5000)::INT[] || [1]", "range(5000)::INT[] || [2]"),
    value("json's order", "JSON", """'{"a":1,"b":2}'""", """'{"b":2,"a":1}'"""),
    value("json's null against null", "JSON", "'null'", "NULL"),
    value("a year before Christ", "DATE", "'0044-03-15 (BC)'", "'0044-03-15'"),
    value("the last date against infinity", "DATE", "'5881580-07-10'", "'infinity'"),
    value("an infinite timestamp", "TIMESTAMP", "'infinity'", "'294247-01-10 04:00:54.775806'"),
    value("infinities of zoned timestamps", "TIMESTAMPTZ", "'infinity'", "'-infinity'"),
    value("seconds of a coarse timestamp", "TIMESTAMP_S", "'2025-01-01 00:00:01'", "'2025-01-01'"),
    value(
        "what a coarse timestamp drops", "TIMESTAMP_S", "'2025-01-01 00:00:00.4'", "'2025-01-01'", equal=True
    ),
    value("a millisecond", "TIMESTAMP_MS", "'2025-01-01 00:00:00.001'", "'2025-01-01'"),
    value(
        "the minute before and the leap second", "TIMESTAMP", "'2016-12-31 23:59:59'", "'2017-01-01 00:00:00'"
    ),
    value("offsets of seconds", "TIMETZ", "'12:00:00+01:00:01'", "'12:00:00+01'"),
    value("the last unit of an unsigned byte", "UTINYINT", "255", "254"),
    value("the last bit of a long bit string", "BIT", "repeat('0', 500) || '1'", "repeat('0', 500) || '0'"),
    value("a blank that does not break", "VARCHAR", "chr(160)", "' '"),
    value("a byte order mark", "VARCHAR", "chr(65279) || 'a'", "'a'"),
    value("letters that look alike", "VARCHAR", "'a'", "chr(1072)"),
    value(
        "joined and single emoji",
        "VARCHAR",
        "chr(128104) || chr(8205) || chr(128105)",
        "chr(128104) || chr(128105)",
    ),
    value(
        "the end of a text of a million",
        "VARCHAR",
        "repeat('x', 1000000) || 'a'",
        "repeat('x', 1000000) || 'b'",
    ),
    value("a list in a struct in a list", "STRUCT(a INT[])[]", "[{'a': [1]}]", "[{'a': [1]}]", equal=True),
    value("zero against minus one, hugeint", "HUGEINT", "0", "-1"),
    value("the halves of a hugeint swapped", "HUGEINT", "1", f"{2**64}"),
    value("equal halves of a hugeint", "HUGEINT", "0", f"{2**64 + 1}"),
    value("the halves of an unsigned hugeint swapped", "UHUGEINT", f"{5 * 2**64 + 7}", f"{7 * 2**64 + 5}"),
    value("zero against minus a cent", "DECIMAL(38,2)", "0", "-0.01"),
    value("the sign of a decimal of 19 digits", "DECIMAL(19,2)", "0", "-0.01"),
    value("the halves of a decimal swapped", "DECIMAL(38,10)", "0.0000000001", "1844674407.3709551616"),
    value("the last of 38 places", "DECIMAL(38,38)", f"0.{1:038}", f"0.{2**64:038}"),
    value(
        "the halves of a uuid swapped",
        "UUID",
        "'11111111-1111-1111-2222-222222222222'",
        "'a2222222-2222-2222-9111-111111111111'",
    ),
    value("the last bit of a double in a list", "DOUBLE[]", "[0.1::DOUBLE + 0.2::DOUBLE]", "[0.3::DOUBLE]"),
    value("the last bit of a float in a list", "FLOAT[]", "[1.0000001::FLOAT]", "[1::FLOAT]"),
    value("a comma within a list's blob", "BLOB[]", "['a, b'::BLOB]", "['a'::BLOB, 'b'::BLOB]"),
    value("the word NULL in a list's enum", "ENUM('NULL', 'b')[]", "['NULL']", "[NULL]"),
    value("a quote in a list's text", "VARCHAR[]", "['''']", "['\"']"),
    value("a number and its text in a list's json", "JSON[]", "['1']", "['\"1\"']"),
    value("fields that change places", "STRUCT(a INT, b INT)", "{'a': NULL, 'b': 1}", "{'a': 1, 'b': NULL}"),
    value("a struct of null within a struct", "STRUCT(a STRUCT(b INT))", "{'a': NULL}", "{'a': {'b': NULL}}"),
    value("null against no list in a list", "INT[][]", "[[NULL]]", "[[]]"),
    value("arrays in a list", "INT[2][]", "[[1, 2]]", "[[2, 1]]"),
    value("a map's value against null", "MAP(INT, INT)", "MAP {1: 1}", "MAP {1: NULL}"),
    value("a map's key of minus zero", "MAP(DOUBLE, INT)", "MAP {-0.0::DOUBLE: 1}", "MAP {0.0::DOUBLE: 1}"),
    value(
        "integers of two widths in a variant's list", "VARIANT", "[1::INT]::VARIANT", "[1::BIGINT]::VARIANT"
    ),
    value(
        "a date or its text in a variant",
        "VARIANT",
        "{'a': DATE '2025-01-01'}::VARIANT",
        "{'a': '2025-01-01'}::VARIANT",
    ),
    value("a blob or text in a variant", "VARIANT", "['x'::BLOB]::VARIANT", "['x']::VARIANT"),
    value(
        "a decimal or a double in a variant",
        "VARIANT",
        "[1.5::DECIMAL(5,1)]::VARIANT",
        "[1.5::DOUBLE]::VARIANT",
    ),
    value("intervals in a variant", "VARIANT", "[INTERVAL 1 MONTH]::VARIANT", "[INTERVAL 30 DAY]::VARIANT"),
    value(
        "a variant in a struct", "STRUCT(a VARIANT)", "{'a': 1::INT::VARIANT}", "{'a': 1::BIGINT::VARIANT}"
    ),
    value(
        "the order of a variant's names",
        "VARIANT",
        """'{"b": [{"d": 1, "c": 2}], "a": 1}'::JSON::VARIANT""",
        """'{"a": 1, "b": [{"c": 2, "d": 1}]}'::JSON::VARIANT""",
        equal=True,
    ),
    value(
        "members of a union, both null",
        "UNION(a INT, b INT)",
        "union_value(a := NULL)",
        "union_value(b := NULL)",
    ),
    value(
        "minus zero in a union",
        "UNION(a DOUBLE)",
        "union_value(a := -0.0::DOUBLE)",
        "union_value(a := 0.0::DOUBLE)",
    ),
    value("a nanosecond of the day", "TIME_NS", "'12:00:00.000000001'", "'12:00:00'"),
    value("1 month and 1 day against 31 days", "INTERVAL", "INTERVAL '1 month 1 day'", "INTERVAL '31 days'"),
    value("1 day on and 24 hours back", "INTERVAL", "INTERVAL '1 day -24 hours'", "INTERVAL '0 hours'"),
    value(
        "11 months against 1 year less 1 month",
        "INTERVAL",
        "INTERVAL '1 year -1 month'",
        "INTERVAL '11 months'",
        equal=True,
    ),
    value("minus zero in a point", "GEOMETRY", "'POINT(-0 0)'", "'POINT(0 0)'"),
    value("empty shapes of two kinds", "GEOMETRY", "'POINT EMPTY'", "'LINESTRING EMPTY'"),
    value("a point against many of one", "GEOMETRY", "'POINT(1 2)'", "'MULTIPOINT(1 2)'"),
    value("height against measure", "GEOMETRY", "'POINT Z (1 2 3)'", "'POINT M (1 2 3)'"),
]

A = "(1, 2025, 'a'), (2, 2025, 'b'), (3, 2026, 'c')"
ROWS = [
    rows("the order of rows", A, "(3, 2026, 'c'), (2, 2025, 'b'), (1, 2025, 'a')", verdict="equal", years=[]),
    rows(
        "a row fewer",
        A,
        "(1, 2025, 'a'), (3, 2026, 'c')",
        only_left=1,
        only_right=0,
        years=[2025],
        columns=[],
    ),
    rows(
        "a row more, keyed",
        A,
        A + ", (4, 2026, 'd')",
        "id",
        only_left=0,
        only_right=1,
        years=[2026],
        columns=[],
    ),
    rows("a year fewer", A, "(1, 2025, 'a'), (2, 2025, 'b')", "id", only_left=1, rows_right=2, years=[2026]),
    rows("one side empty", A, "", "id", only_left=3, only_right=0, rows_right=0, years=[2025, 2026]),
    rows("a row twice", A, A + ", (1, 2025, 'a')", only_left=0, only_right=1, years=[2025]),
    rows(
        "doubled against doubled: exclusive-or cancels both",
        "(1, 2025, 'a'), (1, 2025, 'a')",
        "(2, 2025, 'b'), (2, 2025, 'b')",
        only_left=2,
        only_right=2,
    ),
    rows(
        "the same distinct rows, other counts",
        "(1, 2025, 'a'), (1, 2025, 'a'), (2, 2025, 'b')",
        "(1, 2025, 'a'), (2, 2025, 'b'), (2, 2025, 'b')",
        only_left=1,
        only_right=1,
    ),
    rows(
        "one value, no key",
        A,
        A.replace("'c'", "'x'"),
        only_left=1,
        only_right=1,
        columns=["v"],
        years=[2026],
    ),
    rows(
        "one value, keyed",
        A,
        A.replace("'c'", "'x'"),
        "id",
        only_left=0,
        changed=1,
        columns=["v"],
        years=[2026],
    ),
    rows(
        "values swapped between rows, no key",
        A,
        "(1, 2025, 'b'), (2, 2025, 'a'), (3, 2026, 'c')",
        only_left=2,
        only_right=2,
        columns=["v"],
        years=[2025],
    ),
    rows(
        "values swapped between rows, keyed",
        A,
        "(1, 2025, 'b'), (2, 2025, 'a'), (3, 2026, 'c')",
        "id",
        changed=2,
        columns=["v"],
        years=[2025],
    ),
    rows(
        "a row moved to another year, keyed",
        A,
        A.replace("3, 2026", "3, 2025"),
        "id",
        changed=1,
        only_left=0,
        only_right=0,
        columns=["year"],
        years=[2025, 2026],
    ),
    rows(
        "values swapped between years",
        A,
        "(1, 2025, 'c'), (2, 2025, 'b'), (3, 2026, 'a')",
        "id",
        changed=2,
        columns=["v"],
        years=[2025, 2026],
    ),
    rows(
        "the same rows under each other's year",
        "(1, 2025, 'a'), (1, 2026, 'b')",
        "(1, 2026, 'a'), (1, 2025, 'b')",
        "id, year",
        changed=2,
        columns=["v"],
        years=[2025, 2026],
    ),
    rows(
        "rows that change places between years",
        "(1, 2025, 'a'), (2, 2026, 'a')",
        "(1, 2026, 'a'), (2, 2025, 'a')",
        "id",
        changed=2,
        columns=["year"],
        years=[2025, 2026],
        per_year=[
            {
                "year": y,
                "verdict": "different",
                "rows_left": 1,
                "rows_right": 1,
                "only_left": 0,
                "only_right": 0,
                "changed": 2,
            }
            for y in (2025, 2026)
        ],
    ),
    rows("a changed key", A, A.replace("(1,", "(9,"), "id", only_left=1, only_right=1, changed=0, columns=[]),
    rows("null years", "(1, NULL, 'a')", "(1, NULL, 'b')", "id", changed=1, columns=["v"], years=[None]),
    rows("null year against a year", "(1, NULL, 'a')", "(1, 2025, 'a')", "id", changed=1, years=[2025, None]),
    rows("null identifiers, no key", "(NULL, 2025, 'a')", "(NULL, 2025, 'b')", only_left=1, columns=["v"]),
    rows(
        "all rows differ in two columns", "(1, 2025, 'a')", "(2, 2025, 'b')", columns=["id", "v"], only_left=1
    ),
]

T = "CREATE TABLE t (id INTEGER, v {}); INSERT INTO t VALUES (1, 1)"
SHAPES = [
    made("the same types", T.format("INTEGER"), T.format("INTEGER"), "equal", year_column=None, per_year=[]),
    made("no year column", T.format("INTEGER"), T.format("INTEGER").replace("1, 1", "1, 2"), "different", years=[]),
    made("integer, bigint", T.format("INTEGER"), T.format("BIGINT"), "schema", columns=["v"], rows_left=1),
    made("bigint, double", T.format("BIGINT"), T.format("DOUBLE"), "schema", columns=["v"], only_left=None),
    made("decimals of other scale", T.format("DECIMAL(10,2)"), T.format("DECIMAL(10,3)"), "schema"),
    made("integer, text", T.format("INTEGER"), T.format("VARCHAR"), "schema"),
    made("text, json", T.format("VARCHAR"), T.format("JSON"), "schema"),
    made("zone, no zone", T.format("TIMESTAMP").replace("1, 1", "1, now()"),
         T.format("TIMESTAMPTZ").replace("1, 1", "1, now()"), "schema"),
    made("an enum's order", "CREATE TABLE t AS SELECT 'a'::ENUM('a', 'b') AS v",
         "CREATE TABLE t AS SELECT 'a'::ENUM('b', 'a') AS v", "schema"),
    made("a named enum", "CREATE TYPE e AS ENUM ('a'); CREATE TABLE t AS SELECT 'a'::e AS v",
         "CREATE TABLE t AS SELECT 'a'::ENUM('a') AS v", "equal"),
    made("a struct's field order", "CREATE TABLE t AS SELECT {'a': 1, 'b': 2} AS v",
         "CREATE TABLE t AS SELECT {'b': 2, 'a': 1} AS v", "schema"),
    made("a column more", "CREATE TABLE t AS SELECT 1 AS a", "CREATE TABLE t AS SELECT 1 AS a, 2 AS b", "schema",
         columns=["b"], schema_changes=[{"column": "b", "left": None, "right": "INTEGER"}]),
    made("column order", "CREATE TABLE t AS SELECT 1 AS a, 'x' AS b", "CREATE TABLE t AS SELECT 'x' AS b, 1 AS a", "equal"),
    made("column order, swapped values", "CREATE TABLE t AS SELECT 1 AS a, 2 AS b",
         "CREATE TABLE t AS SELECT 1 AS b, 2 AS a", "different", columns=["a", "b"]),
    made("a column's case", "CREATE TABLE t AS SELECT 1 AS Id", "CREATE TABLE t AS SELECT 1 AS id", "schema", columns=["Id", "id"]),
    made("reserved words and quotes",
         'CREATE TABLE t ("select" INT, "a ""b.c" INT, "ünï" INT, "l" INT); INSERT INTO t VALUES (1, 2, 3, 4)',
         'CREATE TABLE t ("select" INT, "a ""b.c" INT, "ünï" INT, "l" INT); INSERT INTO t VALUES (1, 2, 9, 4)',
         "different", columns=["ünï"]),
    made("columns of our own names", "CREATE TABLE t AS SELECT 1 AS y, 2 AS h, 3 AS i, 4 AS c0, 5 AS p, 6 AS f",
         "CREATE TABLE t AS SELECT 1 AS y, 2 AS h, 3 AS i, 4 AS c0, 5 AS p, 7 AS f", "different", columns=["f"]),
    made("a column named rowid", "CREATE TABLE t AS SELECT 1 AS rowid, 5 AS v UNION ALL SELECT 1, 6",
         "CREATE TABLE t AS SELECT 1 AS rowid, 5 AS v UNION ALL SELECT 1, 7", "different", columns=["v"], only_left=1),
    made("a generated column", "CREATE TABLE t (a INT, g INT GENERATED ALWAYS AS (a * 2)); INSERT INTO t VALUES (1)",
         "CREATE TABLE t (a INT, g INT); INSERT INTO t VALUES (1, 2)", "equal"),
    made("a generated column that differs", "CREATE TABLE t (a INT, g INT GENERATED ALWAYS AS (a * 2)); INSERT INTO t VALUES (1)",
         "CREATE TABLE t (a INT, g INT GENERATED ALWAYS AS (a * 3)); INSERT INTO t VALUES (1)", "different", columns=["g"]),
    made("a view against a table", "CREATE VIEW t AS SELECT 1 AS a", "CREATE TABLE t AS SELECT 1 AS a", "equal",
         notes=["a view on the left, a table on the right"]),
    made("views that differ", "CREATE VIEW t AS SELECT 1 AS year, 2 AS a", "CREATE VIEW t AS SELECT 1 AS year, 3 AS a",
         "different", columns=["a"], years=[1], only_left=1),
    made("NaN's sign in a list of a view (a table's storage drops it)", "CREATE VIEW t AS SELECT ['nan'::DOUBLE] AS v",
         "CREATE VIEW t AS SELECT [-('nan'::DOUBLE)] AS v", "equal"),
    made("NaN's sign in a view", "CREATE VIEW t AS SELECT 'nan'::DOUBLE AS v", "CREATE VIEW t AS SELECT -('nan'::DOUBLE) AS v", "equal"),
    made("years as nanoseconds", "CREATE TABLE t AS SELECT TIMESTAMP_NS '2025-12-31 23:30:00.000000001' AS year, 1 AS v",
         "CREATE TABLE t AS SELECT TIMESTAMP_NS '2025-12-31 23:30:00.000000001' AS year, 2 AS v", "different", years=[2025]),
    made("years as decimals", "CREATE TABLE t AS SELECT 2025::DECIMAL(6,1) AS year, 1 AS v",
         "CREATE TABLE t AS SELECT 2025::DECIMAL(6,1) AS year, 2 AS v", "different", years=["2025.0"]),
    made("years as instants", "CREATE TABLE t AS SELECT TIMESTAMPTZ '2025-12-31 23:30+00' AS year, 1 AS v",
         "CREATE TABLE t AS SELECT TIMESTAMPTZ '2025-12-31 23:30+00' AS year, 2 AS v", "different", years=[2025]),
    made("values swapped left of a column that tells rows apart",
         "CREATE TABLE t AS SELECT * FROM (VALUES (1, 'x', 'p'), (1, 'y', 'q'), (2, 'z', 'r'), (2, 'u', 's')) AS r(id, v, w)",
         "CREATE TABLE t AS SELECT * FROM (VALUES (1, 'z', 'p'), (1, 'u', 'q'), (2, 'x', 'r'), (2, 'y', 's')) AS r(id, v, w)", "different", columns=["v"]),
    made("constraints and defaults", "CREATE TABLE t (a INT NOT NULL DEFAULT 3 CHECK (a > 0)); INSERT INTO t VALUES (1)",
         "CREATE TABLE t (a INT); INSERT INTO t VALUES (1)", "equal"),
    made("a key on one side", "CREATE TABLE t (a INT PRIMARY KEY, v INT); INSERT INTO t VALUES (1, 1)",
         "CREATE TABLE t (a INT, v INT); INSERT INTO t VALUES (1, 2)", "different", changed=1, key=["a"]),
    made("other keys", "CREATE TABLE t (a INT PRIMARY KEY, v INT); INSERT INTO t VALUES (1, 1)",
         "CREATE TABLE t (a INT, v INT PRIMARY KEY); INSERT INTO t VALUES (1, 2)", "different", only_left=1, key=[]),
    made("only on the left", "CREATE TABLE t AS SELECT 1 AS a; CREATE TABLE u AS SELECT 1 AS a",
         "CREATE TABLE u AS SELECT 1 AS a", "missing", rows_left=1, rows_right=None, only_left=1),
    made("only on the right", "CREATE TABLE u AS SELECT 1 AS a",
         "CREATE VIEW t AS SELECT 1 AS a; CREATE TABLE u AS SELECT 1 AS a", "missing", rows_left=None, rows_right=1),
    made("a table's case", "CREATE TABLE t AS SELECT 1 AS a", "CREATE TABLE T AS SELECT 1 AS a", "missing"),
    made("years as text", "CREATE TABLE t AS SELECT '2025' AS year, 1 AS v", "CREATE TABLE t AS SELECT '2025' AS year, 2 AS v",
         "different", years=[2025]),
    made("years as dates", "CREATE TABLE t AS SELECT DATE '2025-03-01' AS year, 1 AS v",
         "CREATE TABLE t AS SELECT DATE '2025-03-02' AS year, 1 AS v", "different", years=[2025], columns=["year"]),
    made("a column of nothing but null", "CREATE TABLE t AS SELECT 2025 AS year, NULL::INT AS v FROM range(9)",
         "CREATE TABLE t AS SELECT 2025 AS year, NULL::INT AS v FROM range(9)", "equal"),
    made("nothing but null against zeros", "CREATE TABLE t AS SELECT i, NULL::INT AS v FROM range(9) AS r(i)",
         "CREATE TABLE t AS SELECT i, 0 AS v FROM range(9) AS r(i)", "different", columns=["v"], only_left=9),
    made("keys in another order", "CREATE TABLE t (a INT, b INT, v INT, PRIMARY KEY (a, b)); INSERT INTO t VALUES (1, 2, 3)",
         "CREATE TABLE t (a INT, b INT, v INT, PRIMARY KEY (b, a)); INSERT INTO t VALUES (1, 2, 4)", "different", changed=1),
    made("a key of text with blanks", "CREATE TABLE t (a VARCHAR PRIMARY KEY, v INT); INSERT INTO t VALUES ('x', 1), ('x ', 2)",
         "CREATE TABLE t (a VARCHAR PRIMARY KEY, v INT); INSERT INTO t VALUES ('x', 2), ('x ', 1)", "different", changed=2),
    made("a key of minus zero", "CREATE TABLE t (a DOUBLE, v INT); INSERT INTO t VALUES (-0.0::DOUBLE, 1)",
         "CREATE TABLE t (a DOUBLE, v INT); INSERT INTO t VALUES (0.0::DOUBLE, 1)", "different", only_left=1),
    made("the last of 400 columns", "CREATE TABLE t AS SELECT " + ", ".join(f"{n} AS c{n}" for n in range(400)),
         "CREATE TABLE t AS SELECT " + ", ".join(f"{n % 399} AS c{n}" for n in range(400)), "different", columns=["c399"]),
    made("empty tables of other types", "CREATE TABLE t (a INT); CREATE TABLE u AS SELECT 1 AS a",
         "CREATE TABLE t (a BIGINT); CREATE TABLE u AS SELECT 1 AS a", "schema", rows_left=0),
    made("a blank at the end of a name", 'CREATE TABLE t AS SELECT 1 AS "a "', "CREATE TABLE t AS SELECT 1 AS a", "schema"),
    made("normal forms of a name", 'CREATE TABLE t AS SELECT 1 AS "\u00e9"', 'CREATE TABLE t AS SELECT 1 AS "e\u0301"', "schema"),
    made("arrays of other lengths", "CREATE TABLE t AS SELECT [1, 2]::INT[2] AS v", "CREATE TABLE t AS SELECT [1, 2, 3]::INT[3] AS v", "schema"),
    made("an array against a list", "CREATE TABLE t AS SELECT [1, 2]::INT[2] AS v", "CREATE TABLE t AS SELECT [1, 2] AS v", "schema"),
    made("members of a union", "CREATE TABLE t AS SELECT union_value(a := 1) AS v", "CREATE TABLE t AS SELECT union_value(b := 1) AS v", "schema"),
    made("timestamps of other precision", T.format("TIMESTAMP").replace("1, 1", "1, '2025-01-01'"),
         T.format("TIMESTAMP_MS").replace("1, 1", "1, '2025-01-01'"), "schema"),
    made("float, double", T.format("FLOAT"), T.format("DOUBLE"), "schema"),
    made("a collation on one side", T.format("VARCHAR"), T.format("VARCHAR COLLATE NOCASE"), "equal"),
    made("a view of another table of the same rows", "CREATE TABLE u AS SELECT 1 AS a; CREATE VIEW t AS FROM u",
         "CREATE TABLE u AS SELECT 2 AS a; CREATE VIEW t AS FROM u", "different", only_left=1),
    made("another year column", "CREATE TABLE t AS SELECT 2025 AS simulation_year, 1 AS v",
         "CREATE TABLE t AS SELECT 2025 AS simulation_year, 2 AS v", "different", years=[2025], year_column="simulation_year"),
    made("NaN's sign beside text, in a view", "CREATE VIEW t AS SELECT {'a': 'nan'::DOUBLE, 'b': 'x'} AS v",
         "CREATE VIEW t AS SELECT {'a': -('nan'::DOUBLE), 'b': 'x'} AS v", "equal"),
    made("the text -nan beside a number", "CREATE VIEW t AS SELECT {'a': 'nan'::DOUBLE, 'b': '-nan'} AS v",
         "CREATE VIEW t AS SELECT {'a': 'nan'::DOUBLE, 'b': 'nan'} AS v", "different"),
    made("a type's name of one's own", "CREATE TYPE pay AS DECIMAL(5,2); CREATE TABLE t AS SELECT 1::pay AS v",
         "CREATE TABLE t AS SELECT 1::DECIMAL(5,2) AS v", "equal"),
    made("one's own types of one name", "CREATE TYPE pay AS DECIMAL(5,2); CREATE TABLE t AS SELECT 1::pay AS v",
         "CREATE TYPE pay AS DECIMAL(5,3); CREATE TABLE t AS SELECT 1::pay AS v", "schema"),
    made("enums of one name, in a list", "CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t AS SELECT ['a'::e] AS v",
         "CREATE TYPE e AS ENUM ('b', 'a'); CREATE TABLE t AS SELECT ['a'::e] AS v", "schema"),
    made("the last of an enum's 3,000 values", "CREATE TYPE e AS ENUM (SELECT 'v' || i FROM range(3000) AS r(i)); CREATE TABLE t AS SELECT 'v1'::e AS v",
         "CREATE TYPE e AS ENUM (SELECT 'v' || i + i // 2999 FROM range(3000) AS r(i)); CREATE TABLE t AS SELECT 'v1'::e AS v", "schema"),
    made("text cut at another place", "CREATE TABLE t AS SELECT 'xy' AS a, '' AS b", "CREATE TABLE t AS SELECT 'x' AS a, 'y' AS b", "different"),
    made("a struct without names", "CREATE TABLE t AS SELECT row(1, 2) AS v", "CREATE TABLE t AS SELECT {'a': 1, 'b': 2} AS v", "schema"),
    made("keys of structs and null", "CREATE TABLE t (k STRUCT(a INT), v INT); INSERT INTO t VALUES ({'a': 1}, 1), ({'a': NULL}, 1), (NULL, 1)",
         "CREATE TABLE t (k STRUCT(a INT), v INT); INSERT INTO t VALUES ({'a': 1}, 1), ({'a': NULL}, 2), (NULL, 1)", "different", only_left=1),
    made("years as fractions", "CREATE TABLE t AS SELECT 2025.0::DOUBLE AS year, 1 AS v", "CREATE TABLE t AS SELECT 2025.5::DOUBLE AS year, 1 AS v", "different"),
    made("years as text with a blank", "CREATE TABLE t AS SELECT '2025 ' AS year, 1 AS v", "CREATE TABLE t AS SELECT '2025' AS year, 1 AS v", "different"),
]  # fmt: skip

CASES = VALUES + ROWS + SHAPES


def test_there_are_enough_kinds_and_each_has_a_name_of_its_own() -> None:
    assert len(CASES) >= 225
    assert len({c.name for c in CASES}) == len(CASES)


def test_the_page_shows_what_is_said_now(forth: Found) -> None:
    """The peers' columns are made again by `make parity-matrix`."""
    page = (Path(__file__).parents[2] / "docs" / "parity-matrix.md").read_text(encoding="utf-8")
    shown = [line.strip("| ").split(" | ")[:2] for line in page.splitlines() if line.startswith("| ")]
    expected = []
    for case in CASES:
        word = "quiet" if forth[case.name]["verdict"] == "equal" else "found"
        expected.append([case.name, word if forth[case.name]["verdict"] != "error" else "fails"])
    assert shown[-len(CASES) :] == expected


def compare_all(folder: Path, cases: Sequence[tuple[str, str, str]], **more: Any) -> Found:
    """Compare all cases at once, each in a schema of its own, and give the facts of each table `t`."""
    for side in (1, 2):
        with duckdb.connect(folder / f"side{side}.duckdb") as connection:
            connection.execute("BEGIN")
            for number, case in enumerate(cases):
                connection.execute(f"CREATE SCHEMA s{number}; USE s{number};")
                connection.execute(case[side])
            connection.execute("COMMIT")
    report = compare(folder / "side1.duckdb", folder / "side2.duckdb", **more)
    tables = {t["name"]: t for t in report.to_json()["tables"]}
    return {case[0]: tables[f"s{number}.t"] for number, case in enumerate(cases)}


@pytest.fixture(scope="module")
def forth(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return compare_all(tmp_path_factory.mktemp("forth"), [(c.name, c.left, c.right) for c in CASES])


@pytest.fixture(scope="module")
def back(tmp_path_factory: pytest.TempPathFactory) -> Found:
    return compare_all(tmp_path_factory.mktemp("back"), [(c.name, c.right, c.left) for c in ROWS + SHAPES])


@pytest.fixture(scope="module")
def keyless(tmp_path_factory: pytest.TempPathFactory) -> Found:
    bare = [(c.name, *(s.replace(" PRIMARY KEY", "") for s in (c.left, c.right))) for c in VALUES]
    return compare_all(tmp_path_factory.mktemp("keyless"), bare)


@pytest.fixture(scope="module")
def by_value(tmp_path_factory: pytest.TempPathFactory) -> Found:
    cases = [(c.name, c.left, c.right) for c in VALUES]
    return compare_all(tmp_path_factory.mktemp("years"), cases, year_column="v")


@pytest.fixture(scope="module", params=["few buckets", "all rows"])
def parted(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Found:
    """What large tables go through: rows of buckets that differ, or, where most do, all rows."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(buckets, "LARGE", 0)
        patch.setattr(buckets, "SPARSE", 1.1 if request.param == "few buckets" else 0.0)
        patch.setattr(difference, "MANY", 0)
        patch.setattr(difference, "AGAIN", 0)
        folder = tmp_path_factory.mktemp("parted")
        return compare_all(folder, [(c.name, c.left, c.right) for c in CASES])


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_every_kind_as_in_a_large_table(case: Case, parted: Found) -> None:
    found = parted[case.name]
    assert {k: found[k] for k in case.expect} == case.expect, found["reason"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.name)
def test_every_kind(case: Case, forth: Found) -> None:
    found = forth[case.name]
    assert {k: found[k] for k in case.expect} == case.expect, found["reason"]


@pytest.mark.parametrize("case", ROWS + SHAPES, ids=lambda c: c.name)
def test_every_kind_the_other_way_round(case: Case, back: Found) -> None:
    found = back[case.name]
    assert found["verdict"] == case.expect["verdict"]
    assert set(found["columns"]) == set(case.expect.get("columns", found["columns"]))
    assert found["years"] == case.expect.get("years", found["years"])


@pytest.mark.parametrize("case", VALUES, ids=lambda c: c.name)
def test_every_value_without_a_key(case: Case, keyless: Found) -> None:
    found = keyless[case.name]
    number = 0 if case.expect["verdict"] == "equal" else 1
    assert (found["only_left"], found["only_right"], found["changed"]) == (number, number, 0)
    assert (found["columns"], found["years"]) == (case.expect["columns"], case.expect["years"])


@pytest.mark.parametrize("case", VALUES, ids=lambda c: c.name)
def test_splitting_a_table_by_a_column_hides_no_difference_of_it(case: Case, by_value: Found) -> None:
    assert by_value[case.name]["verdict"] == case.expect["verdict"]
