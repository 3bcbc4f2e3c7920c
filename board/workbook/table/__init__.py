"""Find the table on a sheet: its header, its rows of data and its typed columns."""
