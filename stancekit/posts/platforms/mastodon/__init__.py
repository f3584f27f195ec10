"""Mastodon and other servers of the fediverse."""
