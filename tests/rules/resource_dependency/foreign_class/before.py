from collections.abc import Mapping

from dagster import ConfigurableResource, Definitions, ResourceDependency, asset, resource
from requests import Session


@resource
def session():
    return Session()


class Api(ConfigurableResource):
    session: ResourceDependency[Session]
    headers: ResourceDependency[Mapping[str, str]]


@asset
def page(api: Api) -> str:
    return api.session.get("page", headers=api.headers).text


defs = Definitions(assets=[page], resources={"api": Api(session=session, headers={"a": "b"})})
