from dagster import ConfigurableResource, Definitions, asset


class Api(ConfigurableResource):
    host: str = "localhost"


@asset
def fetched(api: Api) -> str:
    return api.host


@asset
def counted(fetched: str, missing) -> int:
    return len(fetched)


@asset(required_resource_keys={"nobody_has_it"})
def asked(context) -> str:
    return context.resources.nobody_has_it.name


@asset
def after_it(asked: str) -> str:
    return asked


defs = Definitions(assets=[fetched, asked, after_it], resources={"api": Api()})
