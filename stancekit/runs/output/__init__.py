"""What a run writes: columns, cells, and the files they go to."""
