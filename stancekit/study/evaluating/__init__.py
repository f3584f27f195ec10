"""What models are worth on labelled posts of one's own."""
