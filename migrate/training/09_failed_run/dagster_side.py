"""A run that fails, and what Dagster tells about it. `python dagster_side.py` runs it."""

import json

import dagster as dg

INPUT: list[str] = []


@dg.op
def fetch() -> list[str]:
    return INPUT


@dg.op
def parse(lines: list[str]) -> list[float]:
    return [float(line.replace(",", ".")) for line in lines]


@dg.op
def total(prices: list[float]) -> float:
    return sum(prices)


@dg.job
def bill():
    total(parse(fetch()))


def outcome(lines: list[str]) -> dict:
    INPUT[:] = lines
    result = bill.execute_in_process(raise_on_error=False)
    # The event log says everything: which step failed, with what, and what was never started.
    failed = {
        e.step_key: e.step_failure_data.error.cause.message.strip() for e in result.get_step_failure_events()
    }
    return {"failed": failed, "total": result.output_for_node("total") if result.success else None}


if __name__ == "__main__":
    cases = {"fine": ["400", "12,50"], "broken": ["400", "free"]}
    print(json.dumps({name: outcome(lines) for name, lines in cases.items()}))
