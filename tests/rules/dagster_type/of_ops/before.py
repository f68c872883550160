import dagster as dg
from dagster import DagsterType, In, Out, PythonObjectDagsterType, RetryPolicy, TypeCheck, job, op

CALLS: list[str] = []


def is_rows(_, value):
    if not isinstance(value, list):
        return TypeCheck(False, description="no list", metadata={"is": type(value).__name__})
    return TypeCheck(success=all(isinstance(row, dict) for row in value), metadata={"rows": len(value)})


Rows = DagsterType(type_check_fn=is_rows, name="Rows", typing_type=list, description="Rows of a table.")
Even = DagsterType(lambda _, value: isinstance(value, int) and value % 2 == 0, name="Even")
Number = PythonObjectDagsterType(python_type=(int, float), name="Number")


class Odd(dg.Config):
    by: int = 0


@op(out=Out(Rows), retry_policy=RetryPolicy(max_retries=2))
def read(config: Odd):
    CALLS.append("read")
    return [{"n": config.by}] if config.by < 10 else ["n"]


@op(ins={"rows": In(Rows)}, out={"total": Out(dagster_type=Number)})
def count(context, rows):
    CALLS.append("count")
    return str(rows[0]["n"]) if rows[0]["n"] == 3 else rows[0]["n"]


@op(ins={"number": In(dagster_type=Even), "label": In(str, default_value="x")})
def halve(number: int, label: str) -> str:
    CALLS.append("halve")
    return f"{label} {number // 2}"


@op(out={"low": Out(Even), "high": Out()})
def both():
    return 1, 2


@job
def halving():
    halve(count(read()))


defs = dg.Definitions(jobs=[halving])
