"""What in a post speaks for its label."""
