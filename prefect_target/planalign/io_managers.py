"""Data frames that outlive a run."""

import os
from pathlib import Path

import pandas as pd
from pydantic import BaseModel

from prefect_support.io import IOContext


class ParquetStore(BaseModel):
    """One Parquet file an asset, or one a partition.

    <root>/census_profile.parquet
    <root>/workforce_summary/2025.parquet
    """

    root: str

    def _path(self, context: IOContext) -> Path:
        *folders, name = context.asset_key.path
        if context.has_asset_partitions:
            folders, name = [*folders, name], context.asset_partition_key
        return Path(self.root, *folders, f"{name}.parquet")

    def handle_output(self, context: IOContext, obj: pd.DataFrame) -> None:
        path = self._path(context)
        path.parent.mkdir(parents=True, exist_ok=True)
        # the BI tool polls this folder: it must never see half a file
        unfinished = path.with_suffix(".tmp")
        obj.to_parquet(unfinished, index=False)
        unfinished.replace(path)
        context.add_output_metadata({"path": str(path), "rows": len(obj)})

    def load_input(self, context: IOContext) -> pd.DataFrame:
        return pd.read_parquet(self._path(context))


def stored_years(asset: str) -> pd.DataFrame:
    """All partitions of an asset, one below the other: for those who have no partition."""
    folder = Path(os.environ["PLANALIGN_STORE"], asset)
    files = sorted(folder.glob("*.parquet"))
    if not files:
        raise FileNotFoundError(f"No year of {asset} is stored in {folder}")
    return pd.concat([pd.read_parquet(file) for file in files], ignore_index=True)


def parquet_store() -> ParquetStore:
    return ParquetStore(root=os.environ["PLANALIGN_STORE"])
