import os

import dagster as dg
from dagster_sling import SlingConnectionResource, SlingResource, sling_assets

if os.getenv("LOCAL"):
    sling_resource = SlingResource(connections=[SlingConnectionResource(name="FILES", type="file")])
else:
    sling_resource = SlingResource(
        connections=[
            SlingConnectionResource(name="PG", type="postgres", connection_string=dg.EnvVar("PG_URL")),
        ]
    )


@sling_assets(replication_config={"source": "PG", "target": "FILES", "streams": {"a.b": {}}})
def replicated(context, sling: SlingResource):
    yield from sling.replicate(context=context)


defs = dg.Definitions(assets=[replicated], resources={"sling": sling_resource})
