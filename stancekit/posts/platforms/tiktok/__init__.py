"""TikTok: the download of one account, and what a browser is sent."""
