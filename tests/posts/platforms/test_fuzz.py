"""Damaged exports of social platforms: rows, rejects or a StancekitError, and nothing else."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stancekit.errors import StancekitError
from stancekit.posts import Notice, Reject, detect, read_records, to_frame
from tests.support.samples_social import SAMPLES

quick = settings(max_examples=30)


@pytest.fixture(scope="module")
def wholes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("social")
    wholes = {}
    for name, write in SAMPLES.items():
        write(folder / name)
        wholes[name] = (folder / name).read_bytes()
    return folder / "export", wholes


def read_all(path, name):
    for choice in (None, name):
        try:
            items = list(read_records(path, choice))
        except StancekitError as error:
            assert str(error)
            continue
        to_frame([item for item in items if isinstance(item, dict)])
        assert all(isinstance(item, dict | Reject | Notice) for item in items)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_sample_is_told_by_its_content_and_read_whole(wholes, name):
    path, raw = wholes
    path.write_bytes(raw[name])
    assert detect(path).name == name
    items = list(read_records(path))
    records = [item for item in items if isinstance(item, dict)]
    assert records and not any(isinstance(item, Reject) for item in items)
    assert all("source_ref" in r and r["source_format"] == name for r in records)
    assert any("déjà" in (r.get("text") or "") for r in records)


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
@quick
@given(data=st.data())
def test_truncated(wholes, name, data):
    path, raw = wholes
    path.write_bytes(raw[name][: data.draw(st.integers(0, len(raw[name]) - 1))])
    read_all(path, name)


@pytest.mark.slow
@pytest.mark.parametrize("name", SAMPLES)
@quick
@given(data=st.data())
def test_flipped_bits(wholes, name, data):
    path, raw = wholes
    mangled = bytearray(raw[name])
    places = st.lists(st.integers(0, len(mangled) * 8 - 1), min_size=1, max_size=20)
    for place in data.draw(places):
        mangled[place // 8] ^= 1 << place % 8
    path.write_bytes(mangled)
    read_all(path, name)


def paths_in(value, so_far=()):
    yield so_far
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths_in(inner, (*so_far, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from paths_in(inner, (*so_far, place))


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("text", "id", "uri", "value")), inner, max_size=3)
    ),
    max_leaves=5,
)
JSON = sorted(set(SAMPLES) - {"mastodon-outbox", "bluesky-car", "youtube-takeout"})


@pytest.mark.slow
@pytest.mark.parametrize("name", JSON)
@settings(quick, max_examples=80)
@given(data=st.data())
def test_anything_in_any_place(wholes, name, data):
    path, raw = wholes
    text = raw[name].decode().splitlines()[0] if name == "bluesky-jetstream" else raw[name].decode()
    value = json.loads(text)
    for _ in range(2):
        place = data.draw(st.sampled_from(list(paths_in(value))))
        holder = value
        for key in place[:-1]:
            holder = holder[key]
        if place:
            holder[place[-1]] = data.draw(anything)
        else:
            value = data.draw(anything)
        if not isinstance(value, dict | list):
            break
    path.write_text(json.dumps(value) + "\n", encoding="utf-8")
    read_all(path, name)


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("bomb", ['{"a":' * 100_000, "[" * 100_000, '{"messages":[' * 50_000])
def test_deep_nesting_ends_soon(wholes, name, bomb):
    """Without a limit on depth this takes hours."""
    path, _ = wholes
    path.write_text(bomb, encoding="utf-8")
    try:
        items = list(read_records(path, name))
    except StancekitError:
        return
    assert not any(isinstance(item, dict) for item in items)
