"""Charts as numbers: where each bar, line and tick of an SVG goes. Templates draw them."""
