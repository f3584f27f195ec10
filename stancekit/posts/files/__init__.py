"""Files, folders and archives, plain or packed, as named byte streams."""
