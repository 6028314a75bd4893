"""What goods are called in one line: the title, and of the properties what the title does not say already."""

from __future__ import annotations

import re

_PARTS = re.compile(r"[;；,，]")


def goods_name(title: str, properties: str, code: str = "") -> str:
    """`桂花乌龙 250g 罐装` of that title and `净含量:250g;包装:罐装`; `桂花乌龙 罐装` where the title is `桂花乌龙`. Without words the code."""
    said = [title] if title else []
    for part in _PARTS.split(properties):
        value = re.split(r"[:：]", part, maxsplit=1)[-1].strip()
        if value and value not in title:
            said.append(value)
    return " ".join(said) or code
