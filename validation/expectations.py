"""Great Expectations decides: facts in, one verdict a fact out. The only module that imports GX.

One suite a gate, one expectation a fact, one checkpoint over all suites; suites, results and Data Docs
are written below the folder that is given. GX passes on much that it never looked at (an empty suite,
a suite whose expectation class was not imported, NaN in a range), so `decide` refuses every
verdict that it cannot account for, expectation by expectation.

https://docs.greatexpectations.io/docs/core/customize_expectations/define_a_custom_expectation_class
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any, ClassVar, Literal

# GX reads this when it is imported; nothing may leave this machine.
os.environ["GX_ANALYTICS_ENABLED"] = "false"

import pandas as pd

from validation.deferred import deferred

# For charts and distributions, which no fact needs: 1 of the 3 CPU s that the import costs.
with deferred("altair", "scipy.stats", "scipy.optimize"):
    import great_expectations as gx
    from great_expectations.checkpoint.actions import UpdateDataDocsAction
    from great_expectations.data_context.types.base import ProgressBarsConfig
    from great_expectations.execution_engine import PandasExecutionEngine
    from great_expectations.expectations.expectation import BatchExpectation
    from great_expectations.expectations.metrics.metric_provider import metric_value
    from great_expectations.expectations.metrics.table_metric_provider import TableMetricProvider
    from great_expectations.render import LegacyRendererType, RenderedStringTemplateContent
    from great_expectations.render.renderer.renderer import renderer

from migrate.errors import EvidenceError
from validation import data_docs
from validation.facts import Fact, Judged, holds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

METRIC = "table.changeover_facts"
CHECKPOINT = "phase_gate"
DOCS = "uncommitted/data_docs/local_site/index.html"
"""Data Docs, relative to the folder that `decide` was given."""


class MeasuredFacts(TableMetricProvider):  # type: ignore[misc]
    """The rows of the batch by their number: read once a suite, not once an expectation."""

    metric_name = METRIC

    @metric_value(engine=PandasExecutionEngine)  # type: ignore[untyped-decorator]
    def _pandas(
        cls,
        execution_engine: Any,
        metric_domain_kwargs: dict[str, Any],
        metric_value_kwargs: dict[str, Any],
        metrics: dict[str, Any],
        runtime_configuration: dict[str, Any],
    ) -> dict[int, list[dict[str, Any]]]:
        frame, _, _ = execution_engine.get_compute_domain(
            domain_kwargs=metric_domain_kwargs, domain_type="table"
        )
        rows: dict[int, list[dict[str, Any]]] = {}
        for row in frame.to_dict(orient="records"):
            rows.setdefault(int(row["number"]), []).append(row)
        return rows


class ExpectFactToHold(BatchExpectation):  # type: ignore[misc]
    """The batch holds this fact once, it was measured, and its measure is within the limit or waived."""

    number: int
    subject: str
    limit: float
    expected: str

    metric_dependencies: ClassVar[tuple[str, ...]] = (METRIC,)
    success_keys: ClassVar[tuple[str, ...]] = ("number", "subject", "limit")
    args_keys: ClassVar[tuple[str, ...]] = ("number", "subject", "limit")

    def _validate(
        self, metrics: dict[str, Any], runtime_configuration: Any = None, execution_engine: Any = None
    ) -> dict[str, Any]:
        rows = [r for r in metrics[METRIC].get(self.number, []) if r["subject"] == self.subject]
        if len(rows) != 1:
            return {"success": False, "result": {"observed_value": f"{len(rows)} rows of this fact"}}
        (row,) = rows
        said = f"{row['observed']}: {row['detail']}" if row["detail"] else row["observed"]
        return {
            "success": holds(float(row["measure"]), self.limit, waived=bool(row["waiver"])),
            "result": {"observed_value": said + (f" (waived by {row['waiver']})" if row["waiver"] else "")},
        }

    @classmethod
    @renderer(renderer_type=LegacyRendererType.PRESCRIPTIVE)  # type: ignore[untyped-decorator]
    def _prescriptive_renderer(cls, configuration: Any = None, **_: Any) -> list[Any]:
        """What Data Docs say instead of the class and its arguments."""
        said = {"template": "$subject: $expected", "params": configuration.kwargs}
        return [RenderedStringTemplateContent(content_block_type="string_template", string_template=said)]


class BuildDataDocsOnce(UpdateDataDocsAction):  # type: ignore[misc]
    """The checkpoint's action: all Data Docs at its end, instead of once for each of its suites."""

    type: Literal["build_data_docs_once"] = "build_data_docs_once"

    def run(self, checkpoint_result: Any, action_context: Any = None) -> dict[str, Any]:
        """Build every page of every suite and result."""
        return {"built": self._build_data_docs()}


def decide(
    facts: Sequence[Fact], waived: Mapping[int, str], folder: Path, *, docs: bool = True
) -> list[Judged]:
    """Let Great Expectations judge every fact.

    Args:
        facts: what was measured; a fact's number is its place in this list.
        waived: the words of the waivers for the facts that pass on them, by number.
        folder: where the context, results and Data Docs are written; emptied first.
        docs: whether to write Data Docs, which cost more than the verdict.

    Returns:
        every fact in the same order, with its verdict.

    Raises:
        EvidenceError: the checkpoint did not evaluate exactly these facts, or disagrees with itself.
    """
    if not facts:
        raise EvidenceError("there is no fact to judge", file=folder)
    shutil.rmtree(folder, ignore_errors=True)
    context = gx.get_context(mode="file", context_root_dir=folder)
    # It holds no variable, and is read as YAML hundreds of times: a fifth of the whole decision.
    (folder / "uncommitted" / "config_variables.yml").unlink(missing_ok=True)
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    try:
        checkpoint = _checkpoint(context, _suites(facts), docs=docs)
        outcome = checkpoint.run(batch_parameters={"dataframe": _frame(facts, waived)})
    except Exception as problem:  # whatever GX raises, it means that nothing was decided
        raise EvidenceError(f"Great Expectations failed: {problem}", file=folder) from problem
    if docs:
        data_docs.offline(folder)
    return _account(facts, waived, outcome, folder)


def _frame(facts: Sequence[Fact], waived: Mapping[int, str]) -> pd.DataFrame:
    rows = [
        {
            "number": number,
            "gate": fact.gate,
            "subject": fact.subject,
            "expected": fact.expected,
            "observed": fact.observed,
            "measure": float("nan") if fact.measure is None else fact.measure,
            "detail": fact.detail,
            "waiver": waived.get(number, ""),
            "evidence": fact.evidence,
        }
        for number, fact in enumerate(facts)
    ]
    return pd.DataFrame(rows)


def _suites(facts: Sequence[Fact]) -> dict[str, list[ExpectFactToHold]]:
    suites: dict[str, list[ExpectFactToHold]] = {}
    for number, fact in enumerate(facts):
        suites.setdefault(fact.gate, []).append(
            ExpectFactToHold(number=number, subject=fact.subject, limit=fact.limit, expected=fact.expected)
        )
    return suites


def _checkpoint(context: Any, suites: dict[str, list[ExpectFactToHold]], *, docs: bool) -> Any:
    asset = context.data_sources.add_pandas("evidence").add_dataframe_asset("facts")
    batch = asset.add_batch_definition_whole_dataframe("all")
    definitions = []
    for name, expectations in suites.items():
        suite = context.suites.add(gx.ExpectationSuite(name=name, expectations=expectations))
        definition = gx.ValidationDefinition(name=name, data=batch, suite=suite)
        definitions.append(context.validation_definitions.add(definition))
    return context.checkpoints.add(
        gx.Checkpoint(
            name=CHECKPOINT,
            validation_definitions=definitions,
            actions=[BuildDataDocsOnce(name="data docs")] if docs else [],
            result_format="BASIC",
        )
    )


def _account(facts: Sequence[Fact], waived: Mapping[int, str], outcome: Any, folder: Path) -> list[Judged]:
    """Hold what GX says against what it was asked: every fact once, none raised, and the sums agree."""
    said: dict[int, bool] = {}
    for validation in outcome.run_results.values():
        for result in validation.results:
            if (
                result.exception_info.get("raised_exception", False)
                or "exception_message" not in result.exception_info
            ):
                raise EvidenceError(
                    f"an expectation raised instead of deciding: {result.exception_info}", file=folder
                )
            number = int(result.expectation_config.kwargs["number"])
            if number in said:
                raise EvidenceError(f"fact {number} was judged twice", file=folder)
            said[number] = bool(result.success)
    if set(said) != set(range(len(facts))):
        raise EvidenceError(
            f"Great Expectations evaluated {len(said)} expectations of {len(facts)}: this is no verdict",
            file=folder,
            remedy="A suite was emptied, or its expectation class is not registered; run the gate again.",
        )
    for number, fact in enumerate(facts):
        if said[number] != holds(fact.measure, fact.limit, waived=number in waived):
            raise EvidenceError(
                f"the verdict on {fact.gate} {fact.subject} does not follow from its measure", file=folder
            )
    if bool(outcome.success) != all(said.values()):
        raise EvidenceError("the checkpoint's verdict is not that of its expectations", file=folder)
    return [Judged(fact, said[number], waived.get(number, "")) for number, fact in enumerate(facts)]
