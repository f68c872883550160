from dagster import DynamicOut, DynamicOutput, job, op


def numbers():
    for number in range(2):
        yield DynamicOutput(number, mapping_key=str(number))


def letters():
    yield DynamicOutput("a", mapping_key="a")


def names():
    yield DynamicOutput("n", mapping_key="n", metadata={"of": 1})


@op(out=DynamicOut(int))
def keyed():
    for found in numbers():
        print(found.mapping_key)
        yield found


@op(out=DynamicOut(str))
def spelled():
    yield from letters()


@op(out=DynamicOut(str))
def named():
    yield from names()


def halves():
    yield DynamicOutput(0.5, mapping_key="half")


@op(out={"half": DynamicOut(float)})
def halved():
    yield from halves()


@op
def show(piece) -> None:
    print(piece, list(letters()))


@job
def everything():
    keyed().map(show)
    spelled().map(show)
    named().map(show)
