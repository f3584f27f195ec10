"""Reddit: dumps, and the download of one account."""
