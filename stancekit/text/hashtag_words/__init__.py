"""The words inside hashtags: `table` knows words, `lattice` cuts by them, `splitting` takes tags."""
