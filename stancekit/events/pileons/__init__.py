"""Pile-ons: who was written at by how many, how hostile they were, and how sure that is."""
