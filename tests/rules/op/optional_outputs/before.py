from dagster import Out, Output, job, op


@op(out={"left": Out(int, is_required=False), "right": Out(int, is_required=False)})
def decide():
    if 1 > 2:
        yield Output(1, "left")
    else:
        yield Output(2, output_name="right")


@op(out=Out(int, is_required=False))
def maybe():
    if 1 > 2:
        yield Output(3)


@op
def go(way: int) -> int:
    return way


@job
def ways():
    left, right = decide()
    go.alias("go_left")(left)
    go.alias("go_right")(right)
    go(maybe())
