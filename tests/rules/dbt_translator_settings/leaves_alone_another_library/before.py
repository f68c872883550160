"""Spelled like dagster's, and another library's."""

from warehouse import DagsterDbtTranslator, DagsterDbtTranslatorSettings

translator = DagsterDbtTranslator(settings=DagsterDbtTranslatorSettings(enable_asset_checks=False))
