"""What goes into a paper: the codebook, and the paragraph on methods."""
