from dagster import Definitions, asset


@asset
def plain() -> int:
    return 0


@asset(key_prefix=["shop", "daily"], group_name="shop")
def orders(plain: int) -> list:
    return [plain]


@asset(key_prefix=["shop", "daily"], group_name="shop")
def totals(orders: list) -> int:
    return len(orders)


@asset(key_prefix="mail", group_name="shop", deps=["orders"])
def letters() -> None: ...


@asset(group_name="elsewhere", deps=["orders"])
def not_that_one() -> None: ...


defs = Definitions(assets=[plain, orders, totals, letters, not_that_one])
