"""Walks one file and lets the rules rewrite what they know; everything else stays as it is."""

from __future__ import annotations

from functools import partial

import libcst as cst

from migrate.outcomes import Manual
from migrate.reading.constructs import Construct
from migrate.rewriting import aliases, contexts, outputs, partitions, yields
from migrate.rewriting.branches import straightened
from migrate.rewriting.bridging import bridged
from migrate.rewriting.dbt_calls import dbt_call, helper_streamed
from migrate.rewriting.functions import refuse
from migrate.rewriting.guarded import guarded, guarded_value
from migrate.rewriting.handed_contexts import handing_on
from migrate.rewriting.held import made_out_of_reach, plain_helper, written_elsewhere
from migrate.rewriting.helpers_with_context import call_without_context, helper_frame, without_context
from migrate.rewriting.inner_quotes import requoted
from migrate.rewriting.loaders import loader_call
from migrate.rewriting.made_keys import asked_of_key, plain_value, with_parts
from migrate.rewriting.nested_resources import nested, of_built
from migrate.rewriting.piped import answered
from migrate.rewriting.refusals import refused_class, refused_statement
from migrate.rewriting.resources import factory_statement
from migrate.rewriting.tabled import TABLE, untold_table
from migrate.rewriting.threads import in_threads
from migrate.rewriting.used import used_names
from migrate.rewriting.value_types import only_names
from migrate.rewriting.vanishing import vanishes, without_attributes
from migrate.rewriting.work import Frame, Work
from migrate.rewriting.wrapped import below_decorators
from migrate.rules import remedy_for, rule_for
from migrate.rules.observable_source_asset import looks

Statements = cst.BaseStatement | cst.FlattenSentinel[cst.BaseStatement] | cst.RemovalSentinel
REMEDY = "Write it by hand, or ask for a rule."


class Rewriter(cst.CSTTransformer):
    """Applies the rules to one module."""

    def __init__(self, work: Work) -> None:
        super().__init__()
        self._work = work
        self._constructs = {id(c.node): c for c in work.file.constructs}

    def _construct(self, node: cst.CSTNode) -> Construct | None:
        return self._constructs.get(id(node))

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool | None:
        """LibCST calls this on the way in."""
        work, construct = self._work, self._construct(node)
        if id(node) in work.model.project.written_out:
            return False
        if construct:
            unit = work.model.unit_of(construct)
            context = unit.context if unit else contexts.first_context(work, construct)
            frame = Frame(node, construct, unit, context)
            frame.yields = yields.yields_outputs(work, frame)
            work.frames.append(frame)
        else:
            helper = helper_frame(work, node)
            if helper:
                work.frames.append(helper)
        work.scopes.enter(node)
        return None

    def leave_FunctionDef(self, original_node: cst.FunctionDef, updated_node: cst.FunctionDef) -> Statements:
        """LibCST calls this on the way out."""
        work = self._work
        if id(original_node) in work.model.project.written_out:
            return written_elsewhere(work, original_node)
        work.scopes.leave()
        frame = work.frame
        if frame is None or frame.function is not original_node:
            return plain_helper(work, original_node, updated_node)
        construct, updated_node = frame.construct, straightened(frame, updated_node)
        if construct is None:
            done = without_context(work, frame, updated_node)
            work.frames.pop()
            return done
        result = self._function(frame, construct, updated_node)
        work.frames.pop()
        return result

    def _function(self, frame: Frame, construct: Construct, updated: cst.FunctionDef) -> Statements:
        work, rule = self._work, rule_for(construct.path)
        if construct.place in work.model.bridged:
            return cst.FlattenSentinel(bridged(work, construct, updated.leading_lines))
        if rule is None or rule.rule.function is None:
            reason = f"@{construct.kind} has no rule"
            return refuse(work, construct, updated, Manual(reason, remedy_for(construct.path) or REMEDY))
        if made_out_of_reach(work, construct, rule.rule):
            reason = "it is made inside a function, and nothing that can be read calls that function"
            return refuse(work, construct, updated, Manual(reason, "Call it at the top of a module."))
        untold = untold_table(work, frame.unit) if frame.unit else ""
        if untold:
            return refuse(work, construct, updated, Manual(f"{untold} has no counterpart", TABLE))
        make = partial(rule.rule.function, work, construct, updated)
        produced = guarded(work, construct, make, lambda why: [refuse(work, construct, updated, why)])
        read = used_names(cst.Module(produced))  # type: ignore[arg-type]
        if frame.context and read.get(frame.context):
            produced = handing_on(work, frame, produced)
        settled = below_decorators(work, frame, produced)
        if isinstance(settled, Manual):
            return refuse(work, construct, updated, settled)
        work.differ(construct, frame.differences)
        return cst.FlattenSentinel(settled) if settled else cst.RemoveFromParent()

    def leave_Decorator(
        self, original_node: cst.Decorator, updated_node: cst.Decorator
    ) -> cst.Decorator | cst.RemovalSentinel:
        """LibCST calls this on the way out."""
        return cst.RemoveFromParent() if only_names(self._work, original_node) else updated_node

    def leave_ClassDef(self, original_node: cst.ClassDef, updated_node: cst.ClassDef) -> Statements:
        """LibCST calls this on the way out."""
        construct = self._construct(original_node)
        if construct is None:
            return updated_node
        rule = rule_for(construct.path, base=True)
        if rule is None or rule.rule.class_ is None:
            remedy = remedy_for(construct.path) or REMEDY
            outcome = Manual(f"a class on top of {construct.kind} is not converted", remedy)
            return refused_class(self._work, construct, updated_node, outcome)
        work = self._work
        make = partial(rule.rule.class_, work, construct, updated_node)
        produced = guarded(
            work, construct, make, lambda why: [refused_class(work, construct, updated_node, why)]
        )
        return cst.FlattenSentinel(produced) if produced else cst.RemoveFromParent()

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> None:
        """LibCST calls this on the way in."""
        if self._work.frame:
            aliases.expect(self._work.frame, node)

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> Statements:
        """LibCST calls this on the way out."""
        work = self._work
        construct = self._called(original_node)
        if work.frame and aliases.names_instance(work.frame, original_node):
            return cst.RemoveFromParent()
        if construct is None and vanishes(work, original_node):
            return cst.RemoveFromParent()
        if construct and construct.place in work.model.bridged:
            return cst.FlattenSentinel(bridged(work, construct, updated_node.leading_lines))
        if construct:
            rule = rule_for(construct.path)
            if (rule is None or rule.rule.remedies) and work.scopes.inside:
                return updated_node
            if rule is None or rule.rule.statement is None:
                outcome = Manual("it is not converted", remedy_for(construct.path) or REMEDY)
                refused = refused_statement(work, construct, updated_node, outcome)
                return cst.FlattenSentinel(refused)
            make = partial(rule.rule.statement, work, construct, updated_node)
            produced = guarded(
                work, construct, make, lambda why: refused_statement(work, construct, updated_node, why)
            )
            return cst.FlattenSentinel(produced) if produced else cst.RemoveFromParent()
        made = factory_statement(work, updated_node)
        if made is not None:
            return cst.FlattenSentinel(made) if made else cst.RemoveFromParent()
        if work.frame and work.frame.unit and work.frame.construct and not looks(work.frame.construct):
            given = answered(work, original_node, updated_node)
            given = outputs.rewrite(work, work.frame, original_node, updated_node) if given is None else given
            if given is not None:
                return cst.FlattenSentinel(given) if given else cst.RemoveFromParent()
        return helper_streamed(work.frame, updated_node) or updated_node

    def _called(self, statement: cst.SimpleStatementLine) -> Construct | None:
        small = statement.body[0]
        value = small.value if isinstance(small, cst.Assign | cst.AnnAssign | cst.Expr | cst.Return) else None
        construct = self._construct(value) if isinstance(value, cst.Call) else None
        if construct is None and isinstance(value, cst.Call) and isinstance(value.func, cst.Call):
            inner = self._construct(value.func)
            construct = inner if inner and inner.path == "dagster.configured" else None
        if construct and isinstance(small, cst.Return):
            return None
        return construct

    def visit_Call(self, node: cst.Call) -> None:
        """LibCST calls this on the way in."""
        if self._work.frame:
            contexts.expect(self._work.frame, node)

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        work = self._work
        frame = work.frame
        if frame and frame.context:
            asked = contexts.call(work, frame, original_node, updated_node)
            if asked is not None:
                return asked
        for done in (
            partitions.asked(work, original_node, updated_node),
            call_without_context(work, original_node, updated_node),
            dbt_call(work, original_node, updated_node),
            loader_call(work, original_node, updated_node),
            asked_of_key(work, original_node, updated_node),
            in_threads(work, original_node, updated_node),
        ):
            if done is not None:
                return done
        return self._method(original_node, updated_node)

    def _method(self, original: cst.Call, updated: cst.Call) -> cst.BaseExpression:
        func = original.func
        bare = without_attributes(self._work, original, updated)
        if bare is not None:
            return bare
        if isinstance(func, cst.Attribute) and isinstance(func.value, cst.Call):
            path = self._work.scopes.dagster(func.value.func)
            rule = rule_for(path) if path else None
            if rule and rule.rule.method:
                asked = partial(rule.rule.method, self._work, func.attr.value, original, updated)
                done = guarded_value(self._work, asked)
                return updated if done is None else done
        construct = self._construct(original)
        if construct and construct.path == "dagster.ResourceDefinition.configured":
            registered = rule_for(construct.path)
            assert registered
            assert registered.rule.expression
            return registered.rule.expression(self._work, construct.path, original, updated) or updated
        made = nested(self._work, original, updated)
        return self._value(func, original, made)

    def visit_Attribute(self, node: cst.Attribute) -> None:
        """LibCST calls this on the way in."""
        if self._work.frame:
            contexts.expect_attribute(self._work.frame, node)

    def leave_Attribute(
        self, original_node: cst.Attribute, updated_node: cst.Attribute
    ) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        frame = self._work.frame
        if frame and id(original_node) in frame.settled:
            return updated_node
        first = aliases.asked_path(frame, original_node).split(".")[0] if frame else ""
        if frame and frame.context and first == frame.context:
            done = contexts.attribute(self._work, frame, original_node)
            return done if done is not None else updated_node
        plain = plain_value(self._work, original_node, updated_node)
        held = of_built(self._work, original_node, updated_node)
        return plain or self._value(original_node, original_node, with_parts(self._work, held))

    def leave_Subscript(
        self, original_node: cst.Subscript, updated_node: cst.Subscript
    ) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        frame = self._work.frame
        if frame and frame.context:
            done = contexts.subscript(self._work, frame, original_node)
            if done is not None:
                return done
        return self._value(original_node.value, original_node, updated_node)

    def leave_BinaryOperation(
        self, original_node: cst.BinaryOperation, updated_node: cst.BinaryOperation
    ) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        left, right = self._work.text(updated_node.left), self._work.text(updated_node.right)
        return updated_node.left if left == right == "IOContext" else updated_node

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        """LibCST calls this on the way out."""
        return self._value(original_node, original_node, updated_node)

    def leave_FormattedString(
        self, original_node: cst.FormattedString, updated_node: cst.FormattedString
    ) -> cst.FormattedString:
        """LibCST calls this on the way out."""
        return requoted(original_node, updated_node)

    def visit_ImportFrom(self, node: cst.ImportFrom) -> bool:
        """LibCST calls this on the way in."""
        return False

    def visit_Import(self, node: cst.Import) -> bool:
        """LibCST calls this on the way in."""
        return False

    def _value(
        self, name: cst.BaseExpression, original: cst.BaseExpression, updated: cst.BaseExpression
    ) -> cst.BaseExpression:
        path = self._work.scopes.dagster(name)
        rule = rule_for(path) if path else None
        if (rule is None or rule.rule.expression is None) and path:
            rule = rule_for(path, base=True)
        if rule is None or rule.rule.expression is None:
            return updated
        done = guarded_value(self._work, partial(rule.rule.expression, self._work, path, original, updated))
        return updated if done is None else done
