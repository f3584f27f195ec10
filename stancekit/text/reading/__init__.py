"""How a post is read before anything is counted: other people's words, and spelling that hides.

`edits` says what is read otherwise than typed, and is the way back; `quotations`, `emoticons` and
`spelling` find it in one post; `suspects` says, for a batch at once, which posts are worth a look;
`read` brings them together.
"""
