"""Invented posts, exports and models that several parts' tests use."""
