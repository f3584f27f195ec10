"""The words inside hashtags."""
