"""Same years, same order, the same refusals, and no finished year twice?"""

import json


def check(learner):
    flow = learner.code()
    learner.has(flow, "simulate", "backfill")
    refused(learner, flow)
    wanted = {int(year): value for year, value in learner.dagster["headcount"].items()}
    store = folder(learner, "all")
    learner.run(flow.backfill, 2025, 2027, store)
    learner.require(made(store) == wanted, f"Dagster's years are {wanted}; yours are {made(store)}")

    half = folder(learner, "half")
    (half / "2025.json").write_text("200")
    learner.run(flow.backfill, 2025, 2026, half)
    learner.require(
        made(half) == {2025: 200, 2026: 220},
        f"2025 was finished (200) and must be left alone; 2026 is made from it (220). Yours: {made(half)}",
    )

    gap = folder(learner, "gap")
    state = learner.state(flow.backfill, 2026, 2027, gap)
    learner.require(not state.is_completed(), "2026 without 2025 fails in Dagster; your backfill completed")
    learner.require(made(gap) == {}, f"after 2026 failed nothing may be made; yours made {sorted(made(gap))}")


def refused(learner, flow):
    """An impossible year: refused by the parameter's type, before any task ran."""
    store = folder(learner, "impossible")
    (store / "2027.json").write_text("1")
    state = learner.state(flow.simulate, 2028, store)
    learner.require(
        not state.is_completed() and 2028 not in made(store),
        "TODO 1: 2028 is no partition: a run for it must be refused, and nothing be written",
    )


def folder(learner, name):
    path = learner.folder / name
    path.mkdir()
    return path


def made(store):
    return {int(file.stem): json.loads(file.read_text()) for file in sorted(store.iterdir())}
