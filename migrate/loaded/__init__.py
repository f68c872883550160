"""`migrate convert --loaded`: what reading cannot tell, told by the definitions as Dagster loads them."""
