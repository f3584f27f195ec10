"""What researchers' tools keep of several platforms, whose rooms this one looks into."""
