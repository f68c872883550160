"""What a run of the example reads and what it leaves, the same for both sides."""

import os
from pathlib import Path

import duckdb


def put_orders(year: str, orders: list) -> None:
    lines = ["order_id,product,quantity", *(",".join(map(str, order)) for order in orders)]
    (Path(os.environ["BAKERY_INBOX"]) / f"{year}.csv").write_text("\n".join(lines) + "\n")


def left_behind() -> dict:
    """All tables with their rows, and all stored files with their text."""
    store = Path(os.environ["BAKERY_STORE"])
    files = {str(path.relative_to(store)): path.read_text() for path in sorted(store.rglob("*.csv"))}
    with duckdb.connect(os.environ["BAKERY_DB"], read_only=True) as connection:
        names = connection.execute("select table_name from information_schema.tables order by 1").fetchall()
        tables = {n: connection.execute(f"select * from {n} order by all").fetchall() for (n,) in names}
    return {
        "tables": {n: [list(map(str, row)) for row in rows] for n, rows in tables.items()},
        "files": files,
    }
