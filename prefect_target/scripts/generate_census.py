"""Make a synthetic census: a Parquet file of employees as of the last day of 2024.

The same seed and number of employees give the same rows on every machine: all draws are md5 digests
of the seed and the row's number, because the random functions and hash() of DuckDB depend on its
release and on its threads.
"""

import argparse
import os
import sys
import tempfile
from pathlib import Path

import duckdb

AS_OF = "2024-12-31"
FEWEST, MOST = 1_000, 1_000_000

CENSUS = """
with draws as (
    -- one digest holds four draws of 32 bits
    select
        n,
        md5(concat_ws('|', $seed, n, 'person')) as person,
        md5(concat_ws('|', $seed, n, 'job')) as job,
        md5(concat_ws('|', $seed, n, 'plan')) as plan
    from range(1, $employees + 1) as numbers(n)
),
uniform as (
    select
        n,
        {person_draws},
        {job_draws},
        {plan_draws}
    from draws
),
ages as (
    -- 21 to 68, thinning out at both ends
    select *,
        cast(floor(365.25 * (21 + 47 * (0.64 * pow(person1, 1.2) + 0.36 * person2))) as integer) as age_days
    from uniform
),
tenures as (
    -- exponential with a mean of seven years, and nobody hired before the age of 19
    select *, least(cast(floor(-365.25 * 7 * ln(1 - person4)) as integer), age_days - 19 * 365) as tenure_days
    from ages
),
scores as (
    -- experience helps, chance decides
    select *,
        least(tenure_days / 7300, 1) as seasoning,
        0.62 * job1 + 0.20 * least(tenure_days / 7300, 1) + 0.18 * (age_days - 7670) / 17167 as score
    from tenures
),
levels as (
    select *,
        case
            when score < 0.385 then 1 when score < 0.575 then 2
            when score < 0.700 then 3 when score < 0.795 then 4 else 5
        end as level_id
    from scores
),
paid as (
    select *,
        [46000, 62000, 86000, 122000, 190000][level_id] as lowest,
        [84000, 118000, 165000, 260000, 420000][level_id] as highest,
        plan1 < 0.42 + 0.006 * (age_days / 365.25 - 21) + 0.05 * level_id as takes_part
    from levels
)
select
    format('EMP_{{:06d}}', n) as employee_id,
    date '{as_of}' - age_days as employee_birth_date,
    date '{as_of}' - tenure_days as employee_hire_date,
    cast(
        round(lowest + (highest - lowest) * (0.70 * job2 + 0.25 * seasoning), -2) as decimal(18, 2)
    ) as employee_annual_compensation,
    cast(level_id as integer) as level_id,
    case
        when job3 < 0.28 then 'ENG' when job3 < 0.51 then 'MFG' when job3 < 0.69 then 'OPS'
        when job3 < 0.84 then 'SAL' when job3 < 0.94 then 'FIN' else 'HR'
    end as department,
    cast(
        case when job4 < 0.86 then 40 when job4 < 0.92 then 32 when job4 < 0.97 then 24 else 16 end as integer
    ) as scheduled_hours,
    cast(case
        when not takes_part or tenure_days < 90 or job4 >= 0.97 then 0
        when plan2 < 0.22 then 0.03 when plan2 < 0.34 then 0.04 when plan2 < 0.50 then 0.05
        when plan2 < 0.74 then 0.06 when plan2 < 0.86 then 0.08 when plan2 < 0.95 then 0.10
        when plan2 < 0.985 then 0.12 else 0.15
    end as decimal(6, 4)) as deferral_rate,
    plan3 >= 0.04 as active,
    case when plan3 < 0.04
        then date '{as_of}' - cast(floor(plan4 * least(tenure_days, 365)) as integer) end as termination_date
from paid
order by n
"""


def draws(digest):
    """The SQL of the four numbers in [0, 1) that a digest holds: 8 of its 32 hexadecimal digits each."""
    pieces = ((number, f"'0x' || substr({digest}, {8 * number - 7}, 8)") for number in (1, 2, 3, 4))
    return ", ".join(
        f"cast(cast({piece} as bigint) as double) / 4294967296 as {digest}{number}"
        for number, piece in pieces
    )


def census_sql():
    return CENSUS.format(
        as_of=AS_OF, person_draws=draws("person"), job_draws=draws("job"), plan_draws=draws("plan")
    )


def write_census(employees, seed, out):
    """Write the census to `out`: a file next to it first, then a rename, so that it is whole or absent."""
    out.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{out.name}.", dir=out.parent)
    os.close(handle)
    try:
        with duckdb.connect() as connection:
            # The bar appears only when the work takes longer than two seconds, and only for people.
            connection.execute(f"set enable_progress_bar = {str(sys.stderr.isatty()).lower()}")
            connection.execute("set preserve_insertion_order = true")
            rows = connection.sql(census_sql(), params={"seed": str(seed), "employees": employees})
            rows.write_parquet(name, compression="zstd")
        os.chmod(name, 0o644)
        os.replace(name, out)
    finally:
        Path(name).unlink(missing_ok=True)


def whole_number(lowest, highest):
    def parse(text):
        try:
            value = int(text.replace("_", ""))
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is not a whole number") from None
        if not lowest <= value <= highest:
            raise argparse.ArgumentTypeError(f"{value} is not between {lowest} and {highest}")
        return value

    return parse


def main(arguments=None):
    parser = argparse.ArgumentParser(description="Write a synthetic census as Parquet.")
    parser.add_argument(
        "--employees", type=whole_number(FEWEST, MOST), default=5_000, metavar="N", help="rows (default 5000)"
    )
    parser.add_argument(
        "--seed", type=whole_number(0, 2**63 - 1), default=42, help="another seed, other people (default 42)"
    )
    parser.add_argument(
        "--out", type=Path, default=Path("data/census.parquet"), help="default data/census.parquet"
    )
    options = parser.parse_args(arguments)
    if options.out.is_dir():
        parser.error(f"--out {options.out} is a folder: name a file in it")
    try:
        write_census(options.employees, options.seed, options.out)
    except (OSError, duckdb.Error) as problem:
        reason = getattr(problem, "strerror", None) or problem
        parser.error(f"--out {options.out} cannot be written: {reason}")
    print(f"{options.employees} employees in {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
