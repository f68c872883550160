"""Tables above the threshold: text that is not read again, and the cases where it must be."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb
import pytest

from validation.parity import ParityReport, buckets, difference, narrow, session, tolerance

Compared = Callable[..., ParityReport]
TABLE = (
    "CREATE TABLE t AS SELECT i AS id, 2025 + i % 2 AS year, i % 5 AS n, 'x' || i % 7 AS s "
    "FROM range(40) r(i)"
)
SWAPPED = "CASE id WHEN 1 THEN 'x2' ELSE 'x1' END"
KEY = {"keys": {"t": ["id"]}, "year_column": "year"}


@pytest.fixture(autouse=True, params=["few buckets", "most buckets differ"])
def large(request: pytest.FixtureRequest) -> Iterator[list[bool]]:
    """Thresholds of 0; whether each guess about text that was not read held."""
    guesses: list[bool] = []
    explained = narrow.Narrow._explained

    def noted(self: narrow.Narrow) -> bool:
        guesses.append(explained(self))
        return guesses[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(buckets, "LARGE", 0)
        patch.setattr(buckets, "SPARSE", 1.1 if request.param == "few buckets" else 0.0)
        patch.setattr(difference, "MANY", 0)
        patch.setattr(narrow.Narrow, "_explained", noted)
        yield guesses


@pytest.mark.parametrize(
    ("edit", "few", "most", "changed", "alone", "columns"),
    [
        ("UPDATE t SET n = n + 1 WHERE id IN (3, 4)", [True], [True], 2, (0, 0), ("n",)),
        ("UPDATE t SET year = 2030 WHERE id = 3", [True], [True], 1, (0, 0), ("year",)),
        ("UPDATE t SET s = s || '!' WHERE id = 3", [True], [], 1, (0, 0), ("s",)),
        ("UPDATE t SET s = s || '!', n = 9 WHERE id = 3", [True], [], 1, (0, 0), ("n", "s")),
        ("DELETE FROM t WHERE id = 3", [True], [], 0, (1, 0), ()),
        ("INSERT INTO t SELECT * FROM t WHERE id = 3", [True], [], 0, (0, 1), ()),
        # an exclusive-or does not see a row that is there twice more: it is not among the few, and proven so
        (
            "INSERT INTO t SELECT t.* FROM t, range(2) WHERE id = 3; UPDATE t SET n = 9 WHERE id = 4",
            [False],
            [],
            1,
            (0, 2),
            ("n",),
        ),
        # the text of two rows trades places: an exclusive-or of their hashes agrees, and hints wrongly
        (f"UPDATE t SET s = {SWAPPED}, n = 9 WHERE id IN (1, 2)", [False], [False], 2, (0, 0), ("n", "s")),
    ],
)
def test_edits(
    compared: Compared,
    large: list[bool],
    edit: str,
    few: list[bool],
    most: list[bool],
    changed: int,
    alone: tuple[int, int],
    columns: tuple[str, ...],
) -> None:
    (found,) = compared(TABLE, f"{TABLE}; {edit}", settings=KEY).tables
    assert large == (few if buckets.SPARSE else most)
    assert (found.changed, (found.only_left, found.only_right), found.columns) == (changed, alone, columns)


def test_rows_of_one_key_that_trade_text_are_found_though_all_columns_agree_by_key(
    compared: Compared, large: list[bool]
) -> None:
    """By key, the numbers agree and the text agrees: only whole rows tell, and they are asked."""
    row = (
        "CREATE TABLE t AS SELECT * FROM (VALUES (1, 2025, {}, 'a'), (1, 2025, {}, 'b'), (2, 2025, {}, 'c')) "
        "AS v(id, year, n, s)"
    )
    (found,) = compared(row.format(1, 2, 3), row.format(2, 1, 3), settings=KEY).tables
    assert (found.verdict, found.only_left, found.only_right) == ("different", 2, 2)
    large.clear()
    (found,) = compared(row.format(1, 2, 3), row.format(2, 1, 4), settings=KEY).tables
    assert large == [False]
    assert (found.verdict, found.only_left, found.only_right, found.changed) == ("different", 2, 2, 1)


def test_without_a_key_whole_rows_are_left_over(compared: Compared, large: list[bool]) -> None:
    (found,) = compared(TABLE, f"{TABLE}; UPDATE t SET n = n + 1 WHERE id = 3").tables
    assert (found.only_left, found.only_right, found.columns, large) == (1, 1, ("n",), [True])


@pytest.mark.parametrize("limit", [None, "600MB"])
def test_what_does_not_fit_into_few_buffers_is_read_with_all_that_is_allowed(
    compared: Compared, monkeypatch: pytest.MonkeyPatch, limit: str | None
) -> None:
    """The first try gets less than one text takes: it fails, and no trace of it is left."""
    monkeypatch.setattr(session, "SPARE", 400_000)
    monkeypatch.setattr(session, "BLOCK", 0)
    failed: list[BaseException] = []
    frugal = session.Session.frugal

    def noted(self: session.Session, columns: int, act: Callable[[], object], keeps: int = 0) -> object:
        def tried() -> object:
            try:
                return act()
            except duckdb.OutOfMemoryException as problem:
                failed.append(problem)
                raise

        return frugal(self, columns, tried, keeps)

    monkeypatch.setattr(session.Session, "frugal", noted)
    long = TABLE.replace("'x' || i % 7", "repeat('x', 50000) || i")
    change = f"{long}; UPDATE t SET n = n + 1 WHERE id = 3"
    (found,) = compared(long, change, settings=KEY, memory_limit=limit).tables
    assert failed
    assert (found.changed, found.columns) == (1, ("n",))


@pytest.mark.parametrize(
    ("edit", "changed"),
    [
        ("UPDATE t SET amount = amount + 0.001 * id", 0),
        ("UPDATE t SET amount = amount + 0.001 * id; UPDATE t SET amount = 99 WHERE id = 17", 1),
        ("UPDATE t SET amount = NULL WHERE id = 17", 1),
    ],
)
def test_noise_is_measured_the_same_in_parts(
    compared: Compared, monkeypatch: pytest.MonkeyPatch, edit: str, changed: int
) -> None:
    """A join that would not fit into memory is made in parts by the key's hash."""
    noisy = TABLE.replace("i % 5 AS n", "i % 5 AS n, i / 7 AS amount")
    allowed = [{"table": "t", "column": "amount", "absolute": 0.05, "reason": "noise"}]
    joins: list[tuple[int, int]] = []
    joined = tolerance.Loose.joined

    def noted(self: tolerance.Loose, *given: object, part: tuple[int, int] = (0, 1), **more: object) -> str:
        joins.append(part)
        return joined(self, *given, part=part, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(tolerance.Loose, "joined", noted)
    settings = {**KEY, "tolerance": allowed}
    (whole,) = compared(noisy, f"{noisy}; {edit}", settings=settings, memory_limit="600MB").tables
    assert set(joins) <= {(0, 1)}
    monkeypatch.setattr(tolerance, "VALUE", 1 << 40)
    (parted,) = compared(noisy, f"{noisy}; {edit}", settings=settings, memory_limit="600MB").tables
    assert parted.changed == changed
    assert parted == whole
    assert len({part for part in joins if part[1] > 1}) == tolerance.MOST_PARTS
