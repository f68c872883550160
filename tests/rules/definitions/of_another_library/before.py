from itertools import chain

import dagster as dg
import elsewhere.more
from elsewhere import Maker, assets_for, defs_for, finished, ticks


@dg.asset
def here() -> int:
    return 1


@dg.asset
def there() -> int:
    return 2


gathered = [there, *assets_for("pond")]
told = dg.Definitions([there], executor=elsewhere.more.EXECUTOR)
chained = dg.Definitions(
    assets=list(chain([here], finished)),
    jobs=dg.load_assets_from_modules([elsewhere.more]) if ticks else [],
    sensors=[one for one in elsewhere.more.sensors] + Maker("pond").sensors,
)
defs = dg.Definitions.merge(
    defs_for("pond"), dg.Definitions(assets=[here]), dg.Definitions(gathered, schedules=ticks["pond"])
)
