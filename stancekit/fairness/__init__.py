"""Whether a model takes sides: audits, and names to swap in training posts."""

from stancekit.fairness.auditing import audit
from stancekit.fairness.names import NamePair, read_names
from stancekit.fairness.result import Audit
from stancekit.fairness.swap import camp_names, swap_camps
from stancekit.fairness.templates import Template, read_templates

__all__ = [
    "Audit",
    "NamePair",
    "Template",
    "audit",
    "camp_names",
    "read_names",
    "read_templates",
    "swap_camps",
]
