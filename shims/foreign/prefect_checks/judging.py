"""One task's verdicts, without a flow run."""

from __future__ import annotations

import sys
from typing import Any

from .dbt_tests import only_tests


def verdicts_of(task: Any, args: Any, given: Any, names: list[str]) -> Any:
    """The records of one run of a task's function; of a task that calls dbt, of its tests only."""
    from prefect.logging import disable_run_logger

    graph = getattr(task, "dbt_graph", None)
    try:
        with disable_run_logger():
            if graph is None and type(task).__name__ != "ValidationTask":
                return made_inside(task, args, given)
            if graph is None:
                state = task.fn(*args, **given)
                return state.data if isinstance(state.data, tuple) else state.result()
            with only_tests(task, graph, names):
                return task.fn(*args, **given).checks
    except Exception as problem:
        records = getattr(problem, "records", None)
        if records is None:
            raise
        return records


def made_inside(task: Any, args: Any, given: Any) -> list[Any]:
    """The records that an asset's own function reports; it makes its asset, in the folder of this side."""
    from prefect.context import AssetContext

    support: Any = next(
        m for n, m in list(sys.modules.items()) if n.endswith("validations") and hasattr(m, "publish")
    )
    records: list[Any] = []
    kept, context = support.publish, AssetContext.get
    support.publish = records.extend
    AssetContext.get = classmethod(lambda cls: Silent())
    try:
        task.fn(*args, **given)
    except Exception:
        if not records:
            raise
    finally:
        support.publish, AssetContext.get = kept, context
    return records


class Silent:
    """In the place of a run's assets: takes metadata, keeps none."""

    def add_asset_metadata(self, key: str, metadata: Any) -> None:
        """Forget it."""
