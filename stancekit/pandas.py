"""The accessor ``stance`` of pandas' tables and columns: ``import stancekit.pandas`` adds it.

A column called "stance" is then reached as ``posts["stance"]`` only.

>>> import pandas as pd
>>> import stancekit.pandas
>>> posts = pd.DataFrame({"body": ["Thank you, that was brave"]})
>>> posts.stance.classify("body").label.tolist()
['supportive']
>>> posts["body"].stance.classify().label.tolist()
['supportive']
"""

from typing import Any

import pandas as pd
from pandas.api.extensions import register_dataframe_accessor, register_series_accessor

__all__ = ["FrameStance", "SeriesStance"]


@register_dataframe_accessor("stance")
class FrameStance:
    """Labels of a table's posts, as ``posts.stance``."""

    def __init__(self, posts: pd.DataFrame) -> None:
        self._posts = posts

    def classify(self, text: str | None = None, **options: Any) -> pd.DataFrame:
        """Label the posts in a column; `stancekit.classify` tells options and result."""
        from stancekit.model import classify

        return classify(self._posts, text=text, **options)

    def label(self, text: str | None = None, **options: Any) -> pd.DataFrame:
        """Add labels to the table; `stancekit.label_frame` tells options and result."""
        from stancekit.runs import label_frame

        return label_frame(self._posts, text=text, **options)


@register_series_accessor("stance")
class SeriesStance:
    """Labels of a column of texts, as ``posts["text"].stance``."""

    def __init__(self, texts: "pd.Series[Any]") -> None:
        self._texts = texts

    def classify(self, **options: Any) -> pd.DataFrame:
        """Label the texts; `stancekit.classify` tells options and result."""
        from stancekit.model import classify

        return classify(self._texts, **options)
