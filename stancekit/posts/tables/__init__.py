"""Tables of any origin: their files, columns and cells."""
