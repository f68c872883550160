from prefect import get_run_logger
from prefect.assets import Asset, AssetProperties, materialize
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel, PrivateAttr

from prefect_support.argument_checks import CheckError, inst, not_none
from prefect_support.collection_checks import opt_int_elem, opt_list_elem


class Service(BaseModel):
    url: str
    _token: str | None = PrivateAttr(default=None)

    @property
    def token(self) -> str:
        return not_none(self._token, "log in first")


@materialize(
    Asset(key="asset://names", properties=AssetProperties(name="names")),
    cache_policy=NO_CACHE,
)
def names(service: Service) -> list:
    row = {"names": ["a"], "page": None}
    try:
        pages = opt_int_elem(row, "page")
        found = opt_list_elem(row, "names", of_type=str)
    except CheckError as error:
        get_run_logger().info(str(error))
        raise
    return inst(found, list) * (pages or 1)


def service() -> Service:
    return Service(url="here")
