from dagster import OutputContext


def place(context: OutputContext) -> str:
    return "/".join(context.asset_key.path)
