"""X (Twitter) posts, in the parts that its several exports share."""
