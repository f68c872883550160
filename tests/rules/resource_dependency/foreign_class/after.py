from collections.abc import Mapping

from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel
from requests import Session


def session():
    return Session()


class Api(BaseModel, arbitrary_types_allowed=True):
    session: Session
    headers: Mapping[str, str]


@materialize(
    Asset(key="asset://page", properties=AssetProperties(name="page")),
    cache_policy=NO_CACHE,
)
def page(api: Api) -> str:
    return api.session.get("page", headers=api.headers).text


def api() -> Api:
    return Api(session=session(), headers={"a": "b"})
