"""Messages speak Python; here they are put into the words of the command line."""

import re
from typing import Final


def in_options(message: str) -> str:
    """Put a message's words for Python into those of the command line.

    Examples
    --------
    >>> in_options("say which one, as in text='Full Text'; or day_first=True")
    'say which one, as in -O "text=Full Text"; or -O day_first=yes'
    >>> in_options("since is 'May': give a date. Or start over with force=True")
    "--since is 'May': give a date. Or start over with --force"
    >>> in_options('Many times as fast: model="fast"')
    'Many times as fast: --model fast'
    >>> in_options("a.csv: columns taken as text='body', lang='lang'")
    "a.csv: columns taken as text='body', lang='lang'"
    """
    if _FOUND in message:
        return message
    message = _ARGUMENT.sub(lambda found: _NAMES[found[1]], message, count=1)
    message = _ASSIGNED.sub(_as_option, message)
    for python, words in _WORDS.items():
        message = message.replace(python, words)
    return message


#: What was found is told, not asked for.
_FOUND: Final = "columns taken as"
#: Arguments that are options of the command line.
_NAMES: Final = {
    name: f"--{name.replace('_', '-')}"
    for name in (
        "since",
        "until",
        "lang",
        "only",
        "select",
        "workers",
        "min_confidence",
        "format",
        "model",
        "item",
        "annotator",
        "label",
        "level",
    )
} | {"n_jobs": "--jobs", "on_error": "--on-error"}
#: Flags: said or not.
_FLAGS: Final = {
    "force": "--force",
    "keep_text": "--keep-text",
    "excel": "--excel",
    "keep_all": "--keep-all",
}
_WORDS: Final = {
    "give True or False": "give yes or no",
    "stancekit.looks_english tells": "In Python, stancekit.looks_english tells",
    "leave out with select": "leave out with --select",
    "or None for one": "or nothing for one",
    "with workers=": "with --workers",
    "Use label_archive": "Leave --engine dask out",
}

#: How a message begins that is about an argument.
_ARGUMENT: Final = re.compile(rf"^({'|'.join(_NAMES)})(?= is |: | names )")
_ASSIGNED: Final = re.compile(
    rf"\b({'|'.join({*_NAMES, *_FLAGS})}|text|id|author|time|header|delimiter|encoding|sheet|items|"
    r"time_format|day_first|[a-z]+_id|[a-z]+_author)="
    r"""(?:'([^'\n]*)'|"([^"\n]*)"|(True|False)\b)"""
)


def _as_option(found: re.Match[str]) -> str:
    name, value = found[1], found[2] or found[3] or ""
    if found[4]:
        value = "yes" if found[4] == "True" else "no"
    if name in _FLAGS and value == "yes":
        return _FLAGS[name]
    if name in _NAMES:
        return f"{_NAMES[name]} {value}"
    told = f"{name}={value}"
    return f'-O "{told}"' if re.search(r"[^\w=.-]", told) else f"-O {told}"
