import dagster as dg


class Warehouse(dg.ConfigurableResource):
    schema_name: str
    dry: bool = False


class Window(dg.Config):
    start: str
    end: str
    limit: int = 100


@dg.op
def extract(config: Window) -> list[str]:
    return [config.start, config.end][: config.limit]


@dg.op
def load(warehouse: Warehouse, rows: list[str]) -> tuple[str, bool, list[str]]:
    return warehouse.schema_name, warehouse.dry, rows


@dg.graph
def read():
    return extract()


@dg.graph
def sales():
    load(read())


@dg.hourly_partitioned_config(start_date="2024-01-01-00:00", minute_offset=15)
def of_an_hour(start, end):
    window = Window(start=start.isoformat(), end=end.isoformat())
    return {
        "ops": {"read": {"ops": {"extract": {"config": window.model_dump()}}}},
        "resources": {"warehouse": {"config": {"schema_name": f"h{start.hour}"}}},
    }


@dg.weekly_partitioned_config("2024-01-01", day_offset=1)
def of_a_week(start, end):
    """A schema of its own."""
    return dg.RunConfig(
        ops={"extract": Window(start=str(start), end=str(end))},
        resources={"warehouse": Warehouse(schema_name="weeks")},
    )


@dg.job(config=of_a_week, resource_defs={"warehouse": Warehouse.configure_at_launch()})
def weekly():
    load(extract())


hourly = sales.to_job(
    name="hourly", config=of_an_hour, resource_defs={"warehouse": Warehouse.configure_at_launch()}
)
defs = dg.Definitions(jobs=[hourly, weekly])
