"""What the window remembers between starts, in one ini file: geometry, columns, language, theme. Never data of the shop."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings


def default_prefs_path() -> Path:
    """`window.ini` in the user's configuration folder."""
    import platformdirs

    return platformdirs.user_config_path("zhanggui", appauthor=False) / "window.ini"


class Prefs:
    """Typed access to the ini file; a value that can't be read is the default."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.folder = path.parent
        self._ini = QSettings(str(path), QSettings.Format.IniFormat)

    def text(self, key: str, default: str = "") -> str:
        return str(self._ini.value(key, default))

    def set_text(self, key: str, value: str) -> None:
        self._ini.setValue(key, value)

    def flag(self, key: str, default: bool = False) -> bool:
        return self.text(key, "true" if default else "false") == "true"

    def set_flag(self, key: str, value: bool) -> None:
        self.set_text(key, "true" if value else "false")

    def bytes(self, key: str) -> QByteArray:
        found = self._ini.value(key)
        return found if isinstance(found, QByteArray) else QByteArray()

    def set_bytes(self, key: str, value: QByteArray) -> None:
        self._ini.setValue(key, value)

    def save(self) -> None:
        """Write it now (Qt writes by itself at leisure)."""
        self._ini.sync()

    @property
    def language(self) -> str:
        return self.text("language", "system")

    @property
    def theme(self) -> str:
        return self.text("theme", "system")

    @property
    def density(self) -> str:
        return self.text("density", "normal")

    @property
    def last_shop(self) -> str:
        return self.text("shop")
