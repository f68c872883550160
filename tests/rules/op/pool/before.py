from dagster import op


@op(pool="scales", code_version="2", tags={"a": "b"})
def weigh() -> int:
    return 1
