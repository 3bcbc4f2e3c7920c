"""What several figures are drawn with: axes, rows, classes, outlines, escaped words."""
