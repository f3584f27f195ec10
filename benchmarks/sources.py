"""What the linear model is worth on sources it has never seen: `python benchmarks/sources.py DATA`.

DATA holds ``gold`` and ``public``. The recipe of the shipped linear model, with whole
sources of the second round left out by turns (grouped cross-validation by source); beside it the
same with sources mixed, as the model's own report has it. Model-annotated; 95 % bootstrap intervals
over near-duplicate groups. No unlabelled
posts are learnt from here, since they are of the same sources.
"""

import sys
import warnings
from pathlib import Path

import pandas as pd

from stancekit import train
from stancekit.errors import LabelWarning
from stancekit.model.training.design import default_blocks

sys.path.insert(0, str(Path(__file__).parents[1] / "models" / "fast"))
from build import TEMPLATE_WEIGHT, TEMPLATES, gold, made_posts, taught


def main() -> None:
    """Train both ways, print both reports."""
    warnings.simplefilter("ignore", LabelWarning)
    data = Path(sys.argv[1])
    posts = gold(data, "train-2")
    made = made_posts(TEMPLATES).assign(weight=TEMPLATE_WEIGHT)
    extra = pd.concat([gold(data, "train"), taught(data), made], ignore_index=True)
    extra = extra[~extra["text"].isin(posts["text"])]
    blocks = default_blocks()
    del blocks["vectors"]
    for name in ("words", "characters"):
        blocks[name].set_params(mask_names="everywhere")
    for group in (None, "source"):
        model = train(
            posts, weight="weight", extra=extra, group=group, blocks=blocks, reading=True, seed=0
        )
        print("sources mixed" if group is None else "sources left out", model.report, sep="\n\n")


if __name__ == "__main__":
    main()
