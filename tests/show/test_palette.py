"""The colours of the labels: told apart by all eyes, on any ground, in grey."""

import itertools

import numpy as np
import pytest

from stancekit.labels import LABELS
from stancekit.show.palette import DARK_GROUND, LIGHT_GROUND, looks

#: Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB.
EYES = {
    "all cones": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
XYZ = np.array(
    [[0.41246, 0.35758, 0.18044], [0.21267, 0.71515, 0.07217], [0.01933, 0.11919, 0.95030]]
)


def linear(colour):
    value = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    x, y, z = XYZ @ np.clip(rgb, 0, 1) / (0.95047, 1, 1.08883)
    x, y, z = (np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def contrast(one, other):
    low, high = sorted(float((XYZ @ linear(colour))[1]) for colour in (one, other))
    return (high + 0.05) / (low + 0.05)


def colours(dark):
    return [look.on(dark) for look in looks(LABELS)]


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("eyes", EYES)
def test_every_two_labels_are_told_apart_by_all_eyes(eyes, dark):
    seen = [lab(np.array(EYES[eyes]) @ linear(colour)) for colour in colours(dark)]
    apart = [np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)]
    assert min(apart) >= 20  # of CIE76; 2.3 is just noticeable


@pytest.mark.parametrize("dark", [False, True])
def test_they_stand_out_from_the_ground_and_differ_in_grey(dark):
    ground = DARK_GROUND if dark else LIGHT_GROUND
    assert all(contrast(colour, ground) >= 3 for colour in colours(dark))
    lightness = sorted(lab(linear(colour))[0] for colour in colours(dark))
    assert min(np.diff(lightness)) >= 7


def test_a_label_looks_the_same_beside_any_others():
    assert looks(LABELS[::-1]) == looks(LABELS)[::-1]
    assert len(set(looks(LABELS))) == len(LABELS)


def test_any_number_of_other_labels_has_a_look():
    assert len(looks(range(30))) == 30
    assert len(set(looks(["yes", "no"]))) == 2
