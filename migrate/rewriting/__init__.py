"""Writing Python: what is changed in a file, how new code is laid out, which imports it needs."""
