from enum import Enum

from dagster import Config, Definitions, StaticPartitionsDefinition, asset, define_asset_job
from pydantic import Field

years = StaticPartitionsDefinition(["2025", "2026"])


class Method(Enum):
    LINEAR = "linear"
    STEEP = "steep"


class Assumptions(Config):
    growth_rate: float = Field(default=0.03, ge=-0.5, le=1, description="Growth in a year.")
    random_seed: int = Field(default=42, ge=0)
    method: Method = Method.LINEAR


@asset(partitions_def=years)
def workforce(config: Assumptions) -> float:
    return config.growth_rate


simulate = define_asset_job("simulate", selection="workforce", partitions_def=years)

defs = Definitions(assets=[workforce], jobs=[simulate])
