"""Spelled like dagster's, and another library's."""

from warehouse import multi_asset


@multi_asset(outs={"a": 1})
def several():
    yield 1
