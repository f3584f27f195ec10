"""What a page says of a model is what its card says of this model, and not of another."""

import re

import pytest

import stancekit
from stancekit.model.saved.names import TIERS
from stancekit.reporting.card import trust_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", TIERS)
def test_scores_by_domain_are_those_of_the_model(name):
    found = trust_of(stancekit.load(name))
    assert [row[0] for row in found.domains] == ["domain", "political", "everyday", "storm"]
    cards = [str(stancekit.load(one).about["notes"]) for one in TIERS]
    told = next(
        part
        for card in cards
        for part in (re.split(rf"^{name}:$", card, flags=re.M)[1:] or [card] * (name == "fast"))
        if " | ".join(found.domains[1]) in part
    )
    assert told
    others = {one: trust_of(stancekit.load(one)).domains for one in TIERS if one != name}
    assert found.domains not in others.values()
    assert "annotated by a language model" in found.how
    assert any("Sarcasm" in one for one in found.caveats)


def test_a_model_of_ones_own_has_its_own_card(model):
    found = trust_of(model)
    assert found.domains == ()
    assert found.caveats == ()
