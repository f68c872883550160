"""gate.json as JUnit XML: a test suite a gate, a test case a fact, so that any CI shows what is red.

https://github.com/testmoapp/junitxml describes what readers agree on.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as Xml

if TYPE_CHECKING:
    from collections.abc import Mapping

CONTROL = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold."""


def render(decided: Mapping[str, Any], extra: Mapping[str, str] | None = None) -> str:
    """The document.

    Args:
        decided: gate.json, or what a gate without an answer prints.
        extra: reasons that are no facts, message by subject; they fail in a suite named `sign-off`.
    """
    root = Xml.Element("testsuites", name=_clean(f"changeover phase {decided['phase']}"))
    suites: dict[str, list[Mapping[str, Any]]] = {}
    for fact in decided["facts"]:
        suites.setdefault(fact["gate"], []).append(fact)
    for gate, facts in suites.items():
        _suite(root, gate, facts)
    loose = dict(extra or {})
    if not decided["facts"]:
        loose |= {reason["subject"] or reason["gate"]: reason["message"] for reason in decided["reasons"]}
    if loose:
        _loose(root, loose)
    total = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for suite in root:
        for name in total:
            total[name] += int(suite.get(name, "0"))
    for name, number in total.items():
        root.set(name, str(number))
    Xml.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + Xml.tostring(root, encoding="unicode") + "\n"


def _suite(root: Xml.Element, gate: str, facts: list[Mapping[str, Any]]) -> None:
    unmeasured = sum(fact["measure"] is None for fact in facts)
    failed = sum(not fact["passed"] for fact in facts) - unmeasured
    skipped = sum(not fact.get("asked", True) and fact["passed"] for fact in facts)
    suite = Xml.SubElement(root, "testsuite", name=_clean(gate))
    counts = {"tests": len(facts), "failures": failed, "errors": unmeasured, "skipped": skipped}
    for name, number in counts.items():
        suite.set(name, str(number))
    for fact in facts:
        case = Xml.SubElement(
            suite, "testcase", classname=_clean(f"gate.{gate}"), name=_clean(fact["subject"])
        )
        message = f"expected {fact['expected']}; found {fact['observed']}"
        if not fact["passed"]:
            kind = "error" if fact["measure"] is None else "failure"
            problem = Xml.SubElement(case, kind, message=_clean(message), type=_clean(gate))
            problem.text = _clean("\n".join(t for t in (fact["detail"], fact["evidence"]) if t))
        elif not fact.get("asked", True):
            Xml.SubElement(case, "skipped", message="not asked for by this phase")
        elif fact["waiver"]:
            Xml.SubElement(case, "system-out").text = _clean(f"{message}\nwaived by {fact['waiver']}")


def _loose(root: Xml.Element, reasons: Mapping[str, str]) -> None:
    number = str(len(reasons))
    suite = Xml.SubElement(root, "testsuite", name="sign-off", tests=number, failures=number, errors="0")
    for subject, message in reasons.items():
        case = Xml.SubElement(suite, "testcase", classname="sign-off", name=_clean(subject))
        Xml.SubElement(case, "failure", message=_clean(message), type="sign-off")


def _clean(text: str) -> str:
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)
