"""A function that loads arguments, a class that only loads, and what has no equal."""

from dagster import AssetIn, Definitions, InputManager, asset, input_manager


@input_manager
def lines(context):
    """The lines of a file."""
    context.log.info(context.upstream_output.metadata["lines"])
    return open("/".join(context.asset_key.path)).readlines()


@input_manager
def asks_too_much(context):
    return context.config["path"]


@input_manager(input_config_schema={"path": str})
def configured(context):
    return context.asset_key


class Numbers(InputManager):
    def load_input(self, context):
        return 3


@asset(metadata={"lines": 3})
def orders() -> list:
    return [1]


@asset(
    ins={"orders": AssetIn(input_manager_key="lines"), "number": AssetIn("orders", input_manager_key="numbers")}
)
def read(orders, number) -> None:
    print(orders, number)


defs = Definitions(
    assets=[orders, read],
    resources={"lines": lines, "numbers": Numbers(), "more": asks_too_much, "own": configured},
)
