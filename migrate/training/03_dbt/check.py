"""Does dbt build the same models, and does a failing data test fail the run?"""

import os


def check(learner):
    import duckdb

    database = learner.folder / "shop.duckdb"
    os.environ["SHOP_DB"] = str(database)
    flow = learner.code()
    learner.has(flow, "build", "runner")
    learner.run(flow.build, selected="revenue", price="400")
    learner.require(database.is_file(), "dbt built nothing: is `runner.invoke` called?")
    with duckdb.connect(str(database)) as connection:
        tables = sorted(
            name for (name,) in connection.execute("select table_name from duckdb_tables()").fetchall()
        )
        revenue = (
            connection.execute("select revenue from revenue").fetchone() if "revenue" in tables else None
        )
    made = learner.dagster["good"]["made"]
    learner.require(
        tables == made, f"Dagster makes {made} for `revenue` and what it needs; yours made {tables}"
    )
    learner.require(
        revenue == (learner.dagster["revenue"],),
        f"revenue is {learner.dagster['revenue']} in Dagster, {revenue} in yours",
    )
    state = learner.state(flow.build, selected="revenue", price="null")
    learner.require(
        not state.is_completed(),
        "a price is missing, so dbt's not_null test fails, and with it Dagster's run; your flow completed",
    )
