"""How much more labels would bring."""
