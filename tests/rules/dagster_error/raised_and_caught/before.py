import dagster as dg
from dagster import DagsterInvariantViolationError


@dg.op
def careful() -> int:
    try:
        raise DagsterInvariantViolationError("not so")
    except DagsterInvariantViolationError as problem:
        raise dg.DagsterExecutionInterruptError(f"stopped: {problem}") from problem


@dg.job
def all_of_it():
    careful()


defs = dg.Definitions(jobs=[all_of_it])
