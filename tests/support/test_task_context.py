"""A context that is handed on knows the facts of its run; a hook knows the config of its task."""

from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


def test_a_helper_is_told_what_the_task_knows(prefect: str) -> None:
    from prefect import flow
    from prefect.assets import materialize
    from prefect_support.run_facts import task_config
    from prefect_support.task_context import TaskContext
    from pydantic import BaseModel

    class Settings(BaseModel):
        rows: int = 3

    told: dict[str, Any] = {}

    def helper(context: Any) -> None:
        context.log.info("told")
        told.update(
            run=(context.run_id, context.run.run_id),
            names=(context.job_name, context.op.name, context.asset_key.to_user_string()),
            of=(context.partition_key, context.op_config, context.resources.safe, context.retry_number),
            started=context.instance.get_run_stats(context.run_id).start_time,
            tags=(context.get_tag("team"), context.has_tag("other")),
        )
        context.add_output_metadata({"rows": 3})
        with pytest.raises(NotImplementedError, match=r"context\.job_snapshot"):
            _ = context.job_snapshot

    def hook(task: Any, task_run: Any, state: Any) -> None:
        told["hook"] = task_config()

    @materialize("asset://marts/gold", on_completion=[hook])
    def gold(config: Settings, partition_key: str) -> None:
        helper(
            TaskContext(
                "asset://marts/gold", partition_key=partition_key, config=config, resources={"safe": "s"}
            )
        )

    @flow(name="all_of_it")
    def all_of_it() -> str:
        gold.submit(Settings(rows=4), "2024-01-01").result()
        from prefect.runtime import flow_run

        return str(flow_run.id)

    from prefect import tags

    with tags("team:data"):
        run = all_of_it()
    assert told["run"] == (run, run)
    assert told["names"] == ("all_of_it", "gold", "marts/gold")
    assert told["of"] == ("2024-01-01", {"rows": 4}, "s", 0)
    assert told["started"] > 1_600_000_000
    assert told["tags"] == ("data", False)
    assert told["hook"] == {"rows": 4}
