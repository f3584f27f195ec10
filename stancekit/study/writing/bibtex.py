"""What a paragraph on methods cites, as BibTeX."""

from __future__ import annotations

from typing import Final

from stancekit.version import __version__

#: How the correction is cited, in Markdown and written out.
CITED: Final = "[@holt1979; compare @angelopoulos2023; @egami2023]"
WRITTEN_OUT: Final = "(Holt & Smith 1979; compare Angelopoulos et al. 2023; Egami et al. 2023)"

_SOFTWARE: Final = """\
@software{{stancekit,
  author = {{{{The stancekit authors}}}},
  title = {{stancekit: labelling posts as supportive, critical or dog-piling}},
  version = {{{version}}}
}}"""

_CORRECTION: Final = """\
@article{holt1979,
  author = {Holt, D. and Smith, T. M. F.},
  title = {Post Stratification},
  journal = {Journal of the Royal Statistical Society A},
  volume = {142}, number = {1}, pages = {33--46}, year = {1979}
}

@misc{angelopoulos2023,
  author = {Angelopoulos, Anastasios N. and Duchi, John C. and Zrnic, Tijana},
  title = {{PPI++}: Efficient Prediction-Powered Inference},
  year = {2023}, eprint = {2311.01453}, archivePrefix = {arXiv}
}

@inproceedings{egami2023,
  author = {Egami, Naoki and Hinck, Musashi and Stewart, Brandon M. and Wei, Hanying},
  title = {Using Imperfect Surrogates for Downstream Inference: Design-based Supervised Learning
    for Social Science Applications of Large Language Models},
  booktitle = {Advances in Neural Information Processing Systems},
  volume = {36}, year = {2023}
}"""


def entries(*, corrected: bool) -> str:
    """Return the entry of stancekit, and those of the correction where one was made."""
    software = _SOFTWARE.format(version=__version__)
    return f"{software}\n\n{_CORRECTION}" if corrected else software
