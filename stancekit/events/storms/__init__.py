"""Storms: hashtags, phrases and links that many use within hours."""
