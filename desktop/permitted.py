"""What somebody may not do is there, but can't be pressed, and says why. One table for menus, keys and buttons alike.

The commands ask for themselves (services.domain.permissions.NEEDS): what is not named here is refused in words, nothing more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from desktop.actions import Action
from desktop.i18n import language, other_words, tr
from desktop.views.widgets.buttons import Button
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext

NEEDS: dict[str, str] = {
    "Approve": "approve",
    "Book a payment": "edit_orders",
    "Check": "edit_orders",
    "Close one…": "edit_orders",
    "Count or damage": "stock",
    "Count or write off…": "stock",
    "Edit…": "edit_orders",
    "Export": "export",
    "Export after-sales…": "export",
    "Export the stock…": "export",
    "Export the trail…": "export",
    "Export the worklist…": "export",
    "Export…": "export",
    "Flag": "edit_orders",
    "Import": "import",
    "Import orders": "import",
    "Import…": "import",
    "Keep ours": "import",
    "Keep as…": "edit_orders",
    "Kept field maps…": "import",
    "Match": "stock",
    "Match goods": "stock",
    "Memo": "edit_orders",
    "New SKU…": "stock",
    "New after-sale": "after_sale",
    "New after-sale…": "after_sale",
    "New order": "edit_orders",
    "New order…": "edit_orders",
    "People, PINs and roles…": "people",
    "Receive": "stock",
    "Receive goods…": "stock",
    "Refund": "after_sale",
    "Reject": "approve",
    "Save report": "export",
    "Save report…": "export",
    "Seals of the trail…": "see_audit",
    "Settings…": "settings",
    "Ship": "ship",
    "Take back…": "import",
    "Take the file's": "import",
    "What was imported…": "import",
}
"""{English words: permission}, without the sign of a key."""
PAGES = {"audit": "see_audit", "imports": "import"}
"""Pages that are not everybody's, by their keys."""


def why_not(context: AppContext, permission: str) -> str:
    """The sentence of the tooltip; '' for what is allowed."""
    if context.may(permission):
        return ""
    what = term("permission", permission, language())
    return tr("{person} may not do this ({what}). The owner can allow it under Settings → People.", person=context.viewer.name, what=what)


def permit_action(context: AppContext, action: Action) -> None:
    """Block a menu's entry and its key, if it is not for who is signed in."""
    if words := why_not(context, NEEDS.get(action.source, "")):
        action.block(words)


class ButtonGate(QObject):
    """Looks at each button before it is first shown, wherever it was made. Not there at all for who may do everything."""

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Polish and isinstance(watched, Button):
            self.look(watched)
        return False

    def look(self, button: Button) -> None:
        shown = button.text().replace("&", "") or button.accessibleName()
        names = (shown, *other_words(shown)) if language() == "zh" else (shown,)
        permission = next((NEEDS[name] for name in names if name in NEEDS), "")
        if permission and (words := why_not(self._context, permission)):
            button.block(words)
