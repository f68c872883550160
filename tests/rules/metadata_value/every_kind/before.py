from dagster import MetadataValue, asset


@asset
def gold(context) -> int:
    context.add_output_metadata(
        {
            "ounces": MetadataValue.int(3),
            "about": MetadataValue.md("**heavy**"),
            "where": MetadataValue.path("/safe"),
            "raw": MetadataValue.json({"a": 1}),
        }
    )
    return 3
