"""What is counted of labelled posts: each counter sees them batch by batch."""
