from prefect_support.io import IOContext


def place(context: IOContext) -> str:
    return "/".join(context.asset_key.path)
