import os
from dataclasses import dataclass

import dagster as dg


@dg.asset
def orders() -> list[int]:
    return [1]


def made(name: str) -> dg.AssetsDefinition:
    @dg.asset(name=name)
    def _asset() -> int:
        return len(name)

    return _asset


refunds = made("refunds")
OF_REFUNDS = [orders.key, refunds.key]


def untold(table: str):
    @dg.asset_check(asset=table, name=os.environ["PREFIX"] + "_filled")
    def _check() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=True)

    return _check


@dataclass(frozen=True)
class Table:
    source: str
    enabled: frozenset[str] = frozenset({"filled", "fresh"})

    def __post_init__(self) -> None:
        if self.enabled - {"filled", "fresh"}:
            raise ValueError(self.source)

    @property
    def prefix(self) -> str:
        return f"{self.source}_all"


def filled(table: Table):
    @dg.asset_check(asset=table.source, name=f"{table.prefix}_filled")
    def _check() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=True)

    return _check


def checks_for(tables: list[Table]) -> list[dg.AssetChecksDefinition]:
    found: list[dg.AssetChecksDefinition] = []
    for table in tables:
        if "filled" in table.enabled:
            found.append(filled(table))
    return found


unnamed = untold("orders")
checks = checks_for([Table("orders"), Table("refunds", enabled=frozenset({"fresh"}))])
only_checks = dg.define_asset_job("only_checks", selection=dg.AssetSelection.checks(*checks))
defs = dg.Definitions(assets=[orders, refunds], asset_checks=[unnamed, *checks], jobs=[only_checks])
