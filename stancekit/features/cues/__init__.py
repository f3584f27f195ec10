"""Sentiment cues: what words, signs and case tell beside the words themselves."""
