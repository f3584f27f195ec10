"""What decides the labels of a run: the same identity gives the same parts."""

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from stancekit.runs.journal import FORMAT, Identity
from stancekit.runs.labeller import Labeller
from stancekit.runs.reading import Reading
from stancekit.runs.source import source_digest
from stancekit.version import __version__


def identity_of(
    reading: Reading,
    labeller: Labeller,
    select: Sequence[str] | None = None,
    source: Mapping[str, object] | None = None,
) -> dict[str, Any]:
    """Describe source, model and ways of reading and labelling, as plain JSON values.

    What changes no value (apostrophes) or only the speed (``n_jobs``) is left out: it may change
    between attempts. The key of pseudonyms is there as a fingerprint that does not tell it.
    `source` is what the source is known by; its digest if None.
    """
    filters, pseudonyms = labeller.filters, labeller.pseudonyms
    model = labeller.model
    identity = {
        "journal": FORMAT,
        "stancekit": __version__,
        "source": source or source_digest(reading.source),
        "model": f"{model.name}@{model.digest}",
        "format": reading.format,
        "chunk_size": reading.chunk_size,
        "options": dict(reading.options),
        "label_reposts": labeller.label_reposts,
        "min_confidence": labeller.min_confidence,
        "explain": labeller.explain,
        "only": "public" if filters.public else None,
        "since": filters.since,
        "until": filters.until,
        "lang": filters.languages,
        "pseudonymise": None if pseudonyms is None else pseudonyms.fingerprint,
        "select": select,
    }
    plain: dict[str, Any] = orjson.loads(orjson.dumps(identity, default=str))
    return plain


def notes_for(identity: Identity) -> dict[str, str]:
    """Give the metadata a Parquet file carries: which model labelled which source."""
    name, _, digest = identity["model"].rpartition("@")
    return {
        "stancekit.version": identity["stancekit"],
        "stancekit.model": name,
        "stancekit.model_digest": digest,
        "stancekit.source_sha256": identity["source"]["sha256"],
    }
