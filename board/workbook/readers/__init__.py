"""Open a file of any accepted kind as a book of sheets, each a frame of its filled cells."""
