"""Writing the evidence book of an order: a story to read (PDF) and what proves it (JSON), side by side under one name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from services.errors import Environment
from services.exports.orders import Door
from services.exports.pipeline import write_text
from services.queries.evidence import EvidenceOf

_PLAIN = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True)
class WrittenBook:
    pdf: Path
    json: Path
    entries: int
    digest: str


def write_evidence(desk: Door, order_id: int, folder: Path, lang: str) -> WrittenBook:
    """Write `evidence-NUMBER.json` and `.pdf` into `folder`, made if need be; files of those names are replaced.

    Raises what EvidenceOf raises, and Environment("export_refused").
    """
    told: Mapping[str, Any] = desk.read(EvidenceOf(order_id))
    name = f"evidence-{_PLAIN.sub('_', str(told['order']['number']))}"
    pdf, plain = folder / f"{name}.pdf", folder / f"{name}.json"
    from services.documents.evidence_book import render_evidence

    drawn = BytesIO()
    render_evidence(told, plain.name, lang, drawn)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_text(plain, json.dumps(told, ensure_ascii=False, indent=1))
        pdf.write_bytes(drawn.getvalue())
    except OSError as error:
        raise Environment("export_refused", path=str(error.filename or folder), why=error.strerror or str(error)) from error
    return WrittenBook(pdf, plain, len(told["entries"]), str(told["digest"]))
