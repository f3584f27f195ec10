"""`label_frame`: label a table in memory, with the columns `label_archive` adds."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from stancekit.errors import InputError
from stancekit.labels import NOT_TEXT
from stancekit.posts.table import free_names, to_batch
from stancekit.posts.tables.columns import guess_columns
from stancekit.runs.arguments import least_for, loaded
from stancekit.runs.labeller import Labeller, check_classes
from stancekit.text.given import column, is_missing

if TYPE_CHECKING:
    from stancekit.model.stance_model import StanceModel
    from stancekit.scores.coverage import LeastConfidence


def label_frame(
    posts: pd.DataFrame,
    *,
    text: str | None = None,
    model: "StanceModel | str | Path" = "default",
    label_reposts: bool = True,
    min_confidence: "LeastConfidence | None" = None,
    explain: bool = False,
    n_jobs: int | None = None,
) -> pd.DataFrame:
    """Label a table of posts in memory.

    Parameters
    ----------
    posts
        A post table, as `stancekit.read_posts` gives it, or any table with a column of texts. It
        is not changed.
    text
        Name of that column; if None, the one that `label_archive` would take.
    model, label_reposts, min_confidence, explain
        As `label_archive` takes them; reposts are known by "repost" in a column ``kind``.
    n_jobs
        Cores that label, as `stancekit.classify` takes it.

    Returns
    -------
    DataFrame
        The caller's columns and index in their order, then what `label_archive` adds: ``label``
        (Categorical), ``confidence`` and a probability for each class (float64, six decimals),
        ``reason``, ``evidence`` if asked for, and ``model``. A column of the caller's with one of
        these names is called ``source_<name>``.

    Raises
    ------
    InputError
        When there is no table, or no telling which column holds the texts.

    Examples
    --------
    >>> import pandas as pd, stancekit
    >>> posts = pd.DataFrame({"id": ["7"], "body": ["Thank you, that was brave"]})
    >>> stancekit.label_frame(posts)[["id", "label"]].iloc[0].tolist()
    ['7', 'supportive']
    """
    if not isinstance(posts, pd.DataFrame):
        raise InputError(f"posts is {type(posts).__name__}: give a DataFrame, or use classify")
    chosen = loaded(model)
    least = least_for(chosen, min_confidence)
    labeller = Labeller(chosen, least, label_reposts, explain, n_jobs=n_jobs)
    values = column(posts, _text_column(posts) if text is None else text)
    check_classes(chosen.classes, ())
    added = _labels(labeller, values, posts.get("kind")).set_axis(posts.index)
    names = free_names(posts.columns, (), (*labeller.columns, *added.columns))
    return pd.concat([posts.set_axis(names, axis=1), added], axis=1)


def _text_column(posts: pd.DataFrame) -> str:
    if "text" in posts.columns:
        return "text"
    names = [name for name in posts.columns if isinstance(name, str)]
    sample: list[Any] = posts.loc[:, names].head(100).to_dict("records")
    return guess_columns(names, sample, where="posts").fields["text"]


def _labels(labeller: Labeller, values: pd.Series, kinds: pd.Series | None) -> pd.DataFrame:
    given = values.tolist()
    told = [None] * len(given) if kinds is None else kinds.tolist()
    pairs = zip(given, told, strict=True)
    rows = [{"text": _if_text(value), "kind": _if_text(kind)} for value, kind in pairs]
    labelled = labeller(to_batch(rows)).table.select(list(labeller.columns))
    frame: pd.DataFrame = labelled.to_pandas()
    for name in {"reason", "evidence"} & set(frame.columns):
        frame[name] = frame[name].astype("string")
    unlike = [not isinstance(value, str) and not is_missing(value) for value in given]
    frame.loc[unlike, "reason"] = NOT_TEXT
    # in memory a column keeps the name of its class, also where that is a number
    classes = labeller.model.classes
    return frame.rename(columns=dict(zip(map(str, classes), classes, strict=True)))


def _if_text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
