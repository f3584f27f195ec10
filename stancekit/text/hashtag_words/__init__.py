"""The words inside hashtags: `table` knows words, `lattice` cuts by it, `splitting` takes tags."""
