"""What the simulation computes: near its targets, year upon year, the same every time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import pytest

from .conftest import REFUSED, YEARS, Simulated

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("reference_dbt")]

CLOCK = {"fct_workforce_snapshot": "exclude (loaded_at)"}


def tables(connection: duckdb.DuckDBPyConnection, catalog: str) -> list[str]:
    rows = connection.execute(
        "select table_name from duckdb_tables() where database_name = ? and schema_name = 'main' order by 1",
        [catalog],
    )
    return [name for (name,) in rows.fetchall()]


def differences(left: Path, right: Path) -> dict[str, int]:
    """Number of rows that only one of the two has, by table; tables whose types differ are in it, too."""
    with duckdb.connect() as connection:
        connection.execute(f"attach '{left}' as a (read_only)")
        connection.execute(f"attach '{right}' as b (read_only)")
        names = tables(connection, "a")
        assert names == tables(connection, "b")
        assert len(names) == 66 + 14 + 1
        found = {}
        for name in names:
            columns = CLOCK.get(name, "")
            types = [connection.sql(f"describe {side}.main.{name}").fetchall() for side in "ab"]
            left_rows, right_rows = (f"select * {columns} from {side}.main.{name}" for side in "ab")
            only = [f"({left_rows} except all {right_rows})", f"({right_rows} except all {left_rows})"]
            rows = connection.sql(f"select count(*) from ({' union all '.join(only)})").fetchall()[0][0]
            if rows or types[0] != types[1]:
                found[name] = rows
        return found


def test_every_step_succeeds_and_every_data_test_passes(simulated: Simulated) -> None:
    meant_to_fail = {*(f"refused: {name}" for name in REFUSED), "full refresh"}
    failed = {
        name: step
        for name, step in simulated.steps.items()
        if step and not step["success"] and name not in meant_to_fail
    }
    assert failed == {}
    # The last year's tests read the rows of all six.
    tests = {
        name: status
        for name, status in simulated.steps["long 2030"]["nodes"].items()
        if name.startswith("test.")
    }
    assert len(tests) >= 130
    assert set(tests.values()) == {"pass"}


def test_every_table_holds_every_year(six_years: duckdb.DuckDBPyConnection) -> None:
    names = [
        name for name in tables(six_years, "planalign") if not name.startswith(("stg_", "config_", "scd_"))
    ]
    assert len(names) == 52
    for name in names:
        years = six_years.sql(f"select distinct simulation_year from {name} order by 1").fetchall()
        assert [year for (year,) in years] == list(YEARS), name


def test_growth_turnover_and_raises_are_near_their_targets(six_years: duckdb.DuckDBPyConnection) -> None:
    walk = six_years.sql("select * from fct_headcount_walk order by simulation_year").df()
    raises = six_years.sql("select * from mon_compensation_vs_target order by simulation_year").df()
    promotions = six_years.sql(
        "select sum(compensation_amount) / sum(previous_compensation) - 1 from int_promotion_events"
    ).fetchall()[0][0]
    assert len(walk) == len(raises) == 6
    assert ((walk.closing - walk.opening * 1.03).abs() <= 2).all()
    turnover = walk.experienced_terminations / walk.opening
    assert ((turnover - 0.12).abs() < 0.02).all()
    assert abs(walk.experienced_terminations.sum() / walk.opening.sum() - 0.12) < 0.008
    assert ((walk.new_hire_terminations / walk.hires - 0.25).abs() < 0.01).all()
    assert ((raises.average_raise_pct.astype(float) - 0.06).abs() < 0.002).all()
    assert 0.12 <= promotions < 0.17


def test_hazards_follow_age_and_tenure(six_years: duckdb.DuckDBPyConnection) -> None:
    rates = six_years.sql("""
        select tenure_band, sum(actual_terminations) / sum(exposed)
        from fct_termination_analysis group by tenure_band""").fetchall()
    rate = dict(rates)
    assert rate["under_2"] > rate["2_4"] > rate["5_9"] > rate["10_19"]


def test_people_age_and_the_plan_fills_up(six_years: duckdb.DuckDBPyConnection) -> None:
    pairs, aged, grown = six_years.sql("""
        select
            count(*),
            count(*) filter (
                where b.current_age = a.current_age + 1 and b.current_tenure = a.current_tenure + 1
            ),
            count(*) filter (where b.current_compensation > a.current_compensation)
        from fct_workforce_snapshot a
        join fct_workforce_snapshot b
            on a.employee_id = b.employee_id and b.simulation_year = a.simulation_year + 1""").fetchall()[0]
    assert pairs > 20_000
    assert aged == pairs
    assert 0.85 < grown / pairs <= 1
    rates = six_years.sql("""
        select sum(participants) / sum(employees)
        from fct_plan_participation group by simulation_year order by simulation_year""").fetchall()
    assert rates == sorted(rates)
    assert 0.6 < rates[0][0] < rates[-1][0] < 0.95


def test_a_year_continues_from_the_one_before(six_years: duckdb.DuckDBPyConnection) -> None:
    steps = six_years.sql("""
        select a.closing, b.opening from fct_headcount_walk a
        join fct_headcount_walk b on b.simulation_year = a.simulation_year + 1""").fetchall()
    assert len(steps) == 5
    assert all(closing == opening for closing, opening in steps)
    broken = six_years.sql("""
        select count(*) from int_opening_workforce o left join fct_workforce_snapshot s
            on s.employee_id = o.employee_id and s.simulation_year = o.simulation_year - 1
                and s.employment_status = 'active' and s.current_compensation = o.compensation
        where o.simulation_year > 2025 and s.employee_id is null""").fetchall()
    assert broken == [(0,)]


def test_two_runs_are_equal_also_stage_by_stage(simulated: Simulated) -> None:
    assert differences(simulated.database("long2026"), simulated.database("short")) == {}


def test_a_year_run_again_changes_nothing(simulated: Simulated) -> None:
    assert differences(simulated.database("short"), simulated.database("again")) == {}


def test_a_comparison_that_cannot_fail_proves_nothing(simulated: Simulated) -> None:
    found = differences(simulated.database("other"), simulated.database("reseeded"))
    assert {"int_termination_events", "int_merit_events", "fct_workforce_snapshot"} <= set(found)
    assert not {"stg_census_data", "config_job_levels", "int_workforce_cells"} & set(found)


def test_no_aggregate_depends_on_the_order_of_rows(six_years: duckdb.DuckDBPyConnection) -> None:
    doubles = [
        (name, row[0])
        for name in tables(six_years, "planalign")
        if not name.startswith("config_")
        for row in six_years.sql(f"describe {name}").fetchall()
        if row[1] in ("DOUBLE", "FLOAT")
    ]
    assert doubles == []


def scalar(database: Path, query: str) -> Any:
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.sql(query).fetchall()[0][0]


def test_every_headcount_rate_changes_what_it_names(simulated: Simulated) -> None:
    walk = "fct_headcount_walk where simulation_year = 2025"
    other = simulated.database("other")
    assert abs(scalar(other, f"select experienced_terminations / opening from {walk}") - 0.2) < 0.02
    assert abs(float(scalar(other, f"select growth_rate from {walk}")) - 0.1) < 0.001
    assert abs(scalar(other, f"select new_hire_terminations / hires from {walk}") - 0.4) < 0.01


def test_every_pay_rate_changes_what_it_names(simulated: Simulated) -> None:
    other = simulated.database("other")
    cola = "select list(distinct cast(cola_increase_pct as double)) from int_merit_events"
    assert scalar(other, cola) == [0.05]
    merit = """
        select sum(cast(previous_compensation as double) * merit_increase_pct) / sum(previous_compensation)
        from int_merit_events"""
    assert abs(scalar(other, merit) - 0.02) < 0.001
    increase = "select min(compensation_amount / previous_compensation) from int_promotion_events"
    assert scalar(other, increase) == pytest.approx(1.4, abs=1e-6)


def test_every_plan_var_changes_what_it_names(simulated: Simulated) -> None:
    other, seed, default = (simulated.database(name) for name in ("other", "reseeded", "long2026"))
    waiting = """
        select min(e.eligibility_date - s.hire_date) from int_eligibility_determination e
        join fct_workforce_snapshot s using (employee_id, simulation_year)"""
    assert (scalar(other, waiting), scalar(default, waiting)) == (0, 90)
    automatic = """
        select list(distinct cast(deferral_rate as double))
        from int_enrollment_events where enrollment_kind = 'automatic'"""
    assert (scalar(other, automatic), scalar(seed, automatic), scalar(default, automatic)) == (
        None,
        [0.05],
        [0.03],
    )
    cap = "select cast(max(matchable_rate) as double) from int_employer_match_calculations"
    assert (scalar(other, cap), scalar(default, cap)) == (0.04, 0.06)
    matched = "select sum(employer_match) / sum(matchable_deferral) from int_employer_match_calculations"
    assert scalar(other, matched) == pytest.approx(1, abs=1e-4)
    assert scalar(default, matched) == pytest.approx(0.5, abs=1e-4)


def test_another_seed_is_another_draw_of_the_same_size(simulated: Simulated) -> None:
    leavers = """
        select list(employee_id order by employee_id)
        from int_termination_events where simulation_year = 2025"""
    first = set(scalar(simulated.database("long2026"), leavers))
    second = set(scalar(simulated.database("reseeded"), leavers))
    assert len(first & second) < 0.5 * len(first)
    assert abs(len(first) - len(second)) < 0.2 * len(first)


def test_a_year_that_comes_out_empty_leaves_no_old_rows(simulated: Simulated) -> None:
    shrunk = simulated.database("shrink")
    assert scalar(shrunk, "select count(*) from int_hiring_events") == 0
    assert scalar(shrunk, "select count(*) from int_new_hire_termination_events") == 0
    assert scalar(shrunk, "select count(*) from fct_yearly_events where event_type = 'hire'") == 0


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("before 2000", "simulation_year is 1999: not a year from 2000 to 2100"),
        ("after 2100", "simulation_year is 2101: not a year from 2000 to 2100"),
        ("not a year", "simulation_year is soon"),
        ("before start_year", "simulation_year 2024 is before start_year 2025"),
        ("no previous year", "no fct_workforce_snapshot of 2026. Run the years in order from 2025"),
        ("impossible rate", "total_termination_rate is 1.2"),
    ],
)
def test_an_impossible_run_is_refused(simulated: Simulated, name: str, says: str) -> None:
    step = simulated.steps[f"refused: {name}"]
    assert not step["success"]
    assert says in step["message"]
    assert step["nodes"] == {}


def test_a_refused_run_writes_nothing(simulated: Simulated) -> None:
    with duckdb.connect(str(simulated.database("refused")), read_only=True) as connection:
        written = connection.sql("select schema_name, table_name from duckdb_tables()").fetchall()
    assert written == [("raw", "census")]


def test_full_refresh_of_a_later_year_is_refused(simulated: Simulated) -> None:
    step = simulated.steps["full refresh"]
    assert not step["success"]
    assert "would drop the years it is made from" in step["message"]
