
FIRST = {"a": 1}
BOTH = {**FIRST, **{"a": 2, "b": 3}}
ALL = {**FIRST, **BOTH, **{"c": 4}}
