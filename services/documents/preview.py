"""Pages of a PDF as pictures, for preview and for printing through the system's printer. PDFium is loaded at first use.

PDFium is not safe for threads, so one call runs at a time.
"""

from __future__ import annotations

import io
import threading
from typing import Any

from services.errors import BadInput

_lock = threading.Lock()
_MAX_DPI = 600


def page_count(pdf: bytes) -> int:
    """Pages of a PDF. Raises BadInput `document_unreadable`."""
    with _lock:
        document = _open(pdf)
        try:
            return len(document)
        finally:
            document.close()


def render_page_png(pdf: bytes, page: int, dpi: float) -> bytes:
    """Page `page` (from 1) as a PNG at up to 600 dpi. Raises BadInput `document_unreadable` and `document_page`."""
    with _lock:
        document = _open(pdf)
        try:
            if not 1 <= page <= len(document):
                raise BadInput("document_page", page=page, pages=len(document))
            picture = document[page - 1].render(scale=min(dpi, _MAX_DPI) / 72).to_pil()
        finally:
            document.close()
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _open(pdf: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise BadInput("document_unreadable") from error
