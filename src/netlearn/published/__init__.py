"""Published data sets: downloaded once, checked by their hash, read as panels or made into study folders."""

from __future__ import annotations

from netlearn.published.catalogue import load_published, published_names
from netlearn.published.folder import write_study_folder

__all__ = ["load_published", "published_names", "write_study_folder"]
