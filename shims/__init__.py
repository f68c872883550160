"""Run both orchestrators on the same frozen input, trust one, record what both wrote."""
