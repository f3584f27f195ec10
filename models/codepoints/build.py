"""Build stancekit/text/data/codepoints.npz: what the segmentation knows of every code point.

    python models/codepoints/build.py

The table is written once and shipped, so that a post has the same tokens whatever Unicode version
the user's Python was built with. The properties come from the `regex` package.
"""

from pathlib import Path

import numpy as np
import regex

from stancekit.text.codepoints import Flag

OUT = Path(__file__).parents[2] / "stancekit" / "text" / "data" / "codepoints.npz"
N = 0x110000
TEXT = "".join(map(chr, range(0xD800))) + "\ufffd" * 0x800 + "".join(map(chr, range(0xE000, N)))

# twitter-text, js/src/regexp: hashSigns, hashtagSpecialChars, latinAccentChars
HASHTAG_SPECIAL = (
    r"_\u200c\u200d\ua67e\u05be\u05f3\u05f4\uff5e\u301c\u309b\u309c\u30a0\u30fb\u3003"
    r"\u0f0b\u0f0c\u00b7"
)
LATIN_ACCENT = (
    r"\xC0-\xD6\xD8-\xF6\xF8-\xFF\u0100-\u024F\u0253\u0254\u0256\u0257\u0259\u025B\u0263\u0268"
    r"\u026F\u0272\u0289\u028B\u02BB\u0300-\u036F\u1E00-\u1EFF"
)
# Characters of Extended_Pictographic that are ordinary text unless U+FE0F follows.
TEXT_EMOJI = r"[\u00a9\u00ae\u203c\u2049\u2122\u2139]"

PROPERTIES = {
    Flag.LETTER: r"[\p{L}\p{M}--[\u20e3\ufe00-\ufe0f\U000e0100-\U000e01ef]]",
    Flag.DIGIT: r"[\p{Nd}]",
    Flag.WORD: r"[[\p{L}\p{M}\p{N}_]--[\u20e3\ufe00-\ufe0f\U000e0100-\U000e01ef]]",
    Flag.SPACE: r"[\s\p{Cc}\p{Zs}\p{Zl}\p{Zp}\u2028\u2029]",
    Flag.EMOJI: r"[[\p{Extended_Pictographic}\p{Emoji_Presentation}\U0001f3fb-\U0001f3ff]"
    r"--[\u0000-\u218f]]",
    Flag.TEXT_EMOJI: TEXT_EMOJI,
    Flag.FLAG_LETTER: r"[\U0001f1e6-\U0001f1ff]",
    Flag.INVISIBLE: r"[\p{Cf}\u20e3\ufe00-\ufe0f\U000e0100-\U000e01ef\u115f\u1160\u3164\u034f]",
    Flag.UPPER: r"[\p{Lu}\p{Lt}]",
    Flag.HASHTAG: rf"[\p{{L}}\p{{M}}\p{{Nd}}{HASHTAG_SPECIAL}]",
    Flag.HASHTAG_LETTER: r"[\p{L}\p{M}]",
    Flag.HANDLE: r"[A-Za-z0-9_]",
    Flag.LATIN_ACCENT: rf"[{LATIN_ACCENT}]",
}

STRAIGHT = {
    "\u2018": "'",
    "\u2019": "'",
    "\u201a": "'",
    "\u201b": "'",
    "\u02bc": "'",
    "\u00b4": "'",
    "`": "'",
    "\u2032": "'",
    "\uff07": "'",
    "\u201c": '"',
    "\u201d": '"',
    "\u201e": '"',
    "\u201f": '"',
    "\u00ab": '"',
    "\u00bb": '"',
    "\u2033": '"',
    "\u2010": "-",
    "\u2011": "-",
    "\u2012": "-",
    "\u2013": "-",
    "\u2014": "-",
    "\u2015": "-",
    "\u2212": "-",
    "\u2026": ".",
    "\uff03": "#",
    "\uff20": "@",
}


def ranges(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Run-length encode: first index and value of every run."""
    first = np.flatnonzero(np.r_[True, values[1:] != values[:-1]])
    return first.astype(np.uint32), values[first]


def main() -> None:
    """Write the table."""
    flags = np.zeros(N, np.uint16)
    for flag, pattern in PROPERTIES.items():
        for match in regex.finditer(f"(?V1){pattern}+", TEXT):
            flags[match.start() : match.end()] |= int(flag)
    # a keycap or a word-internal sign, never a separator on its own
    fold = np.arange(N, dtype=np.uint32)
    for cp in range(N):
        low = TEXT[cp].lower()
        if len(low) == 1 and not 0xD800 <= cp < 0xE000:
            fold[cp] = ord(low)
    for cp in range(0xFF01, 0xFF5F):  # full-width forms of ASCII
        fold[cp] = ord(chr(cp - 0xFEE0).lower())
    fold[0x3C2], fold[0x130] = 0x3C3, ord("i")  # final sigma, dotted capital I: one letter's cases
    fold[0xE000:0xE004] = 0xFFFD  # stancekit.text.normalise has marks of its own there
    for char, plain in STRAIGHT.items():
        fold[ord(char)] = ord(plain)
    fold[(flags & int(Flag.DIGIT)) > 0] = ord("0")
    fold[(flags & int(Flag.SPACE)) > 0] = ord(" ")
    changed = np.flatnonzero(fold != np.arange(N)).astype(np.uint32)
    start, value = ranges(flags)
    np.savez_compressed(OUT, start=start, flags=value, folded=changed, to=fold[changed])
    print(OUT.name, OUT.stat().st_size, "bytes,", len(start), "runs,", len(changed), "folded")


if __name__ == "__main__":
    main()
