"""Are these the same three assets, wired the same way, with the same values?"""

UPSTREAM = {"orders": [], "revenue": ["asset://orders"], "best_day": ["asset://revenue"]}


def check(learner):
    from prefect.tasks import MaterializingTask

    flow = learner.code()
    learner.has(flow, "sales", *UPSTREAM)
    found = learner.run(flow.sales)
    for name, upstream in UPSTREAM.items():
        task = getattr(flow, name)
        learner.require(
            isinstance(task, MaterializingTask),
            f"`{name}` is a plain function: decorate it with @materialize, so that Prefect records the asset",
        )
        keys = [asset.key for asset in task.assets]
        learner.require(keys == [f"asset://{name}"], f"`{name}` should make asset://{name}, it makes {keys}")
        deps = [asset.key for asset in task.asset_deps]
        learner.require(
            deps == upstream, f"`{name}` is made from {upstream} in Dagster; your asset_deps say {deps}"
        )
    best = learner.dagster["best_day"]
    learner.require(found == best, f"Dagster's best_day is {best!r}; the flow returned {found!r}")
    days = flow.revenue.fn(flow.orders.fn())
    learner.require(days == learner.dagster["revenue"], f"Dagster's revenue is {learner.dagster['revenue']}")
