"""Charts as SVG: pygal draws them, the style sheet colours them; and verdicts of one check as a strip."""
