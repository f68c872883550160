"""`--layout single`: the modules of a conversion, merged into one readable Python file."""
