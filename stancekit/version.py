"""The version, where no module need import upward for it."""

__version__ = "0.2.0"
