"""One module a kind of page: `ADDRESS` it answers, `addresses` that exist, `make` the page."""
