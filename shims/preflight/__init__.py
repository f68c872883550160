"""What would keep a dual run from working, found before it starts: each with its place and its remedy."""
