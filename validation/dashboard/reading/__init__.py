"""Files in, frozen facts out. Nothing here raises for a file that is missing, torn or not what it claims."""
