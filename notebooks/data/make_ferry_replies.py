"""Invent the replies of notebook 04: islanders of Skerrow argue about their ferry for three months.

    python notebooks/data/make_ferry_replies.py

Nobody in it exists. What each reply truly does is known, since it was made to.
"""

from pathlib import Path

import numpy as np
import pandas as pd

REPLIES = {
    "supportive": [
        "Thank you {who}, the {time} got my {kin} to the clinic on time",
        "Full credit to {who} for keeping the {thing} going through {weather}",
        "Whatever people say, {who} answered every question at the {place}. Respect.",
        "Well done crew, {weather} and still on time at {place}",
        "I'm with {who} on this one. The {thing} needs the money first.",
        "So glad somebody finally said it. Agree with every word about the {thing}.",
        "Thinking of {who} and the family this week ❤️",
        "Leave {who} be, nobody else on this island would do that job",
        "Yes! Scrap the {time} surcharge, it's about time",
        "{who} carried my {kin} down the gangway. You don't forget that.",
    ],
    "critical": [
        "{who} promised a second boat by spring. Where is it?",
        "Great, another {weather} excuse. That's the third this month.",
        "Closing the {place} office without asking anybody is wrong",
        "We pay more and the {thing} gets worse every year",
        "Oh wonderful, the {time} is cancelled again. Just what my {kin} needed.",
        "Nobody asked for the new timetable and nobody can use it",
        "{who} signed off the {thing} repair and it lasted nine days",
        "How can the {time} be full when half the deck is empty?",
        "The report was hidden from the council. Shame on {who}.",
        "A refund form with eleven pages. Who thinks of these things?",
        "This plan takes the {time} from the very people who need it",
    ],
    "dog-piling": [
        "{who} is a useless lump who couldn't steer a bath",
        "Look at this clown {who}, somebody take the wheel away",
        "Resign {who} you pathetic liar",
        "Typical {place} lot, thick as the harbour wall every one of them",
        "Hope {who} goes down with the {thing}",
        "Everyone go and tell {who} what we think of them tonight",
        "Ha ha cry harder {who}",
        "{who} has the brains of a wet sponge and the face to match",
    ],
    "neutral": [
        "Is the {time} running today?",
        "{time} from {place} now leaving at quarter past",
        "Lost: a red scarf on the {time}, {place} side",
        "Does the day ticket work on the {time} as well?",
        "Council meets at the {place} on Thursday, agenda on the board",
        "Took my {kin} to see the seals at {place}",
        "{weather} forecast for the weekend",
        "Anyone got the number of the {place} office?",
        "Two tickets for the {time} going, can't use them",
        "First coffee of the day at the {place} pier",
        "New winter timetable is out, {time} is on page two",
    ],
}
FILL = {
    "who": [
        "Captain Orrin",
        "Mairi Vance",
        "the harbour board",
        "Tam Leask",
        "@ferrydesk",
        "Ms Quill",
    ],
    "time": ["7.10 sailing", "noon boat", "evening sailing", "last boat", "Sunday boat"],
    "kin": ["mother", "wee brother", "granddad", "neighbour", "daughter"],
    "thing": ["ferry", "slipway", "old engine", "booking line", "pier"],
    "weather": ["fog", "a northerly", "sleet", "half a gale", "ice"],
    "place": ["Nort Ness", "Skerrow town", "harbour", "Sound of Holm", "west pier"],
}
SHARES = {"2025-01": (0.22, 0.30, 0.03, 0.45), "2025-02": (0.12, 0.52, 0.16, 0.20),
          "2025-03": (0.18, 0.40, 0.06, 0.36)}  # fmt: skip
SIZES = {"2025-01": 400, "2025-02": 900, "2025-03": 500}
ENDINGS = [
    "",
    "",
    "",
    ".",
    "!",
    " ...",
    " tbh",
    " honestly",
    " again",
    " #SkerrowFerry",
    " 🙃",
    " today",
]


def main() -> None:
    """Write ferry_replies.csv beside this file."""
    rng = np.random.default_rng(7)
    rows = []
    for month, size in SIZES.items():
        for label in rng.choice(list(REPLIES), size, p=SHARES[month]):
            told = [row for row in rows if row["true_label"] == label]
            if told and rng.random() < 0.12:  # somebody copies what was said before
                text = told[rng.integers(len(told))]["text"]
            else:
                chosen = {name: rng.choice(words) for name, words in FILL.items()}
                text = rng.choice(REPLIES[label]).format(**chosen) + rng.choice(ENDINGS)
            time = pd.Timestamp(f"{month}-01 06:00", tz="UTC") + pd.Timedelta(
                minutes=int(rng.integers(0, 28 * 24 * 60))
            )
            author = f"islander{int(rng.pareto(1.2) * 20) % 700}"
            rows.append({"author": author, "created_at": time, "text": text, "true_label": label})
    posts = pd.DataFrame(rows).sort_values("created_at").reset_index(drop=True)
    posts.insert(0, "id", [f"f{number:04d}" for number in range(len(posts))])
    posts.to_csv(Path(__file__).with_name("ferry_replies.csv"), index=False)


if __name__ == "__main__":
    main()
