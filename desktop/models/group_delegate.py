"""Paints a row of the group tree: a coloured dot or a folder's arrow, the name, and how many orders there are."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QTreeView, QWidget

from desktop import icons
from desktop.i18n import tr
from desktop.models.delegates import advance, baseline, elided
from desktop.models.group_tree import GroupModel, Node, shown_count
from desktop.theme import BODY_SIZE, LABEL_SIZE, RADIUS, colour, font, theme

ROW, SIGN, NAME, STEP, RIGHT = 28, 14, 36, 8, 12
"""Height of a row; where signs and names begin, under the icons and names of the pages; how far a folder moves its inside in; px."""


class GroupDelegate(QStyledItemDelegate):
    """`hovered` is the row under the pointer, `focused` the row of the keys where the tree has them."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view
        self.hovered: Node | None = None
        self.focused: Node | None = None

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        model = index.model()
        if not isinstance(model, GroupModel):
            return
        node = model.node(index)
        area: QRect = option.rect
        band = QRect(0, area.y(), self._view.viewport().width(), area.height())
        here = model.is_present(node)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._ground(painter, band, node, here=here)
        inset = STEP * depth(node)
        count = model.count_of(node)
        words = shown_count(count) if count is not None else ""
        right = band.width() - RIGHT
        room = right - (NAME + inset) - (advance(words, LABEL_SIZE) + 8 if words else 0)
        self._sign(painter, SIGN + inset, area, node)
        t = theme()
        painter.setFont(font(BODY_SIZE, here))
        painter.setPen(colour(t.muted if node.trouble is not None else t.text2 if node.folder else t.text))
        base = area.y() + baseline(area.height(), BODY_SIZE, here)
        painter.drawText(QPointF(NAME + inset, base), elided(node.name, max(0, int(room)), BODY_SIZE, here))
        if words:
            painter.setFont(font(LABEL_SIZE))
            painter.setPen(colour(t.text2))
            place = QPointF(right - advance(words, LABEL_SIZE), area.y() + baseline(area.height(), LABEL_SIZE))
            painter.drawText(place, words)
        painter.restore()

    def _ground(self, painter: QPainter, band: QRect, node: Node, *, here: bool) -> None:
        t = theme()
        focused = node is self.focused and self._view.hasFocus()
        hovered = node is self.hovered
        if not (here or hovered or focused):
            return
        ground = (t.hover if t.dark else t.surface) if here else t.hover if hovered else t.raised
        painter.setBrush(colour(ground))
        painter.setPen(QPen(colour(t.accent), 2) if focused else QPen(colour(t.line)) if here else QPen(Qt.PenStyle.NoPen))
        painter.drawRoundedRect(QRectF(band).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)

    def _sign(self, painter: QPainter, x: int, area: QRect, node: Node) -> None:
        t = theme()
        middle = area.y() + area.height() / 2
        if node.folder:
            open_ = self._view.isExpanded(self._index(node))
            arrow = icons.pixmap("chevron-down" if open_ else "chevron-right", t.muted, 12)
            painter.drawPixmap(QPointF(x - 2, round(middle - 6)), arrow)
        elif node.trouble is not None:
            painter.drawPixmap(QPointF(x - 3, round(middle - 7)), icons.pixmap("alert", t.bad, 14))
        elif node.view:
            painter.drawPixmap(QPointF(x - 3, round(middle - 7)), icons.pixmap("pin", t.text2, 14))
        else:
            dot = QRectF(x, middle - 4, 8, 8)
            if node.colour:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(colour(t.flags[node.colour]))
                painter.drawEllipse(dot)
            else:
                painter.setPen(QPen(colour(t.control), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(dot.adjusted(1, 1, -1, -1))

    def _index(self, node: Node) -> QModelIndex:
        model = self._view.model()
        return model.index_of(node) if isinstance(model, GroupModel) else QModelIndex()

    # ---- renaming in place

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QWidget:
        field = QLineEdit(parent)
        field.setMaxLength(50)
        field.setAccessibleName(tr("Name"))
        field.setProperty("inplace", True)
        return field

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        model = index.model()
        area: QRect = option.rect
        inner = NAME - 6 + (STEP * depth(model.node(index)) if isinstance(model, GroupModel) else 0)
        editor.setGeometry(inner, area.y() - 2, self._view.viewport().width() - inner - 4, area.height() + 4)


def depth(node: Node) -> int:
    """In how many folders it lies."""
    found, above = 0, node.parent
    while above is not None and above.key:
        found, above = found + 1, above.parent
    return found
