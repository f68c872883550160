from pathlib import Path

from dagster import AnchorBasedFilePathMapping, Definitions, asset, link_code_references_to_git, with_source_code_references


@asset
def numbers() -> None:
    """Some numbers."""


mapping = AnchorBasedFilePathMapping(local_file_anchor=Path(__file__).parent, file_anchor_path_in_repository="src")


def linked(assets):
    return with_source_code_references(assets)


referenced = with_source_code_references([numbers])
defs = Definitions(
    assets=link_code_references_to_git(
        assets_defs=referenced, git_url="https://example.com", git_branch="main", file_path_mapping=mapping
    )
)
