"""A/A: what a side differs in from itself. Noise is proposed as a setting, anything else is a defect."""
