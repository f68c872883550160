from dagster import DynamicOut, DynamicOutput, OpExecutionContext, Out, Output, job, op


@op(out=DynamicOut(int))
def split(context: OpExecutionContext):
    """Cuts the work into pieces."""
    for number in range(3):
        # a piece
        yield DynamicOutput(number, mapping_key=str(number))
    context.log.info("split")


@op(out=DynamicOut(str))
def names() -> list[DynamicOutput[str]]:
    return [DynamicOutput(value=name, mapping_key=name) for name in ("a", "b")]


@op(out={"rows": DynamicOut(int), "total": Out(int)})
def both():
    yield DynamicOutput(1, "one", output_name="rows")
    yield Output(1, output_name="total")


@op
def work(piece: int, factor: int = 2) -> int:
    return piece * factor


@op(out={"even": Out(), "odd": Out()})
def sort(piece: int):
    return piece, piece + 1


@op
def add(left: int, right: int) -> int:
    return left + right


@op
def total(pieces: list[int]) -> int:
    return sum(pieces)


@op
def one() -> int:
    return 1


@job
def everything():
    pieces = split()
    # one for each piece
    worked = pieces.map(work)
    total(worked.collect())
    factor = one()
    total(pieces.map(lambda piece: work(piece, factor)).map(work).collect())
    names().map(work)
    rows, count = both()
    total(rows.map(lambda row: add(work(row), row)).collect())
    work(count)
    evens = pieces.map(sort).even
    total(evens.collect())
