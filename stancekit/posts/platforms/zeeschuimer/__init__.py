"""Captures of Zeeschuimer, of whatever platform."""
