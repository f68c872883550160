"""The click commands of this room; each is loaded only when it is called."""
