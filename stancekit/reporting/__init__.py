"""From labelled posts to what is looked at: one page, and the numbers on it, each by itself."""

from typing import TYPE_CHECKING

from stancekit.lazy import names_of

if TYPE_CHECKING:
    from stancekit.reporting.counting.addressed import Addressed as Addressed
    from stancekit.reporting.counting.addressed import most_addressed as most_addressed
    from stancekit.reporting.counting.examples import examples as examples
    from stancekit.reporting.counting.model_error import ModelError as ModelError
    from stancekit.reporting.counting.model_error import error_of_checked as error_of_checked
    from stancekit.reporting.counting.model_error import error_of_report as error_of_report
    from stancekit.reporting.counting.tally import Tally as Tally
    from stancekit.reporting.counting.tally import tally as tally
    from stancekit.reporting.counting.timeline import Timeline as Timeline
    from stancekit.reporting.counting.timeline import timeline as timeline
    from stancekit.reporting.counting.words import Distinguishing as Distinguishing
    from stancekit.reporting.counting.words import MostUsed as MostUsed
    from stancekit.reporting.counting.words import distinguishing as distinguishing
    from stancekit.reporting.counting.words import most_used as most_used
    from stancekit.reporting.findings import Findings as Findings
    from stancekit.reporting.making import report as report
    from stancekit.reporting.overview import Overview as Overview

# Imported when asked for: who counts words needs no template.
_HOMES: dict[str, str] = {
    "Addressed": "stancekit.reporting.counting.addressed",
    "Distinguishing": "stancekit.reporting.counting.words",
    "Findings": "stancekit.reporting.findings",
    "ModelError": "stancekit.reporting.counting.model_error",
    "MostUsed": "stancekit.reporting.counting.words",
    "Overview": "stancekit.reporting.overview",
    "Tally": "stancekit.reporting.counting.tally",
    "Timeline": "stancekit.reporting.counting.timeline",
    "distinguishing": "stancekit.reporting.counting.words",
    "error_of_checked": "stancekit.reporting.counting.model_error",
    "error_of_report": "stancekit.reporting.counting.model_error",
    "examples": "stancekit.reporting.counting.examples",
    "most_addressed": "stancekit.reporting.counting.addressed",
    "most_used": "stancekit.reporting.counting.words",
    "report": "stancekit.reporting.making",
    "tally": "stancekit.reporting.counting.tally",
    "timeline": "stancekit.reporting.counting.timeline",
}
__all__: list[str] = list(_HOMES)
__getattr__, __dir__ = names_of(__name__, _HOMES)
