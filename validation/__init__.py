"""Compare what both sides wrote, let Great Expectations decide, and write the report someone signs."""
