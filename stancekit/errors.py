"""Every error and warning stancekit raises on purpose.

A message says what was wrong, where (file, line, column) and what to do next.
"""


class StancekitError(Exception):
    """Base of all errors a user can mend; the command line prints it and exits with 1, or 2."""


class InputError(StancekitError, ValueError):
    """The posts given cannot be used: wrong type, wrong shape, missing column."""


class ArgumentError(InputError):
    """What was asked for cannot be, whatever the posts are: the command line exits with 2."""


class MissingExtraError(InputError):
    """What is asked for needs an optional library that is not installed."""


class FormatError(StancekitError):
    """A file is not in the format it was taken for, or in none that is known."""


class ModelFormatError(StancekitError):
    """A saved model is damaged, truncated, too new, or does not fit together."""


class UnknownModelError(ModelFormatError, ArgumentError):
    """No model has that name, and there is none in a folder of that name."""


class RunError(StancekitError):
    """A labelling run cannot go on: another run's journal, a lock, a vanished source."""


class LanguageWarning(UserWarning):
    """Many posts are in a language that the model was not trained on."""


class LabelWarning(UserWarning):
    """Something is odd about the labels of posts to learn from."""


class LeakWarning(UserWarning):
    """Scores are likely too good: something tells the label, or was learnt from already."""
