from dagster import DynamicOut, DynamicOutput, op


@op(out=DynamicOut())
def values():
    for place in range(2):
        yield DynamicOutput(place, mapping_key=str(place))


from typing import Any, List  # noqa: E402


@op
def summed(results: List[Any]):
    return sum(results)
