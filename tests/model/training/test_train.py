"""A model is trained on labelled posts, and its report does not flatter it."""

import numpy as np
import pandas as pd
import pytest

import stancekit
from stancekit.errors import InputError, LabelWarning
from stancekit.features.transformers import CharNgrams
from stancekit.labels import LABELS
from stancekit.model.training import fit
from tests.support import invented


def train(posts, **options):
    options = {"blocks": invented.few_blocks(), "n_jobs": 1, **options}
    return stancekit.train(posts, **options)


def test_what_can_be_learnt_is_learnt(model):
    assert model.classes == LABELS
    assert model.report.macro_f1.value > 0.7
    fresh = invented.posts(50, seed=99, noise=0)
    labels = model.classify(fresh, text="text")
    assert (labels["label"].astype(object) == fresh["label"]).mean() > 0.9


def test_the_report_and_what_is_known_of_the_training():
    posts = invented.posts(40)
    posts.loc[len(posts)] = [None, "neutral"]
    posts.loc[len(posts)] = ["nobody labelled this", None]
    with pytest.warns(LabelWarning, match="1 of 162 rows have no label"):
        made = train(posts, name="mine", seed=7)
    report, about = made.report, made.about
    assert made.name == "mine"
    assert report.classes == made.classes == LABELS
    assert report.posts == 160
    assert report.confusion.sum(axis=1).tolist() == [40] * 4
    assert report.dropped == {"no text": 1, "no label": 1}
    assert report.groups <= 160
    assert report.seed == about["seed"] == 7
    assert report.macro_f1.low < report.macro_f1.value < report.macro_f1.high
    assert "5-fold cross-validation grouped by near-duplicate" in report.how
    assert 0 <= report.ece <= 1
    assert about["posts"] == 160
    assert about["posts_per_label"] == dict.fromkeys(LABELS, 40)
    assert about["folds"] == 5
    assert about["strengths_tried"][str(about["strength"])] == report.macro_f1.value
    assert len(about["training_data"]) == 64
    assert set(about["versions"]) == {"python", "stancekit", "numpy", "scipy", "scikit-learn"}
    assert made.linear.temperature > 0


def test_probabilities_are_calibrated_out_of_fold():
    made = train(invented.posts(100, noise=0.6))
    curve = made.report.reliability
    assert abs(np.average(curve["confidence"] - curve["accuracy"], weights=curve["posts"])) < 0.1


@pytest.mark.parametrize("labels", [("no", "yes"), ("a", "b", "c")], ids=["two", "three"])
def test_any_number_of_labels(labels):
    made = train(invented.posts(40, labels))
    assert made.classes == labels
    table = made.classify(["bravo bravo", "wrong, mistaken, flawed"])
    assert table["label"].tolist() == list(labels[:2])
    assert table[list(labels)].to_numpy().sum(axis=1) == pytest.approx(1)


def test_many_labels_of_few_posts():
    words = [f"{a}{b}" for a in "bdfgklmnprst" for b in ("ano", "elu", "iri")]
    rows = [
        (f"{word} {i} {word} is {i * 7} {word[::-1]}", word) for word in words for i in range(4)
    ]
    made = train(pd.DataFrame(rows, columns=["text", "label"]))
    assert made.classes == tuple(sorted(words))
    assert made.about["folds"] <= 4
    assert made.classify("elu delu delu")["label"].tolist() == ["delu"]


@pytest.mark.slow
@pytest.mark.parametrize("dtype", ["int64", "int8", "Int64", "object", "category", "float64"])
def test_labels_that_are_numbers_stay_numbers(dtype, tmp_path):
    posts = invented.posts(40, (0, 1, 10)).astype({"label": dtype})
    made = train(posts)
    made.save(tmp_path / "model")
    for model in (made, stancekit.load(tmp_path / "model")):
        labels = model.classify(posts, text="text")
        assert model.classes == model.report.classes == (0, 1, 10)
        assert all(type(name) is int for name in (*model.classes, *model.report.classes))
        assert labels["label"].cat.categories.dtype == "int64"
        assert (labels["label"].astype(int) == posts["label"].astype(int)).mean() > 0.7
        assert list(labels.columns) == ["label", "confidence", 0, 1, 10, "reason"]
        assert model.predict_proba(["bravo"]).shape == (1, 3)
        assert model.explain("bravo").label == model.classify("bravo").label[0] == 0
        assert "10" in model.card
    sure = made.threshold_for(precision=0.5, label=1)
    assert sure.index.tolist() == [1]
    assert made.classify(["wrong"], min_confidence={1: 1.0}).reason[0] == "below min_confidence"


def test_truth_values_compare_equal_to_what_comes_back():
    posts = invented.posts(40, (False, True))
    made = train(posts)
    labels = made.classify(posts, text="text")
    assert made.classes == (False, True)
    assert (np.asarray(labels["label"]) == posts["label"]).mean() > 0.7


def test_a_gap_among_numbers_changes_nothing():
    posts = invented.posts(40, (0, 1, 10))
    gap = pd.concat([posts, pd.DataFrame({"text": ["x"], "label": [None]})])
    gap["label"] = gap["label"].astype(float)
    with pytest.warns(LabelWarning, match="1 of 121 rows have no label"):
        assert train(gap).digest == train(posts).digest


def test_numbers_typed_as_text_stay_text():
    posts = invented.posts(40, ("0", "1"))
    assert train(posts).classes == ("0", "1")


def test_other_columns_are_named():
    posts = invented.posts(25).rename(columns={"text": "body", "label": "stance"})
    assert train(posts, text="body", label="stance").digest == train(invented.posts(25)).digest
    with pytest.raises(InputError, match="no column 'text': give text=, one of 'body', 'stance'"):
        train(posts)
    with pytest.raises(InputError, match="no column 'label': give label="):
        train(posts, text="body")


def test_a_label_with_one_post_is_refused():
    posts = pd.concat([invented.posts(20), pd.DataFrame({"text": ["x y"], "label": ["critical2"]})])
    with pytest.raises(InputError, match=r"'critical2' has 1 post.*Annotate more"):
        train(posts)


def test_a_label_with_two_posts_will_do():
    rare = pd.DataFrame({"text": ["zebra one", "zebra two and more"], "label": "rare"})
    made = train(pd.concat([invented.posts(20), rare], ignore_index=True))
    assert made.about["folds"] == 2
    assert "rare" in made.classes


def test_posts_of_weight_zero_are_as_good_as_absent():
    posts = invented.posts(30)
    posts["sure"] = 1
    wrong = posts.assign(label="neutral", sure=0)
    made = train(pd.concat([posts, wrong]), weight="sure")
    assert made.digest == train(posts).digest
    assert made.report.dropped == {"weight 0": 120}
    with pytest.raises(InputError, match=r"row 3: .*no weight"):
        train(posts.assign(sure=[1, 1, 1, -1] * 30), weight="sure")


def test_posts_of_little_weight_have_little_say():
    posts = invented.posts(30, ("no", "yes"), noise=0)
    swap = {"no": "yes", "yes": "no"}
    wrong = posts.assign(label=posts["label"].map(swap), text=posts["text"] + " indeed", sure=0.01)
    made = train(pd.concat([posts.assign(sure=1.0), wrong]), weight="sure")
    assert (made.classify(posts["text"])["label"].astype(object) == posts["label"]).mean() > 0.95


@pytest.mark.slow
def test_the_unit_of_the_weights_plays_no_part():
    posts = invented.posts(25)
    sure = np.arange(100) % 3 + 1.0
    first = train(posts.assign(sure=sure), weight="sure")
    assert train(posts.assign(sure=sure * 4), weight="sure").digest == first.digest
    assert train(posts).digest != first.digest
    assert train(posts.assign(sure=5), weight="sure").digest == train(posts).digest


@pytest.fixture
def splits(monkeypatch):
    """Training and test rows of every fold, as they are fitted."""
    recorded, plain = [], fit._fold

    def fold(matrix, y, weight, split, classes):
        recorded.append(tuple(set(rows.tolist()) for rows in split))
        return plain(matrix, y, weight, split, classes)

    monkeypatch.setattr(fit, "_fold", fold)
    return recorded


def test_a_group_is_never_split(splits):
    posts = invented.posts(30)
    posts["thread"] = np.arange(120) % 17
    texts = posts["text"].tolist()
    made = train(posts, group="thread")
    assert len(splits) == 5
    for seen, scored in splits:
        assert not {i % 17 for i in seen} & {i % 17 for i in scored}
    assert made.report.groups == 17
    assert "and by 'thread'" in made.report.how
    assert texts == posts["text"].tolist()


def test_extra_posts_teach_and_are_never_scored_on():
    posts, extra = invented.posts(10, seed=1, noise=0), invented.posts(200, seed=2, noise=0)
    alone, helped = train(posts), train(posts, extra=extra)
    assert helped.report.posts == alone.report.posts == len(posts)
    assert helped.about["extra_posts"] == len(extra)
    assert helped.report.macro_f1.value > alone.report.macro_f1.value
    assert helped.about["training_data"] != alone.about["training_data"]


def test_a_post_is_not_scored_by_a_model_that_saw_its_copy_among_the_extra_ones(splits):
    posts = invented.posts(30)
    train(posts, extra=pd.concat([posts, invented.posts(10, seed=1)]))
    for seen, scored in splits:
        assert not seen & {120 + i for i in scored}  # row 120 + i is a copy of row i
        assert len(seen & set(range(240, 280))) > 30  # others resemble none that is scored
        assert scored <= set(range(120))


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        ("posts.csv", "extra is str"),
        (pd.DataFrame({"text": ["well done"]}), "label"),
        (
            pd.DataFrame({"text": ["well done"], "label": ["praise"]}),
            "'praise' is in the extra posts only",
        ),
    ],
    ids=["no table", "no labels", "a label of its own"],
)
def test_extra_posts_that_do_not_fit_are_refused(extra, says):
    with pytest.raises(InputError, match=says):
        train(invented.posts(10), extra=extra)


@pytest.mark.slow
def test_learning_reposts_by_heart_is_not_rewarded():
    """Labels drawn at random for each text: only memory could tell them."""
    rng = np.random.default_rng(3)
    rows = []
    for _ in range(60):
        text = " ".join(rng.choice(invented.FILLERS[:20], 14))
        label = rng.choice(["no", "yes"])
        copies = (f"RT @user{i}: {text}{'!' * (i % 3)} https://t.co/{i}" for i in range(12))
        rows += [(copy, label) for copy in copies]
    posts = pd.DataFrame(rows, columns=["text", "label"])
    made = train(posts, blocks={"characters": CharNgrams(bits=14)})
    assert made.report.groups == 60
    assert made.report.macro_f1.value < 0.65
    assert made.report.macro_f1.low < 0.5 < made.report.macro_f1.high + 0.05
    # a split of single posts would have said otherwise
    fitted = made.classify(posts["text"])["label"].astype(object)
    assert (fitted == posts["label"]).mean() > 0.95


@pytest.mark.slow
def test_the_same_posts_and_seed_make_the_same_model():
    posts = invented.posts(25)
    first, again = train(posts), train(posts)
    assert (first.digest, first.report, first.about) == (again.digest, again.report, again.about)
    other = train(posts, seed=1)
    assert other.about["training_data"] == first.about["training_data"]
    assert other.report != first.report


def test_the_number_of_processes_plays_no_part():
    posts = invented.posts(25)
    first, second = train(posts), train(posts, n_jobs=2)
    assert (first.digest, first.report) == (second.digest, second.report)


def test_the_index_of_the_table_plays_no_part():
    posts = invented.posts(25)
    assert train(posts.set_axis([0] * 100)).digest == train(posts).digest


@pytest.mark.slow
@pytest.mark.parametrize(("column", "value"), [("text", "another text"), ("label", "neutral")])
def test_the_training_data_have_a_digest(column, value):
    posts = invented.posts(10).sort_values("label", ignore_index=True)
    before = train(posts).about["training_data"]
    posts.loc[3, column] = value
    assert train(posts).about["training_data"] != before


def test_without_a_terminal_there_is_no_bar_unless_it_is_asked_for(capfd):
    posts = invented.posts(20)
    train(posts)
    assert capfd.readouterr() == ("", "")
    train(posts, progress=True)
    out, err = capfd.readouterr()
    assert out == ""
    assert "training" in err
    assert "100%" in err


def test_the_table_given_is_not_changed():
    posts = invented.posts(20).assign(sure=1, thread="x")
    kept = posts.copy(deep=True)
    train(posts, weight="sure")
    pd.testing.assert_frame_equal(posts, kept)


@pytest.mark.parametrize("bad", [{"seed": -1}, {"seed": "a"}, {"n_jobs": 0}, {"n_jobs": "x"}])
def test_bad_seeds_and_jobs_are_refused_before_any_work(bad):
    with pytest.raises(InputError, match=next(iter(bad))):
        stancekit.train(pd.DataFrame({"text": [], "label": []}), **bad)
