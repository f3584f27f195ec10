"""What the formats of Bluesky share: posts of the AT Protocol, and repositories of them."""
