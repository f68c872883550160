from dagster._utils.merger import merge_dicts

FIRST = {"a": 1}
BOTH = merge_dicts(FIRST, {"a": 2, "b": 3})
ALL = merge_dicts(FIRST, BOTH, {"c": 4})
