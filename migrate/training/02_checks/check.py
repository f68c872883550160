"""Does each check give Dagster's verdict, and does it stop what Dagster would stop?"""

CASES = {
    "good": [{"item": "bicycle", "price": 400}, {"item": "bell", "price": 12}],
    "unpriced": [{"item": "bicycle", "price": None}],
    "expensive": [{"item": "yacht", "price": 90_000}],
}


def check(learner):
    flow = learner.code()
    learner.has(flow, "sales", "every_order_has_a_price", "no_order_is_absurd", "CheckFailed")
    for name, given in CASES.items():
        dagster = learner.dagster[name]
        state = learner.state(flow.sales, given)
        if dagster["success"]:
            learner.require(
                state.is_completed(),
                f"with {name} orders Dagster's run succeeds (a warning stops nothing): {state.message}",
            )
            found = state.result()
            learner.require(found == dagster["revenue"], f"revenue is {dagster['revenue']}, not {found}")
        else:
            learner.require(not state.is_completed(), f"with {name} orders the run must fail, as in Dagster")
            problem = state.result(raise_on_failure=False)
            learner.require(
                isinstance(problem, flow.CheckFailed),
                f"with {name} orders `revenue` was reached: the blocking check must stop the flow before it"
                f" (the run ended with {type(problem).__name__}: {problem})",
            )
    for name, verdict in (("good", True), ("expensive", False)):
        found = verdict_of(flow.no_order_is_absurd, CASES[name])
        learner.require(
            found is verdict, f"`no_order_is_absurd` should return {verdict} for {name} orders, not {found!r}"
        )


def verdict_of(task, given):
    from prefect import flow

    @flow
    def one_check():
        return task(given)

    return one_check()
