import dagster as dg
from dagster import InputContext, OutputContext


def folder(context: InputContext | OutputContext) -> str:
    if isinstance(context, InputContext):
        return "read"
    return "written"


def known(context: object) -> bool:
    return isinstance(context, (dg.OutputContext, dg.InputContext, str))


def either(context: object) -> bool:
    return isinstance(context, InputContext | OutputContext) and isinstance(context, object)


def named(context: object) -> str:
    match context:
        case OutputContext():
            return "output"
    return "none"
