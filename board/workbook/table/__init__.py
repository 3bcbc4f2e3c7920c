"""Find the table on a sheet: its header, its rows of data, its columns with their types."""
