"""How fast and how large: each file without a leading underscore measures one thing."""
