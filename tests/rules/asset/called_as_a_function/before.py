import functools

import dagster as dg


def timed(fn):
    @functools.wraps(fn)
    def inner(*args, **kwargs):
        print("start")
        return fn(*args, **kwargs)

    return inner


def team_asset(**more):
    def wrap(fn):
        return dg.asset(owners=["team:x"], **more)(fn)

    return wrap


@team_asset(group_name="g")
def a() -> int:
    return 1


@dg.asset
@timed
def b(a: int) -> int:
    return a + 1




def plain() -> int:
    return 1


c = dg.asset(name="c")(plain)
defs = dg.Definitions(assets=[a, b, c])
