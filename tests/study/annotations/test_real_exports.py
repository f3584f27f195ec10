"""Exports of real projects, where they are at hand: counts are those their description states."""

import os
from pathlib import Path

import pytest

from stancekit.errors import InputError
from stancekit.study import agreement, read_annotations

krippendorff = pytest.importorskip("krippendorff")
ROOT = Path(os.environ.get("STANCEKIT_SHARED_DATA", "none"), "archives")
REAL, TOOLS = ROOT / "annotation-real", ROOT / "annotation"
pytestmark = [
    pytest.mark.skipif(not REAL.is_dir(), reason="the study data is not at hand"),
    pytest.mark.filterwarnings("ignore::stancekit.errors.LabelWarning"),
]


@pytest.mark.parametrize(
    ("name", "rows", "items", "annotators", "alpha"),
    [
        ("wide-20-annotators/annotations_g1.csv", 4000, 200, 20, 0.198),
        ("wide-20-annotators/annotations_g2.csv", 4000, 200, 20, 0.778),
        ("wide-20-annotators/annotations_g3.csv", 4000, 200, 20, 0.148),
        ("wide-3-annotators", 7188, 2396, 3, 0.401),
        ("intercoder/intercoder_severity_of_harassment.csv", 1239, 413, 3, 0.266),
        ("intercoder/intercoder_type_of_account.csv", 1239, 413, 3, 0.211),
        ("prodigy-choice-3-annotators", 1776, 593, 3, 0.683),
        ("excel", 1000, 1000, 1, None),
        ("crowdflower", 789, 789, 0, None),
    ],
)
def test_counts_and_alpha(name, rows, items, annotators, alpha):
    table = read_annotations(REAL / name)
    assert (len(table), table["item_id"].nunique()) == (rows, items)
    assert table["annotator"].nunique() == annotators
    if alpha is not None:
        found = agreement(table)
        assert found.alpha == pytest.approx(alpha, abs=5e-4)
        wide = table.drop_duplicates(["item_id", "annotator"], keep="last")
        codes = wide.assign(label=wide["label"].astype("category").cat.codes.astype(float))
        matrix = codes.pivot(index="annotator", columns="item_id", values="label").to_numpy(float)
        oracle = krippendorff.alpha(reliability_data=matrix, level_of_measurement="nominal")
        assert found.alpha == pytest.approx(oracle)


def test_mechanical_turk_without_the_rejected():
    table = read_annotations(REAL / "mturk")
    everything = read_annotations(REAL / "mturk", keep_all=True)
    assert (len(table), len(everything), everything["item_id"].nunique()) == (266, 478, 90)
    assert everything["annotator"].nunique() == 31
    assert agreement(everything).alpha == pytest.approx(-0.05, abs=0.005)
    assert not table["text"].str.contains("&quot;", regex=False).any()


def test_rating_lists_get_their_texts_from_the_other_file():
    table = read_annotations(REAL / "rating-lists")
    assert table["item_id"].nunique() == 400
    assert table["text"].notna().all()
    assert table.groupby("item_id").size().min() >= 20


@pytest.mark.parametrize("name", ["brat", "brat/partition_2"])
def test_brat_of_arguments_is_refused(name):
    with pytest.raises(InputError, match="of parts of texts"):
        read_annotations(REAL / name)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("prodigy/example-datasets/annotated_reddit-INSULT-textcat.jsonl", 442),
        ("prodigy/example-datasets/annotated_github-issues-DOCUMENTATION-textcat.jsonl", 786),
        ("doccano/backend/data_export/pipeline/examples/text_classification/example.jsonl", 3),
        ("doccano/backend/data_export/pipeline/examples/text_classification/example.csv", 3),
        ("doccano/backend/data_export/pipeline/examples/text_classification/example.txt", 3),
        ("doccano/backend/data_import/tests/data/example.utf16.csv", 3),
        ("label-studio/tests/custom/converter/data/test_export_csv/csv_test_history.json", 1),
    ],
)
def test_exports_of_the_tools(name, rows):
    assert len(read_annotations(TOOLS / name)) == rows


def test_nothing_of_the_tools_is_met_with_an_error_that_says_nothing():
    for path in sorted(TOOLS.rglob("*")):
        if path.is_file() and path.name not in ("LICENSE", "SOURCE.txt"):
            try:
                assert len(read_annotations(path)) > 0
            except Exception as error:
                assert type(error).__module__.startswith("stancekit"), (path, error)
                assert len(str(error)) > 40, path
