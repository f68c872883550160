from dagster import OpExecutionContext


def own(step) -> object:
    return OpExecutionContext(step)
