import dagster as dg
from dagster_sling import SlingConnectionResource, SlingResource

target = SlingConnectionResource(name="DUCK", type="duckdb", instance="a.duckdb", schema="raw")
alone = SlingConnectionResource(name="ALONE", type="file")
sling = SlingResource(connections=[target, SlingConnectionResource(name="PG", type="postgres", connection_string=dg.EnvVar("PG_URL"))])
defs = dg.Definitions(resources={"sling": sling, "alone": alone})
