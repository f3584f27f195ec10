"""From annotated posts to a model."""
