"""Give a checked workbook back as its own file, its faulty cells coloured and noted, a list in front."""
