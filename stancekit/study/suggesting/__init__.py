"""What to annotate next: what the model is unsure of, or a random sample to correct shares by."""
