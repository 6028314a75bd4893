"""Words of the font."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "font_missing": (
        "No Chinese font was found that can be both shown and printed; nothing was made. "
        "Run the set-up again with the network, or install a font such as WenQuanYi Micro Hei.",
        "没有找到既能显示又能打印的中文字体，什么都没有生成。请联网后重新运行安装，或安装一种字体（例如文泉驿微米黑）。",
    ),
}
