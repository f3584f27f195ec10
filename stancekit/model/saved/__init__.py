"""A model as a folder: format, kinds, writing, reading, card."""
