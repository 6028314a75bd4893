"""The provinces as tiles: the country's outline on a grid, every tile of one size, so that small ones can be hit, too.

Names as 行政区划 writes them (GB/T 2260: its letters are the tiles' English words).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Province:
    """`sign` is its one-character short name, `letters` its two letters; (x, y) its tile, the west and the north first."""

    name: str
    sign: str
    letters: str
    english: str
    x: int
    y: int


PROVINCES: tuple[Province, ...] = (
    Province("黑龙江省", "黑", "HL", "Heilongjiang", 8, 0),
    Province("新疆维吾尔自治区", "新", "XJ", "Xinjiang", 0, 1),
    Province("内蒙古自治区", "蒙", "NM", "Inner Mongolia", 4, 1),
    Province("吉林省", "吉", "JL", "Jilin", 8, 1),
    Province("青海省", "青", "QH", "Qinghai", 1, 2),
    Province("甘肃省", "甘", "GS", "Gansu", 2, 2),
    Province("宁夏回族自治区", "宁", "NX", "Ningxia", 3, 2),
    Province("山西省", "晋", "SX", "Shanxi", 4, 2),
    Province("河北省", "冀", "HE", "Hebei", 5, 2),
    Province("北京市", "京", "BJ", "Beijing", 6, 2),
    Province("天津市", "津", "TJ", "Tianjin", 7, 2),
    Province("辽宁省", "辽", "LN", "Liaoning", 8, 2),
    Province("西藏自治区", "藏", "XZ", "Tibet", 0, 3),
    Province("四川省", "川", "SC", "Sichuan", 2, 3),
    Province("陕西省", "陕", "SN", "Shaanxi", 3, 3),
    Province("河南省", "豫", "HA", "Henan", 4, 3),
    Province("山东省", "鲁", "SD", "Shandong", 5, 3),
    Province("江苏省", "苏", "JS", "Jiangsu", 6, 3),
    Province("重庆市", "渝", "CQ", "Chongqing", 3, 4),
    Province("湖北省", "鄂", "HB", "Hubei", 4, 4),
    Province("安徽省", "皖", "AH", "Anhui", 5, 4),
    Province("浙江省", "浙", "ZJ", "Zhejiang", 6, 4),
    Province("上海市", "沪", "SH", "Shanghai", 7, 4),
    Province("云南省", "云", "YN", "Yunnan", 2, 5),
    Province("贵州省", "贵", "GZ", "Guizhou", 3, 5),
    Province("湖南省", "湘", "HN", "Hunan", 4, 5),
    Province("江西省", "赣", "JX", "Jiangxi", 5, 5),
    Province("福建省", "闽", "FJ", "Fujian", 6, 5),
    Province("台湾省", "台", "TW", "Taiwan", 7, 5),
    Province("广西壮族自治区", "桂", "GX", "Guangxi", 3, 6),
    Province("广东省", "粤", "GD", "Guangdong", 4, 6),
    Province("香港特别行政区", "港", "HK", "Hong Kong", 5, 6),
    Province("海南省", "琼", "HI", "Hainan", 3, 7),
    Province("澳门特别行政区", "澳", "MO", "Macao", 4, 7),
)
ACROSS, DOWN = 9, 8
_KNOWN = {one.name: one for one in PROVINCES}
_ENDS = ("特别行政区", "维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市")


def short_name(name: str) -> str:
    """`广西` of 广西壮族自治区; what it does not know stays."""
    return next((name.removesuffix(end) for end in _ENDS if name.endswith(end)), name) if name in _KNOWN else name


_SHORT = {short_name(one.name): one for one in PROVINCES}


def province_of(name: str) -> Province | None:
    """The tile of a province, in its official or short form; None for what is none."""
    return _KNOWN.get(name) or _SHORT.get(name)
