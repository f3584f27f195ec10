"""JSON that cannot be trusted: huge, deep, broken or cut off."""
