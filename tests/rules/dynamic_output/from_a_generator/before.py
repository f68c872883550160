from collections.abc import Iterator

from dagster import DynamicOut, DynamicOutput, OpExecutionContext, job, op


class Regions:
    @staticmethod
    def each(context: OpExecutionContext, prefix: str):
        """One for each region."""
        for name in ("north", "south"):
            context.log.info(f"found {name}")
            yield DynamicOutput(value={"region": f"{prefix}-{name}"}, mapping_key=name)
        if prefix == "all":
            yield DynamicOutput({"region": "rest"}, "rest")


def numbers(count: int) -> Iterator[DynamicOutput[int]]:
    for number in range(count):
        yield DynamicOutput(mapping_key=str(number), value=number)


def letters() -> Iterator[DynamicOutput]:
    yield DynamicOutput("a", mapping_key="a")


@op(out=DynamicOut())
def regions(context: OpExecutionContext):
    for found in Regions.each(context=context, prefix="all"):
        context.log.info(found.value["region"])
        yield found


@op(out=DynamicOut(int))
def counted():
    yield from numbers(2)


@op(out=DynamicOut(str))
def spelled():
    # each of them
    yield from letters()


@op(out=DynamicOut(int))
def doubled():
    for found in numbers(3):
        number = found.value * 2
        yield DynamicOutput(number, mapping_key=f"twice_{number}")


@op
def show(context: OpExecutionContext, piece) -> None:
    context.log.info(f"{piece}")


@job
def everything():
    regions().map(show)
    counted().map(show)
    spelled().map(show)
    doubled().map(show)
