"""Small true pictures, as somebody's logo would be."""

from __future__ import annotations

import io

from PIL import Image


def picture(kind: str, size: tuple[int, int] = (24, 8)) -> bytes:
    """Return a blue picture of `size` pixels as "PNG" or "JPEG"."""
    out = io.BytesIO()
    Image.new("RGB", size, (0, 114, 178)).save(out, kind)
    return out.getvalue()
