"""Read one cell by the kind of its column: amounts, dates, codes, citizen IDs."""
