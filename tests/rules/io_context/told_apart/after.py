from prefect_support.io import IOContext, InputContext, OutputContext


def folder(context: IOContext) -> str:
    if isinstance(context, InputContext):
        return "read"
    return "written"


def known(context: object) -> bool:
    return isinstance(context, (OutputContext, InputContext, str))


def either(context: object) -> bool:
    return isinstance(context, InputContext | OutputContext) and isinstance(context, object)


def named(context: object) -> str:
    match context:
        case OutputContext():
            return "output"
    return "none"
