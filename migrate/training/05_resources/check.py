"""Is the till opened and closed as in Dagster, also around a failure, and is SHOP read when it should be?"""

import os

CASES = {"sold": ("Corner", 12), "refused": ("Station", 0)}


def check(learner):
    os.environ["SHOP"] = "the shop of the moment of import"
    flow = learner.code()
    learner.has(flow, "day", "till", "Till", "DIARY")
    for name, (shop, price) in CASES.items():
        dagster = learner.dagster[name]
        os.environ["SHOP"] = shop
        flow.DIARY.clear()
        state = learner.state(flow.day, price)
        diary = list(flow.DIARY)
        learner.require(
            "moment of import" not in " ".join(diary),
            "SHOP was read when the module was imported; Dagster's EnvVar is read when the run starts",
        )
        learner.require(
            diary == dagster["diary"],
            f"Dagster's diary of a sale for {price} is {dagster['diary']}; yours: {diary}",
        )
        learner.require(
            state.is_completed() == dagster["success"],
            f"a sale for {price} {'succeeds' if dagster['success'] else 'fails'} in Dagster, not in yours",
        )
