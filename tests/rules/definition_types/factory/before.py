from dagster import AssetChecksDefinition, AssetCheckResult, AssetsDefinition, Definitions, asset, asset_check


def metal(name: str) -> AssetsDefinition:
    @asset(name=name, group_name="metals")
    def made() -> str:
        return name

    return made


def check(name: str) -> AssetChecksDefinition:
    @asset_check(asset=name, name=f"{name}_is_there")
    def there() -> AssetCheckResult:
        return AssetCheckResult(passed=True)

    return there


gold, silver = metal("gold"), metal("silver")
metals = [gold, silver]
checks = [check(name) for name in ("gold", "silver")]
defs = Definitions(assets=metals, asset_checks=checks)
