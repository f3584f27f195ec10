"""The documentation site: what Sphinx builds of pages, notebooks and docstrings.

The source folder is the root of the repository, so that every link leads where it leads there:
``sphinx-build -c docs . build/docs``, which is ``make docs``. Nothing is fetched, and no notebook
is run: their outputs are kept in them, and the test suite runs them.
"""

import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parent)]

from stancekit.version import __version__  # noqa: E402

project = "stancekit"
author = "The stancekit authors"
copyright = "2026, the stancekit authors"  # noqa: A001 (what Sphinx calls it)
version = release = __version__

extensions = [
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "numpydoc",
    "myst_nb",
    "sphinx_design",
    "commands",
    "front_door",
]
root_doc = "docs/index"
include_patterns = [
    "docs/**",
    "notebooks/*.ipynb",
    "data/*.md",
    "data/annotations/*.md",
    "stancekit/model/shipped/**.md",
    "stancekit/text/data/*.md",
    "stancekit/features/**.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "SECURITY.md",
]
exclude_patterns = ["build", "dist", ".*", "tests", "benchmarks", "models", "docs/_*", "**/.*"]
source_suffix = {".rst": "restructuredtext", ".md": "myst-nb", ".ipynb": "myst-nb"}
templates_path = [str(HERE / "_templates")]  # autosummary looks under the source folder
nitpicky = False
suppress_warnings = ["misc.highlighting_failure"]

# Markdown and notebooks
myst_enable_extensions = ["attrs_block", "attrs_inline", "colon_fence", "deflist"]
myst_heading_anchors = 4
nb_execution_mode = "off"
nb_ipywidgets_js: dict[str, Any] = {}  # a page fetches nothing

# Docstrings
default_role = "py:obj"
autosummary_generate = True
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
python_maximum_signature_line_length = 88
autodoc_member_order = "bysource"
numpydoc_show_class_members = False
numpydoc_attributes_as_param_list = True
python_use_unqualified_type_names = True

html_theme = "pydata_sphinx_theme"
html_title = "stancekit"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_theme_options = {
    "logo": {"text": "stancekit"},
    "navbar_align": "left",
    "navbar_end": ["theme-switcher"],
    "navbar_persistent": ["search-button-field"],
    "header_links_before_dropdown": 6,
    "show_prev_next": True,
    "show_toc_level": 2,
    "navigation_with_keys": False,
    "footer_start": ["copyright"],
    "footer_end": ["theme-version"],
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_sidebars = {"docs/index": []}
