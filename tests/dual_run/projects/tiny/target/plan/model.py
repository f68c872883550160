"""What both orchestrators run: a headcount table and a pay table a year, in DuckDB."""

import os

import duckdb

from plan.faults import raise_of_pay


def write(table: str, query: str, year: int) -> int:
    with duckdb.connect(os.environ["PLAN_DB"]) as connection:
        census = connection.read_csv(os.environ["PLAN_CENSUS"])  # noqa: F841 - DuckDB finds it by name
        connection.execute(f"create table if not exists {table} as select * from ({query}) limit 0")
        connection.execute(f"delete from {table} where year = {year}")
        connection.execute(f"insert into {table} {query}")
        return connection.execute(f"select count(*) from {table} where year = {year}").fetchone()[0]


def headcount(year: int) -> int:
    return write("headcount", f"select {year} as year, count(*) as people from census", year)


def noise(year: int) -> int:
    columns = "now() as written_at, gen_random_uuid() as id, salary * (1 + 1e-13 * random()) as salary"
    return write("noise", f"select {year} as year, name, {columns} from census", year)


def pay(year: int) -> int:
    grown = f"salary * (1 + {raise_of_pay()} * ({year} - 2024))"
    return write(
        "pay", f"select {year} as year, name, cast({grown} as decimal(12, 2)) as salary from census", year
    )
