"""An impossible partition is refused before anything runs, whichever way a run is started."""

from typing import Annotated, Any

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

pytestmark = pytest.mark.xdist_group("support")

YEARS = ["2025", "2026", "2027"]


def test_keys_and_their_order() -> None:
    from prefect_support.partitions import partition_of

    years = partition_of(YEARS)
    assert years.keys == ("2025", "2026", "2027")
    assert [years.before(year) for year in YEARS] == [None, "2025", "2026"]
    with pytest.raises(ValueError, match="'1999' is no partition; expected one of 2025, 2026, 2027"):
        years.before("1999")
    with pytest.raises(ValueError, match="each once"):
        partition_of(["2025", "2025"])
    with pytest.raises(ValueError, match="must be given"):
        partition_of([])


def test_it_composes_with_pydantic() -> None:
    from prefect_support.partitions import partition_of

    Year = Annotated[str, partition_of(YEARS)]

    class Plan(BaseModel):
        years: list[Year]

    assert Plan(years=["2026"]).years == ["2026"]
    with pytest.raises(ValidationError, match="'1999' is no partition"):
        Plan(years=["2026", "1999"])
    assert TypeAdapter(Year).json_schema() == {"type": "string", "enum": YEARS}


@pytest.mark.real
def test_prefect_refuses_an_impossible_key_and_offers_the_possible_ones(prefect: str) -> None:
    from prefect import flow
    from prefect.exceptions import ParameterTypeError
    from prefect_support.partitions import partition_of

    ran: list[str] = []

    class Tuning(BaseModel):
        factor: float = 1.5

    @flow
    def simulate(partition_key: Annotated[str, partition_of(YEARS)], config: Tuning = Tuning()) -> float:  # noqa: B008
        ran.append(partition_key)
        return config.factor

    with pytest.raises(ParameterTypeError, match="'1999' is no partition; expected one of 2025, 2026, 2027"):
        simulate("1999")
    assert simulate("1999", return_state=True).is_failed()
    assert ran == []
    assert simulate("2026") == 1.5
    assert simulate("2026", config={"factor": 2}) == 2.0
    with pytest.raises(ParameterTypeError, match="factor"):
        simulate("2026", config={"factor": "much"})
    schema: dict[str, Any] = simulate.parameters.model_dump()
    assert schema["properties"]["partition_key"]["enum"] == YEARS
    assert schema["required"] == ["partition_key"]
    assert schema["definitions"]["Tuning"]["properties"]["factor"]["default"] == 1.5


@pytest.mark.real
def test_the_server_refuses_to_create_a_run_for_an_impossible_key(prefect: str) -> None:
    from prefect import flow
    from prefect.client.orchestration import get_client
    from prefect.exceptions import PrefectHTTPStatusError
    from prefect_support.partitions import partition_of

    @flow
    def simulate(partition_key: Annotated[str, partition_of(YEARS)]) -> None: ...

    with get_client(sync_client=True) as client:
        deployment = client.create_deployment(
            flow_id=client.create_flow(simulate),
            name="yearly",
            parameter_openapi_schema=simulate.parameters.model_dump(),
            enforce_parameter_schema=True,
        )
        client.create_flow_run_from_deployment(deployment, parameters={"partition_key": "2026"})
        with pytest.raises(PrefectHTTPStatusError, match="1999"):
            client.create_flow_run_from_deployment(deployment, parameters={"partition_key": "1999"})
