"""Halves of characters, which neither Arrow nor tokenizers take."""


def without_surrogates(text: str) -> str:
    r"""Join surrogate pairs into characters; a lone surrogate becomes U+FFFD.

    Examples
    --------
    >>> without_surrogates("a tram \ud83d\ude8b"), without_surrogates("cut \ud83d")
    ('a tram 🚋', 'cut �')
    """
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
