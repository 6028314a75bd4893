"""Where things are on this PC when nobody says otherwise; the window and the command line agree here."""

from __future__ import annotations

from pathlib import Path


def usual_shop() -> Path:
    """The shop's folder, in the user's own data folder (on Linux ~/.local/share/zhanggui/shop)."""
    import platformdirs

    return platformdirs.user_data_path("zhanggui", appauthor=False) / "shop"
