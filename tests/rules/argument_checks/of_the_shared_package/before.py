import dagster_shared.check as checks
from dagster import AssetExecutionContext, ConfigurableResource, Definitions, asset
from dagster_shared import check
from dagster_shared.check.functions import CheckError
from pydantic import PrivateAttr


class Service(ConfigurableResource):
    url: str
    _token: str | None = PrivateAttr(default=None)

    @property
    def token(self) -> str:
        return check.not_none(self._token, "log in first")


@asset
def names(context: AssetExecutionContext, service: Service) -> list:
    row = {"names": ["a"], "page": None}
    try:
        pages = checks.opt_int_elem(row, "page")
        found = check.opt_list_elem(row, "names", of_type=str)
    except CheckError as error:
        context.log.info(str(error))
        raise
    return check.inst(found, list) * (pages or 1)


defs = Definitions(assets=[names], resources={"service": Service(url="here")})
