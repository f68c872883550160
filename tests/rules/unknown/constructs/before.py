import dagster as dg

freshness = dg.build_last_update_freshness_checks(assets=["gold"], lower_bound_delta=3)


@dg.observable_source_asset
def source() -> None:
    """Looks at a file."""


class Loader(dg.Component):
    pass


def helper() -> int:
    return len(dg.DagsterInstance.get().get_run_ids())


@dg.asset
def gold() -> int:
    raise dg.DagsterInvariantViolationError("empty")


if __name__ == "__main__":
    dg.materialize([gold])
