import sys

sys.exit("a script that thinks it was started")
