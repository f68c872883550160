# nothing of dagster's
from mylib import (
    DagsterDltResource,
    DagsterDltTranslator,
    DagsterSlingTranslator,
    SlingResource,
    dlt_assets,
    sling_assets,
)


class Naming(DagsterDltTranslator, DagsterSlingTranslator):
    pass


@dlt_assets
@sling_assets
def load(sling: SlingResource, dlt: DagsterDltResource):
    sling.replicate(context=1)
    dlt.run(context=1)


resource = SlingResource(connections=[])
other = DagsterDltResource()
