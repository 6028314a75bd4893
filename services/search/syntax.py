"""The syntax tree of a search: plain frozen values, made by the parser, read by writer and compiler.

A tree is in normal form: no And within an And, no Or within an Or, no Not of a Not, at least two items in both. Build
with `conjunction`, `disjunction` and `negation`, which see to it. `None` stands for the search that finds everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Word:
    """A word on its own. `quoted`: it was in quotes and means the text itself, where without it would be a number or tail."""

    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included; None is open."""

    low: str | None
    high: str | None


Value: TypeAlias = str | Range


@dataclass(frozen=True, slots=True)
class Field:
    """`values` are in the canonical form of the field's kind (fields.py); "" means not filled in. Several: any of them.

    `op` is one of `:` `=` `>` `<` `>=` `<=`; only `:` and `=` take ranges and several values. `at` is the place in the
    text, for messages.
    """

    name: str
    op: str
    values: tuple[Value, ...]
    at: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    item: Node


@dataclass(frozen=True, slots=True)
class And:
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    items: tuple[Node, ...]


Node: TypeAlias = Word | Field | Not | And | Or


def conjunction(items: Iterable[Node]) -> Node:
    flat = tuple(inner for item in items for inner in (item.items if isinstance(item, And) else (item,)))
    return flat[0] if len(flat) == 1 else And(flat)


def disjunction(items: Iterable[Node]) -> Node:
    flat = tuple(inner for item in items for inner in (item.items if isinstance(item, Or) else (item,)))
    return flat[0] if len(flat) == 1 else Or(flat)


def negation(item: Node) -> Node:
    return item.item if isinstance(item, Not) else Not(item)


def parts_of(node: Node | None) -> tuple[Node, ...]:
    """What must all hold: the items of an And, or the node alone."""
    if node is None:
        return ()
    return node.items if isinstance(node, And) else (node,)
