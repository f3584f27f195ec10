"""YouTube: takeout, and tables of the Data Tools."""
