"""From a tree to its canonical text, which is what groups and rules keep: English names, half-width signs.

`parse(write(tree)) == tree` for every tree in normal form.
"""

from __future__ import annotations

import re
from dataclasses import replace

from services.search.fields import BY_NAME, Kind, SearchField
from services.search.syntax import And, Field, Node, Not, Or, Range, Value, Word
from services.search.values import ANY, DAY_WORDS, NONE

_PLAIN_WORD = re.compile(r"[^\s()（）\"“”:：<>=＜＞＝≤≥≠,，－-][^\s()（）\"“”:：<>=＜＞＝≤≥≠]*")
_PLAIN_VALUE = re.compile(r"[^\s()（）\"“”,，]+")
_OPERATORS = frozenset({"OR", "或", "或者", "AND", "和", "且", "并且", "NOT"})


def write(node: Node | None) -> str:
    """The canonical text; "" for the search that finds everything."""
    return _written(node, "OR")


def say(node: Node | None, lang: str) -> str:
    """The text as a person of that language would type it: `付款:今天 星期:周日` for `paid_at:today weekday:sunday`. It parses to the same tree."""
    return _written(_said(node), "或") if node is not None and lang == "zh" else write(node)


def said_value(field: SearchField, value: str, lang: str) -> str:
    """A canonical value as a person of that language would type it: `待发货`, `昨天`, `7天`, `无`."""
    if lang != "zh":
        return value
    match field.kind:
        case Kind.CHOICE | Kind.CARRIER:
            return next((choice.zh for choice in field.choices if choice.code == value), value)
        case Kind.TIME if value in DAY_WORDS:
            return DAY_WORDS[value][0]
        case Kind.TIME if value.startswith("month_"):
            return f"{value[6:]}月"
        case Kind.TIME if value.endswith(("d", "h")):
            return value[:-1] + {"d": "天", "h": "小时"}[value[-1]]
        case Kind.TIME | Kind.MONEY | Kind.COUNT:
            return {NONE: "无", ANY: "有"}.get(value, value)
    return value


def quoted_value(value: str) -> str:
    """A value as it stands behind a field: in quotes where it must be."""
    return value if _PLAIN_VALUE.fullmatch(value) and ".." not in value else _quote(value)


def _written(node: Node | None, either: str) -> str:
    match node:
        case None:
            return ""
        case Word():
            plain = not node.quoted and _PLAIN_WORD.fullmatch(node.text) and node.text.upper() not in _OPERATORS
            return node.text if plain else _quote(node.text)
        case Field():
            return f"{node.name}{node.op}{','.join(_value(value) for value in node.values)}"
        case Not(And() | Or() as inner):
            return f"-({_written(inner, either)})"
        case Not():
            return f"-{_written(node.item, either)}"
        case And():
            return " ".join(f"({_written(item, either)})" if isinstance(item, Or) else _written(item, either) for item in node.items)
        case Or():
            return f" {either} ".join(_written(item, either) for item in node.items)


def _said(node: Node) -> Node:
    match node:
        case Field():
            field = BY_NAME[node.name]
            return replace(node, name=field.zh, values=tuple(_said_piece(field, value) for value in node.values))
        case Not():
            return Not(_said(node.item))
        case And() | Or():
            return type(node)(tuple(_said(item) for item in node.items))
    return node


def _said_piece(field: SearchField, value: Value) -> Value:
    if isinstance(value, Range):
        return Range(*(end if end is None else said_value(field, end, "zh") for end in (value.low, value.high)))
    return said_value(field, value, "zh")


def _value(value: Value) -> str:
    if isinstance(value, Range):
        return f"{value.low or ''}..{value.high or ''}"
    return quoted_value(value)


def _quote(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
