"""How many: shares of labels in a collection, corrected with posts that people have checked."""
