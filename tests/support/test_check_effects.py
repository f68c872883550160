"""What a check stops and what it lets run: Dagster and Prefect side by side."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("support")]


@dataclass(frozen=True)
class Check:
    """One check of asset `orders`; `verdict` is True, False or "raises"."""

    verdict: bool | str = True
    severity: str = "ERROR"
    blocking: bool = False


@dataclass
class Outcome:
    success: bool
    ran: set[str]
    checks: set[tuple[str, str, bool, str, bool]] = field(default_factory=set)


def dagster_outcome(check: Check) -> Outcome:
    import dagster as dg

    ran: set[str] = set()

    @dg.asset
    def orders() -> None:
        ran.add("orders")

    @dg.asset(deps=[orders])
    def report() -> None:
        ran.add("report")

    @dg.asset(deps=[report])
    def letter() -> None:
        ran.add("letter")

    @dg.asset
    def weather() -> None:
        ran.add("weather")

    @dg.asset_check(asset=orders, blocking=check.blocking)
    def plausible() -> dg.AssetCheckResult:
        ran.add("plausible")
        if check.verdict == "raises":
            raise ValueError("no verdict")
        return dg.AssetCheckResult(
            passed=bool(check.verdict), severity=dg.AssetCheckSeverity(check.severity), metadata={"rows": 3}
        )

    with dg.DagsterInstance.ephemeral() as instance:
        run = dg.materialize(
            [orders, report, letter, weather, plausible], instance=instance, raise_on_error=False
        )
    verdicts = {
        (e.asset_key.to_user_string(), e.check_name, e.passed, e.severity.value, e.blocking)
        for e in run.get_asset_check_evaluations()
    }
    return Outcome(run.success, ran, verdicts)


def prefect_outcome(check: Check, seen: list[Any]) -> tuple[Outcome, str]:
    from prefect import State, flow
    from prefect.assets import materialize
    from prefect.cache_policies import NO_CACHE
    from prefect.task_runners import ThreadPoolTaskRunner
    from prefect_support.flows import settle
    from prefect_support.validations import CheckResult, Severity, validation

    ran: set[str] = set()

    def asset(name: str) -> Any:
        @materialize(f"asset://{name}", name=name, cache_policy=NO_CACHE)
        def body() -> None:
            ran.add(name)

        return body

    @validation("asset://orders", blocking=check.blocking)
    def plausible() -> CheckResult:
        ran.add("plausible")
        if check.verdict == "raises":
            raise ValueError("no verdict")
        return CheckResult(
            passed=bool(check.verdict), severity=Severity(check.severity), metadata={"rows": 3}
        )

    @flow(task_runner=ThreadPoolTaskRunner(max_workers=1))
    def everything() -> State[Any]:
        orders = asset("orders").submit()
        verdict = plausible.submit(wait_for=[orders])
        report = asset("report").submit(wait_for=[orders, *([verdict] if check.blocking else [])])
        letter = asset("letter").submit(wait_for=[report])
        weather = asset("weather").submit()
        return settle(orders=orders, plausible=verdict, report=report, letter=letter, weather=weather)

    state = everything(return_state=True)
    verdicts = {(r.asset.removeprefix("asset://"), r.name, r.passed, r.severity, r.blocking) for r in seen}
    return Outcome(state.is_completed(), ran, verdicts), state.message or ""


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Every verdict that passes through `publish`, as a side of a dual run collects them."""
    from prefect_support import validations

    records: list[Any] = []
    original: Callable[[Any], None] = validations.publish
    monkeypatch.setattr(validations, "publish", lambda given: (records.extend(given), original(given)))
    return records


@pytest.mark.parametrize(
    ("check", "message"),
    [
        pytest.param(Check(), "all 5 tasks completed", id="passes"),
        pytest.param(Check(blocking=True), "all 5 tasks completed", id="blocking-passes"),
        pytest.param(Check(False), "all 5 tasks completed", id="fails"),
        pytest.param(Check(False, "WARN", blocking=True), "all 5 tasks completed", id="blocking-warns"),
        pytest.param(
            Check(False, blocking=True),
            "failed: plausible (CheckFailed: blocking check failed with severity ERROR: "
            "asset://orders plausible); skipped: report, letter",
            id="blocking-fails",
        ),
        pytest.param(Check("raises"), "failed: plausible (ValueError: no verdict)", id="raises"),
        pytest.param(
            Check("raises", blocking=True),
            "failed: plausible (ValueError: no verdict); skipped: report, letter",
            id="blocking-raises",
        ),
    ],
)
def test_a_check_stops_the_same_things(prefect: str, seen: list[Any], check: Check, message: str) -> None:
    legacy = dagster_outcome(check)
    target, said = prefect_outcome(check, seen)
    assert target == legacy
    assert said == message


def test_a_failing_check_that_stops_nothing_shows_in_the_name_of_its_state(prefect: str) -> None:
    from prefect import flow
    from prefect_support.validations import CheckResult, CheckSpec, Severity, validation

    @validation(checks=[CheckSpec("small", "asset://a"), CheckSpec("round", "asset://b")])
    def two(severity: Severity) -> Iterator[CheckResult]:
        yield CheckResult(True, "small", "asset://a")
        yield CheckResult(False, "round", severity=severity, metadata={"worst": 0.5})

    @flow
    def both() -> list[tuple[str | None, str | None]]:
        states = [two.submit(severity, return_state=True) for severity in (Severity.ERROR, Severity.WARN)]
        return [(state.name, state.message) for state in states]

    assert both() == [
        ("CheckFailed", "failed: asset://b round"),
        ("CheckWarned", "warned: asset://b round"),
    ]
