"""A trained model: what labels posts, explains a label, and is saved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from stancekit.errors import InputError
from stancekit.labels import ClassName, Labels
from stancekit.model.labelling import labelled
from stancekit.model.language import language_sample, warn_of_languages
from stancekit.model.linear import LinearModel
from stancekit.model.saved.card import card
from stancekit.model.saved.kinds import digest
from stancekit.model.saved.save import save
from stancekit.model.scorer import Scorer
from stancekit.model.seen import Seen
from stancekit.model.texts import Texts, as_texts
from stancekit.scores.comparison import Comparison
from stancekit.scores.coverage import LeastConfidence
from stancekit.scores.report import Report
from stancekit.surrogates import without_surrogates
from stancekit.text.given import Posts, values_of

if TYPE_CHECKING:
    from stancekit.model.explaining.explanation import Explanation


@dataclass(frozen=True, eq=False)
class StanceModel:
    """A model that labels posts.

    Made by `stancekit.train` or `stancekit.load`.

    Attributes
    ----------
    name : str
        What it is called in every label table; half a character in it becomes U+FFFD.
    digest : str
        SHA-256 over all that decides a label; two models with one digest label alike.
    scorer : LinearModel, EncoderModel or CascadeModel
        What gives the probabilities.
    report : Report
        Its scores, and how they were made.
    about : mapping
        Where it comes from: training-data digest, versions, seed, settings.
    seen : Seen or None
        Hashes of the texts it has learnt from, if they are known; `stancekit.evaluate` says where
        posts are among them.
    comparison : Comparison or None
        With another model, where `stancekit.train` was asked for it; not saved.
    """

    name: str
    digest: str
    scorer: Scorer
    report: Report
    about: Mapping[str, Any] = field(default_factory=dict)
    seen: Seen | None = None
    comparison: Comparison | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", without_surrogates(self.name))  # Arrow takes it whole

    @property
    def classes(self) -> tuple[ClassName, ...]:
        """Names of the classes, in the order of the probability columns."""
        return self.scorer.classes

    @property
    def linear(self) -> LinearModel:
        """The scorer, if it is a linear model.

        Raises
        ------
        InputError
            If it is none, whose labels are no sums of contributions.
        """
        if isinstance(self.scorer, LinearModel):
            return self.scorer
        raise InputError(
            f'{self.name!r} is no linear model: use one, such as stancekit.load("fast")'
        )

    def classify(
        self,
        posts: Posts,
        *,
        text: str | None = None,
        min_confidence: LeastConfidence | None = None,
        explain: bool = False,
        n_jobs: int | None = None,
        progress: bool | None = None,
    ) -> pd.DataFrame:
        """Label posts; see `stancekit.classify`."""
        values, index = values_of(posts, text)
        given = as_texts(values)
        found = self._labels(given, min_confidence, explain, n_jobs, progress)
        warn_of_languages(given.texts, self.about)
        return found.to_frame(index)

    def labels_of(
        self,
        texts: Sequence[object],
        *,
        min_confidence: LeastConfidence | None = None,
        explain: bool = False,
        n_jobs: int | None = None,
        progress: bool | None = None,
    ) -> Labels:
        """Label posts, and give arrays: what the tables of `classify` and of runs are made of.

        Parameters
        ----------
        texts : sequence of `n` values
            Posts; what is None, empty or no str gets no label, and a reason.
        min_confidence, explain, n_jobs, progress
            As in `stancekit.classify`.

        Returns
        -------
        Labels
            In the order of `texts`. No warning is given of posts in other languages:
            ``languages`` says how many of a sample are.

        Raises
        ------
        InputError
            If `texts` is one str or no sequence, or an option cannot be used.

        Examples
        --------
        >>> import stancekit
        >>> found = stancekit.load().labels_of(["So proud of you, thank you!", None])
        >>> found.code.tolist(), found.reason.tolist()
        ([0, -1], [None, 'missing'])
        """
        given = as_texts(texts)
        found = self._labels(given, min_confidence, explain, n_jobs, progress)
        return replace(found, languages=language_sample(given.texts, self.about))

    def predict_proba(self, posts: Posts, *, text: str | None = None) -> npt.NDArray[np.float32]:
        """Probability of each class.

        Parameters
        ----------
        posts, text
            As in `stancekit.classify`.

        Returns
        -------
        ndarray of float32, shape (n_posts, n_classes)
            Columns as in `classes`; NaN for a post that cannot be labelled.
        """
        return self.classify(posts, text=text)[list(self.classes)].to_numpy()

    def threshold_for(self, precision: float = 0.9, label: str | None = None) -> pd.DataFrame:
        """Say from which confidence on a label is right as often as wanted.

        On the held-out posts of the `report`; see `Report.threshold_for` for the columns, and for
        how far to trust them. Give the frame to `classify`.

        Parameters
        ----------
        precision : float
            How often a label is to be right.
        label : str, optional
            Only of this label.

        Returns
        -------
        DataFrame
            A row a label; `min_confidence` of `classify` takes it.

        Examples
        --------
        >>> import pandas as pd, stancekit
        >>> posts = pd.DataFrame({
        ...     "text": [f"{word} number {i}" for i in range(30) for word in ("bravo", "shame")],
        ...     "label": ["supportive", "critical"] * 30,
        ... })
        >>> model = stancekit.train(posts, n_jobs=1)
        >>> sure = model.threshold_for(precision=0.9)
        >>> model.classify(["shame on them"], min_confidence=sure).label[0]
        'critical'
        """
        return self.report.threshold_for(precision, label)

    def explain(self, text: str) -> Explanation:
        """Say what in a post speaks for and against each label; see `Explanation`.

        Exactly, where a linear model has decided. Where an encoder was asked, approximately: by
        leaving words out, one stretch after the other, of long posts several words at once.

        Parameters
        ----------
        text : str
            The post.

        Returns
        -------
        Explanation
            Shows itself in a notebook and in a terminal.

        Raises
        ------
        InputError
            If `text` is no str, or nothing but white space, which gets no label.

        Examples
        --------
        >>> import stancekit
        >>> stancekit.load("fast").explain("Thank you, that was brave").exact
        True
        >>> found = stancekit.load("accurate").explain("Thank you, that was brave")
        >>> found.exact, found.beside.label
        (False, 'supportive')
        """
        from stancekit.model.explaining.choose import explain  # labelling needs none of it

        return explain(self.scorer, text)

    def adapt(
        self,
        posts: pd.DataFrame,
        *,
        text: str = "text",
        label: str = "label",
        group: str | None = None,
        weight: str | None = None,
        seed: int = 0,
        name: str | None = None,
    ) -> StanceModel:
        """Adapt the model to an archive with a few labels of your own, 50 to 200.

        The model's scores stay and are moved: each class by an offset, and where the labels bear
        it the features by a ridge residual. How much, or nothing at all, is chosen by
        cross-validation in which near-duplicates, and what `group` names, stand on one side. What
        comes out is a model of the same kind, as fast, that can be saved and explained.

        Draw the posts at random from the archive: of posts chosen otherwise it learns how they
        were chosen.

        Parameters
        ----------
        posts : DataFrame
            20 to 2,000 labelled posts, a row each.
        text, label : str
            Columns of the text and of the label, one of the model's `classes`.
        group : str, optional
            Column of what must not be split (thread, author), beside near-duplicates.
        weight : str, optional
            Column of each post's weight, 0 or more.
        seed : int
            Of the folds and of the bootstrap.
        name : str, optional
            What the model is called in label tables; this one's with ``-adapted`` if not given.

        Returns
        -------
        StanceModel
            Its `report` is of the posts given, each scored by a model adapted without it.
            ``about["adapted"]`` holds macro-F1 ``before`` and ``after`` and the ``gain``, with
            95 % intervals on the posts given, and the ``penalty`` (``"nothing"`` if nothing
            moved: such a model labels as this one does, and has its digest).

        Raises
        ------
        InputError
            If no linear model has a share in every label (such as in "default"), a column is
            missing, a label is none of the model's, or the posts are too few or too many.

        Warns
        -----
        LabelWarning
            Of rows without a label, and of texts under more than one.

        Examples
        --------
        >>> import pandas as pd, stancekit
        >>> posts = pd.DataFrame({
        ...     "text": [f"{word} {i}" for i in range(20) for word in ("mint", "cabbage")],
        ...     "label": ["supportive", "critical"] * 20,
        ... })
        >>> model = stancekit.load("fast").adapt(posts)
        >>> model.classify("mint 99").label[0]
        'supportive'
        >>> model.about["adapted"]["posts"]
        40
        """
        # imported here: labelling posts needs none of it
        from stancekit.model.training.adapt import adapt

        scorer, report, about, learnt = adapt(
            self.scorer,
            posts,
            name=self.name,
            origin=f"{self.name}@{self.digest}",
            text=text,
            label=label,
            group=group,
            weight=weight,
            seed=seed,
        )
        about["notes"] += self.about.get("notes", "")
        return StanceModel(
            name=f"{self.name}-adapted" if name is None else name,
            digest=digest(scorer),
            scorer=scorer,
            report=report,
            about={**self.about, **about},
            seen=Seen.of_all([self.seen, learnt]),
        )

    def save(self, path: str | Path) -> Path:
        """Save as a folder of arrays, JSON and a model card; see `stancekit.load`.

        The folder appears as a whole, or not at all.

        Parameters
        ----------
        path : str or Path
            The folder to make; a saved model that is there is replaced.

        Returns
        -------
        Path
            The folder.

        Raises
        ------
        ModelFormatError
            If something that is not a saved model is at `path` already.
        """
        return save(
            Path(path),
            self.scorer,
            name=self.name,
            digest=self.digest,
            report=self.report,
            about=self.about,
            seen=self.seen,
        )

    @property
    def card(self) -> str:
        """The model card, in Markdown."""
        return card(self.name, self.digest, self.report, self.about)

    def _labels(
        self,
        given: Texts,
        min_confidence: LeastConfidence | None,
        explain: bool,
        n_jobs: int | None,
        progress: bool | None,
    ) -> Labels:
        found = labelled(self.scorer, given, min_confidence, n_jobs, progress)
        if not explain:
            return found
        from stancekit.model.explaining.choose import evidence_of

        evidence = evidence_of(self.scorer, given, found.code, n_jobs, progress)
        return replace(found, evidence=evidence)

    def __repr__(self) -> str:
        return f"StanceModel({self.name}@{self.digest[:12]}, {len(self.classes)} classes)"
