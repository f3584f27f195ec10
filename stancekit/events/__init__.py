"""From labelled posts to events: storms of a hashtag, and people who are piled on."""
