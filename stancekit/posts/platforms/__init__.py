"""What each platform gives out: one room a platform, each export a module with its READER."""
