"""The ``stancekit`` command: thin shells over functions that Python can call as well."""

from stancekit.cli.commands import app, main

__all__ = ["app", "main"]
