import dagster as dg


def table(name: str, team: str, slow: bool, hours: int, pool: str):
    @dg.asset(
        name=name,
        tags={"table": name, "team": team},
        owners=[f"{team}@x.com"],
        group_name=team,
        kinds={team},
        description=f"Of {team}.",
        metadata={"team": team},
        op_tags={"cpu": hours},
        pool=pool,
        retry_policy=dg.RetryPolicy(max_retries=hours) if slow else None,
        deps=[f"raw_{name}"],
        code_version=str(hours),
    )
    def _table() -> int:
        return hours

    return _table


tables = [table("a", "red", True, 1, "p"), table("b", "blue", False, 2, "q")]
defs = dg.Definitions(assets=tables)
