"""From a tree to its canonical text, which is what groups and rules keep: English names, half-width signs.

`parse(write(tree)) == tree` for every tree in normal form.
"""

from __future__ import annotations

import re
from dataclasses import replace

from services.search.fields import BY_NAME
from services.search.syntax import And, Field, Node, Not, Or, Range, Value, Word

_PLAIN_WORD = re.compile(r"[^\s()（）\"“”:：<>=＜＞＝≤≥,，－-][^\s()（）\"“”:：<>=＜＞＝≤≥]*")
_PLAIN_VALUE = re.compile(r"[^\s()（）\"“”,，]+")
_OPERATORS = frozenset({"OR", "或", "AND", "NOT"})


def write(node: Node | None) -> str:
    """The canonical text; "" for the search that finds everything."""
    match node:
        case None:
            return ""
        case Word():
            plain = not node.quoted and _PLAIN_WORD.fullmatch(node.text) and node.text not in _OPERATORS
            return node.text if plain else _quote(node.text)
        case Field():
            return f"{node.name}{node.op}{','.join(_value(value) for value in node.values)}"
        case Not():
            return f"-{_inner(node.item)}"
        case And():
            return " ".join(f"({write(item)})" if isinstance(item, Or) else write(item) for item in node.items)
        case Or():
            return " OR ".join(write(item) for item in node.items)


def say(node: Node | None, lang: str) -> str:
    """The text as a person of that language would type it: `付款:2026-11-11 星期:周日` for `paid_at:2026-11-11 weekday:sunday`."""
    return write(_said(node) if node is not None and lang == "zh" else node)


def _said(node: Node) -> Node:
    match node:
        case Field():
            field = BY_NAME[node.name]
            words = {choice.code: choice.zh for choice in field.choices}
            return replace(node, name=field.zh, values=tuple(words.get(one, one) if isinstance(one, str) else one for one in node.values))
        case Not():
            return Not(_said(node.item))
        case And() | Or():
            return type(node)(tuple(_said(item) for item in node.items))
    return node


def _inner(node: Node) -> str:
    return f"({write(node)})" if isinstance(node, (And, Or)) else write(node)


def _value(value: Value) -> str:
    if isinstance(value, Range):
        return f"{value.low or ''}..{value.high or ''}"
    return value if _PLAIN_VALUE.fullmatch(value) and ".." not in value else _quote(value)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
