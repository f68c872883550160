from typing import Any

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from prefect.tasks import MaterializingTask

from prefect_support.validations import CheckResult, ValidationTask, validation


def metal(name: str) -> MaterializingTask[..., Any]:
    @materialize(
        Asset(key=f"asset://{name}", properties=AssetProperties(name=name)),
        name=name,
        tags=["group:metals"],
        cache_policy=NO_CACHE,
    )
    def made() -> str:
        return name

    return made


def check(name: str) -> ValidationTask[...]:
    @validation(f"asset://{name}", name=f"{name}_is_there")
    def there() -> CheckResult:
        return CheckResult(passed=True)

    return there


gold, silver = metal("gold"), metal("silver")
metals = [gold, silver]
checks = [check(name) for name in ("gold", "silver")]
