from prefect import task
from prefect.cache_policies import NO_CACHE
from pydantic import BaseModel

from prefect_support.observations import Observation, observes

KEYS = {name: f"asset://stripe/{name}" for name in ("charges", "coupons")}


class Account(BaseModel):
    name: str = "main"


@task(tags=["group:stripe"], cache_policy=NO_CACHE)
@observes("asset://stripe/charges", "asset://stripe/coupons")
def tables(account: Account):
    """What Stripe has."""
    for name, key in KEYS.items():
        yield Observation(asset=key, metadata={"seen": f"{account.name} {name}"})


def account() -> Account:
    return Account()
