"""Are the files where Dagster puts them, byte for byte, and does a run of one asset load what was stored?"""

import os
from pathlib import Path


def check(learner):
    store = learner.folder / "store"
    os.environ["STORE"] = str(store)
    flow = learner.code()
    learner.has(flow, "sales", "revenue_only")
    learner.run(flow.sales)
    names = sorted(learner.dagster)
    found = sorted(str(file.relative_to(store)) for file in store.rglob("*") if file.is_file())
    learner.require(found == names, f"Dagster writes {names}; yours wrote {found}")
    (Path(store) / "shop" / "orders.json").write_text('[{"item": "lamp", "price": 30}]')
    learner.run(flow.revenue_only)
    for name, text in learner.dagster.items():
        mine = (store / name).read_text()
        learner.require(mine == text, f"{name}: Dagster's bytes are {text!r}, yours {mine!r}")
