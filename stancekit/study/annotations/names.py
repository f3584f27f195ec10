"""Names of columns in tables of annotations, as data; written as `plain_name` writes them."""

from __future__ import annotations

import re
from typing import Final

ANNOTATORS: Final = (
    *("annotator", "annotator_id", "annotator_name", "annotated_by", "completed_by", "coder"),
    *("coder_id", "coder_name", "coded_by", "rater", "rater_id", "worker_id", "worker", "judge"),
    *("judge_id", "labeler", "labeller", "labeler_id", "labeled_by", "labelled_by", "reviewer"),
    *("annotators", "annotator_ids", "annotation_agent", "assessor", "respondent", "evaluator"),
    *("kodierer", "kodiererin", "codeur", "annotateur", "anotador", "codificador", "annotatore"),
    *("標註者", "标注者", "标注人"),
)
"""Names of the column of who gave a label."""

LABELS: Final = (
    ("label", "labels"),
    ("annotation", "annotations", "gold_label", "class_label", "label_name", "final_label"),
    ("class", "category", "categories", "code", "codes", "coding", "stance", "sentiment", "tone",
     "rating", "ratings", "choice", "judgment", "judgement", "verdict", "classification",
     "polarity", "etiqueta", "etichetta", "étiquette", "kategorie", "klasse", "bewertung",
     "标签", "ラベル"),
)  # fmt: skip
"""Names of the column of labels, the likeliest first; several of one rank are a question."""

#: Parts of a name that speak of labels: ``column_label``, ``stance_code``.
LABEL_WORD: Final = re.compile(
    r"(?:^|_)(?:labels?|annotations?|stance|sentiment|class|category|codes?|ratings?|etiqueta)"
    r"(?:_|$)"
)
#: What a model or a rule gave, or what was made of several annotators' labels.
MODEL: Final = re.compile(
    r"(?:^|_)(?:preds?|predicted|predictions?|prob|probs|probability|probabilities|scores?|conf"
    r"|confidence|model|bert|roberta|\w*bert|gpt\w*|llm|svm|logits?|classifier|voting|voted"
    r"|majority|consensus|aggregated?|ensemble|suggestion|lead_time|agreement|kappa|alpha)(?:_|$)"
)
#: Columns that are never labels: of a post, of its platform, of the work.
NOT_LABELS: Final = re.compile(
    r"(?:^|_)(?:ids?|text|url|urls|link|date|time|created|updated|at|on|count|lang|language|source|"
    r"user|username|author|name|title|domain|reason|comment|comments|notes?|batch|split|gold)(?:_|$)"
)
#: A column of one annotator: a word for one, and a number, letter or name.
ONE_ANNOTATOR: Final = re.compile(
    r"(?:annotator|annot|anno|ann|coder|rater|judge|worker|labell?er|expert|reviewer|person"
    r"|student|assessor|evaluator|kodierer|codeur|annotateur|anotador|r|a|c)_?(\d+|[a-z]|\w+)"
)
SHORT_ANNOTATOR: Final = re.compile(r"(?:r|a|c)_?\w*")

TIMES: Final = (
    *("annotated_at", "annotation_time", "labeled_at", "labelled_at", "submit_time"),
    *("submitted_at", "coded_at", "completed_at", "modified_on", "annotation_date"),
)
"""Names of the column of when a label was given; when a post was written is another time."""

TEXTS: Final = (
    *("segment", "quotation_content", "quotation", "coded_text", "input_text", "text_clean"),
    *("clean_text", "cleaned_text", "data", "document_text", "utterance", "review", "input"),
)
"""Names of the column of texts, besides those of tables of posts."""
