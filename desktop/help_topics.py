"""The help: which topics there are, which one belongs to a page or dialog, and where its words lie (resources/help, one file a language).

A topic is a Markdown file whose first line is its title. Links go to other topics (`importing.md`, `importing.md#heading`) or do something
in the window (`do:keys`); nothing leads out of the program. A new topic is a file in each language and its line in TOPICS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import resources

TOPICS: tuple[str, ...] = (
    "first-day",
    "today",
    "importing",
    "formats",
    "own-tables",
    "merging",
    "to-mend",
    "sources",
    "undo",
    "watching",
    "orders",
    "approvals",
    "searching",
    "groups",
    "printing",
    "shipping",
    "refunds",
    "stock",
    "exporting",
    "charts",
    "audit",
    "people",
    "data",
    "keyboard",
)
"""In the order in which one would read them."""

OF_PAGE: dict[str, str] = {
    "today": "today",
    "orders": "orders",
    "refunds": "refunds",
    "worklists": "to-mend",
    "imports": "undo",
    "stock": "stock",
    "charts": "charts",
    "audit": "audit",
    "approvals": "approvals",
}
OF_DIALOG: dict[str, str] = {
    "AdjustDialog": "stock",
    "AskOrderDialog": "refunds",
    "BatchLinesDialog": "undo",
    "CaseDialog": "refunds",
    "CloseDialog": "orders",
    "EditDialog": "orders",
    "ExportDialog": "exporting",
    "FilterBuilder": "searching",
    "FolderDialog": "groups",
    "GroupDialog": "groups",
    "ImportDialog": "importing",
    "KeysDialog": "keyboard",
    "ManualOrderDialog": "orders",
    "MapDialog": "own-tables",
    "MapsDialog": "own-tables",
    "MatchDialog": "to-mend",
    "NoticeDialog": "to-mend",
    "PaymentDialog": "orders",
    "PrintDialog": "printing",
    "ProvenanceDialog": "sources",
    "ReadingDialog": "importing",
    "ReadyDialog": "groups",
    "ReceiveDialog": "stock",
    "RefundDialog": "refunds",
    "RefusedDialog": "orders",
    "RejectsDialog": "importing",
    "SearchHelp": "searching",
    "SettingsDialog": "data",
    "ShipDialog": "shipping",
    "ShippingDialog": "groups",
    "SkuDialog": "stock",
    "TagsDialog": "groups",
    "UndoDialog": "undo",
    "VerifyDialog": "audit",
    "PeopleDialog": "people",
    "NewPersonDialog": "people",
    "NewPinDialog": "people",
    "RecoverDialog": "people",
    "WordDialog": "merging",
}
"""By the names of the classes, which are loaded at use."""

ACTIONS = ("keys", "search")
"""What a link `do:…` may do."""

_MARKS = re.compile(r"[*`_|]|\]\([^)]*\)|\[|^#+ |^[-\d]+[.)]? ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a topic and the plain words below it, to be searched; `heading` is empty for what stands before the first."""

    topic: str
    title: str
    heading: str
    words: str


@lru_cache(maxsize=64)
def text_of(topic: str, lang: str) -> str:
    """The Markdown of a topic."""
    return (resources.path("help") / ("zh" if lang == "zh" else "en") / f"{topic}.md").read_text(encoding="utf-8")


def title_of(topic: str, lang: str) -> str:
    return text_of(topic, lang).partition("\n")[0].removeprefix("# ").strip()


@lru_cache(maxsize=2)
def sections(lang: str) -> tuple[Section, ...]:
    """All sections of all topics, in reading order."""
    found = []
    for topic in TOPICS:
        title = title_of(topic, lang)
        parts = re.split(r"^## +(.+)$", text_of(topic, lang).partition("\n")[2], flags=re.MULTILINE)
        found.append(Section(topic, title, "", _plain(parts[0])))
        found += [Section(topic, title, heading.strip(), _plain(words)) for heading, words in zip(parts[1::2], parts[2::2], strict=True)]
    return tuple(found)


def _plain(markdown: str) -> str:
    return " ".join(_MARKS.sub("", markdown).split())


def find(words: str, lang: str) -> tuple[Section, ...]:
    """Sections that hold every word, those first whose heading or title holds it."""
    wanted = words.casefold().split()

    def rank(one: Section) -> int:
        return sum(word in f"{one.heading or one.title}".casefold() for word in wanted)

    hits = [one for one in sections(lang) if all(word in f"{one.title} {one.heading} {one.words}".casefold() for word in wanted)]
    return tuple(sorted(hits, key=rank, reverse=True))
