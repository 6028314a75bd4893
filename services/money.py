"""Money is a whole number of minor units (fen). No float ever touches it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

_NOISE = re.compile(r"[\s,，]")
_AMOUNT = re.compile(r"-?\d+(\.\d+)?")


def parse_amount(text: str) -> int:
    """Fen of a written amount: `¥1,234.50`, `883.30元`, `(3.00)`, `34.1`, full-width digits.

    Raises ValueError("decimals") for more than two decimals and ValueError("amount") for anything that is no amount.
    Quirks of platform files: Taobao writes `0元`, thousands commas, `¥`, brackets for negatives.
    """
    plain = _NOISE.sub("", text.translate(_FULL_WIDTH)).replace("¥", "").replace("￥", "").removesuffix("元")
    if plain.startswith("(") and plain.endswith(")"):
        plain = "-" + plain[1:-1]
    plain = plain.replace("−", "-").removeprefix("+")
    if not _AMOUNT.fullmatch(plain):
        raise ValueError("amount")
    try:
        cents = Decimal(plain) * 100
    except ArithmeticError:  # a million digits
        raise ValueError("amount") from None
    if cents != cents.to_integral_value():
        raise ValueError("decimals")
    if abs(cents) > 10**15:
        raise ValueError("amount")
    return int(cents)


_FULL_WIDTH = str.maketrans("０１２３４５６７８９．（）－", "0123456789.()-")


def write_amount(fen: int) -> str:
    """`-1234` → `-12.34`: the form of files and JSON. Windows and paper use the locale's."""
    sign = "-" if fen < 0 else ""
    whole, part = divmod(abs(fen), 100)
    return f"{sign}{whole}.{part:02d}"


def share_out(amount: int, weights: Sequence[int]) -> list[int]:
    """Split `amount` (fen, may be negative) over `weights` so that the shares sum to the fen.

    Largest remainder; ties go to the earlier place, so it is deterministic (reference/money.md 4.3). All weights
    zero: equal weights. No weights: only 0 can be shared.
    """
    if not weights:
        if amount:
            raise ValueError("nothing to share over")
        return []
    if any(weight < 0 for weight in weights):
        raise ValueError("negative weight")
    if amount < 0:
        return [-share for share in share_out(-amount, weights)]
    total = sum(weights)
    if total == 0:
        weights = [1] * len(weights)
        total = len(weights)
    shares = [amount * weight // total for weight in weights]
    rest = amount - sum(shares)
    by_remainder = sorted(range(len(weights)), key=lambda place: (-(amount * weights[place] % total), place))
    for place in by_remainder[:rest]:
        shares[place] += 1
    return shares
