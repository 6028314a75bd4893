"""What a status word of files means, said once by the merchant and remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.errors import BadInput
from services.imports.clean import parse_status
from services.imports.taught import SETTING, TaughtWords, word_key
from services.settings import ChangeSetting

if TYPE_CHECKING:
    from services.db.uow import UnitOfWork

MOST_LETTERS = 60


@dataclass(frozen=True, slots=True)
class TeachStatus:
    """From now on `word` in a file means `status`; "" forgets the word again. What came in by it stays.

    Raises BadInput("word_empty"), ("word_known") where the platforms' own list has the word, ("setting_value_unknown") for no status.
    """

    word: str
    status: str

    def apply(self, uow: UnitOfWork) -> None:
        word = " ".join(self.word.split())
        if not word_key(word) or len(word) > MOST_LETTERS:
            raise BadInput("word_empty", most=MOST_LETTERS)
        if self.status and _known(word):
            raise BadInput("word_known", word=word)
        kept = {one: status for one, status in TaughtWords().run(uow).items() if word_key(one) != word_key(word)}
        ChangeSetting(SETTING, kept | ({word: self.status} if self.status else {})).apply(uow)


def _known(word: str) -> bool:
    try:
        parse_status(word)
    except ValueError:
        return False
    return True
