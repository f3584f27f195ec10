"""The gold annotations, and the way back from them to the texts they were made on.

stancekit carries the labels of the posts its default model was trained and measured on, and none of
the posts: they are other people's words. `join` puts the labels to the texts, once you have got a
source's own file (``data/README.md`` says where).

- `join` finds the annotated posts of a source in its files; `Joined` is what it found;
- `read_annotations` gives the labels without texts; `sources` counts them.
"""

from stancekit.corpus.annotations import read_annotations, sources
from stancekit.corpus.join import Joined, join

__all__ = ["Joined", "join", "read_annotations", "sources"]
