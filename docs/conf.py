"""How the site is built: uv run sphinx-build -W --keep-going -c docs . docs/_build.

The source folder is the whole project, so that a link between two pages means the same in the site as on the forge.
Nothing is fetched, neither while building nor while reading: no intersphinx, no MathJax, no fonts from elsewhere.
"""

from __future__ import annotations

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "netlearn"
author = "The netlearn developers"
copyright = "The netlearn developers, BSD-3-Clause"
version = release = version_of("netlearn")

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "public_names",
]
root_doc = "docs/index"
include_patterns = ["docs/**.md", "*.md", "data/*/SOURCE.md", "benchmarks/README.md"]
# The forge shows docs/README.md below the folder; the site starts at docs/index.md.
exclude_patterns = ["docs/_build", "docs/README.md", ".*", "src", "tests", "**/out"]

myst_heading_anchors = 4
default_role = "code"  # `x` in a docstring is code, as in Markdown

autosummary_generate = False  # every name stands on the page of its theme
autodoc_typehints = "none"  # the docstring says what each argument means; signatures stay short
autodoc_member_order = "bysource"
napoleon_google_docstring = False
napoleon_use_rtype = False
napoleon_use_param = False  # types are said in words, `(n, n) float`: nothing to look up and link
napoleon_custom_sections = [("Attributes", "params_style")]
add_module_names = False
toc_object_entries_show_parents = "hide"

html_theme = "furo"
html_title = "netlearn"
html_static_path = ["_static"]
html_extra_path = ["_extra"]
html_css_files = ["site.css"]
html_copy_source = False
html_domain_indices = False
html_show_sphinx = False
