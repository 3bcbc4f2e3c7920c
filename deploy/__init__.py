"""What carries the board to a machine without a network: the bundle, its installer, its samples."""
