import os

from prefect_support.sling_streams import (
    SlingConnection,
    SlingConnections,
    sling_streams,
)

if os.getenv("LOCAL"):
    def sling_resource() -> SlingConnections:
        return SlingConnections(connections=[SlingConnection(name="FILES", type="file")])
else:
    def sling_resource() -> SlingConnections:
        return SlingConnections(
        connections=[
            SlingConnection(name="PG", type="postgres", connection_string=os.environ["PG_URL"]),
        ]
)


@sling_streams({"source": "PG", "target": "FILES", "streams": {"a.b": {}}})
def replicated(sling: SlingConnections) -> None:
    sling.replicate()
