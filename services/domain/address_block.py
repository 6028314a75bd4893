"""A pasted address taken apart: who, which phone, where. Pure, no database.

Buyers paste what their chat or their platform gives them: fields in any order, with labels, commas, blanks or nothing
between them, masked or with a virtual number. Each part is recognised by what it is, never by its place alone. What was
concluded rather than read is named in `doubts`, so that a person looks at it; nothing that was pasted is lost: words
that are no part of an address come back in `rest`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple

from services.domain.address_names import is_talk, looks_like_place, name_at_the_end, name_score, tidy
from services.domain.divisions import Place, find_place, place_at, province_of_postcode


class AddressBlock(NamedTuple):
    """Parts of a pasted address, "" where it has none; divisions in official form.

    `phone` is a mobile number of digits (or `138****1234`, or `+852…`), `phone_ext` the extension of a virtual one,
    `tel` a land line. `address` is what stands below the district. `doubts` holds the names of the fields that a person
    should look at: missing, ambiguous or concluded. `places`: what an ambiguous district could be, "province city district".
    """

    recipient: str = ""
    phone: str = ""
    phone_ext: str = ""
    tel: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    address: str = ""
    postcode: str = ""
    doubts: tuple[str, ...] = ()
    rest: str = ""
    places: tuple[str, ...] = ()


FIELDS = ("recipient", "phone", "province", "city", "district", "address")
MOST = 2000
"""Characters that are looked at: a chat that long is no address."""

_LABELS: tuple[tuple[str, str], ...] = (
    (
        "skip",
        r"订单编号|订单号|买家昵称|旺旺昵称|旺旺|昵称|会员名|买家留言|留言|备注|商品|宝贝|数量|金额|实付款?|运费|快递公司|物流公司|运单号|下单时间",
    ),
    (
        "address",
        r"收货人?(?:详细)?地址|收件人?(?:详细)?地址|详细住址|具体地址|详细地址|街道地址|联系地址|邮寄地址|寄件地址|送货地址|地\s{0,2}址|住址|街道\s*/\s*乡镇|乡镇街道|街道",
    ),
    ("region", r"所在省市区|所在地区|所在区域|所在地|收货地区|收件地区|省\s*/\s*市\s*/\s*区|省市区县?|地\s{0,2}区|区域"),
    ("tel", r"固定电话|固话|座机"),
    (
        "phone",
        r"(?:收货人?|收件人?|联系人?|买家)?(?:手机号码|手机号|手\s{0,2}机|电话号码|联系电话|联系方式|联系手机|电\s{0,2}话)(?:\s*/\s*(?:手机|电话))?|联系方式|号码|Tel|Phone|Mobile",
    ),
    ("postcode", r"邮政编码|邮\s{0,2}编|Zip"),
    (
        "name",
        r"(?:收\s{0,2}货\s{0,2}人|收\s{0,2}件\s{0,2}人|联系人|收货方|收方|客户)(?:姓名|名称|名字)?|收货姓名|收件姓名|真实姓名|姓\s{0,2}名|名\s{0,2}字|Name",
    ),
    ("part", r"省份|城市|区\s*/\s*县|区县|县区|省|市|区|县"),
)
_LONG = re.compile(
    r"收.?货.?人|收.?件.?人|手机号码|手机号|联系电话|联系手机|所在地区|所在区域|详细地址|收货地址|收件地址|邮政编码|邮编|联系方式"
)
_LABEL = re.compile(
    "|".join(rf"(?P<{kind}>[【\[(（]?(?:{words})[】\])）]?)" for kind, words in _LABELS).join(("(?:", ")"))
    + r"(?P<mark>\s{0,3}[:：=]\s*|(?=[\s\d+（(]))?",
    re.IGNORECASE,
)
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]")
_MOBILE = re.compile(
    r"(?<!\d)(?:[(（]?(?:\+|00)?86[)）]?[ \-]{0,3})?"
    r"(?P<number>1[3-9]\d[ .\-]?[\d*]{4}[ .\-]?[\d*]{4}|1[3-9]\d\*{3,8}\d{2,4}|(?<!\*)1[3-9]?\*{6,9}\d{2,4})(?![\d*])"
    r"(?:\s{0,2}(?:[-—－_]\s?(?P<dash>\d{3,4})(?!\d)|[(（\[,，]?\s?(?:转|分机号?|ext\.?|#|x)\s?[:：]?(?P<word>\d{1,6})[)）\]]?(?!\d)|[\[【(（](?P<box>\d{3,4})[\]】)）]))?",
    re.IGNORECASE,
)
_GLUED = re.compile(r"\d{12,15}(?!\d)")
_FOREIGN = re.compile(r"(?<!\d)(?:\+|00)(852|853|886)[ \-]?(\d(?:[ \-]?\d){6,9})(?!\d)|(?<!\d)(09\d{2}[ \-]?\d{3}[ \-]?\d{3})(?!\d)")
_LAND = re.compile(
    r"(?<![\d*])(?:\+?86[ \-]?)?[(（]?(0\d{2,3})[)）]?[ \-—]{0,2}([2-9]\d{2,3}[ \-]?\d{4}|[2-9]\d{2}\*{4,5}|\*{4}\d{4})(?:\s?(?:-|转|ext\.?)\s?(\d{1,6}))?(?![\d*])"
    r"|(?<!\d)(400[ \-]?\d{3,4}[ \-]?\d{3,4})(?!\d)",
    re.IGNORECASE,
)
_POSTCODE = re.compile(r"(?<![\d\-*])(\d{6})(?![\d\-*号栋幢室])")
_BOXED = re.compile(r"\s?[\[【](\d{3,4})[\]】]")
_TOKEN = re.compile(r"[^\s,，、;；|。\x00]+")
_HOUSE = re.compile(r"\d[号栋幢室楼弄]|[路街巷村镇乡]\d")
_LOCAL = re.compile(r"[2-9]\d{6,7}")


@dataclass(slots=True)
class _Token:
    start: int
    end: int
    text: str
    kind: str
    line: int


@dataclass(slots=True)
class _Draft:
    """The text while parts of it are found: what is used up becomes `\\x00` in `body`, which keeps its length."""

    body: str
    spans: list[tuple[int, int, str]] = field(default_factory=list)
    phones: list[tuple[int, int]] = field(default_factory=list)
    phone: str = ""
    ext: str = ""
    tel: str = ""
    postcode: str = ""

    def take(self, start: int, end: int) -> None:
        self.body = self.body[:start] + "\x00" * (end - start) + self.body[end:]

    def kind_at(self, at: int) -> str:
        return next((kind for start, end, kind in self.spans if start <= at < end), "")


def read_address_block(text: str) -> AddressBlock:
    """Take a pasted address apart. Never raises; what is not there is "" and stands in `doubts`."""
    draft = _Draft(_clean(text))
    _find_labels(draft)
    _find_phones(draft)
    _find_postcode(draft)
    place = _find_place(draft)
    if "/" in draft.body[place.start : place.end]:
        draft.body = draft.body.replace("/", "|")  # the sender's way to part the fields
    draft.take(place.start, place.end)
    if not draft.postcode:
        _loose_postcode(draft, place)
    tokens = _tokens(draft)
    name, sure = _labelled_name(tokens)
    if not name:
        name, sure = _free_name(draft, tokens, place)
    address, rest = _what_is_left(tokens, place)
    address = _without_repeats(address, place)
    doubts = set(place.doubts)
    doubts |= {"recipient"} if not name or not sure else set()
    doubts |= {"phone"} if not draft.phone and not draft.tel else set()
    doubts |= {"address"} if not address else set()
    return AddressBlock(
        name,
        draft.phone,
        draft.ext,
        draft.tel,
        place.province,
        place.city,
        place.district,
        address,
        draft.postcode,
        tuple(one for one in FIELDS if one in doubts),
        rest,
        tuple(" ".join(option) for option in place.options),
    )


def read_phone(text: str) -> tuple[str, str, str] | None:
    """A phone field as somebody types it: (mobile, extension, land line), one of the numbers ""; None if it is no phone number."""
    draft = _Draft(_clean(text).strip())
    draft.spans.append((0, len(draft.body), "phone"))
    _find_phones(draft)
    if len(draft.phones) != 1 or draft.body.strip(" \x00"):
        return None
    return draft.phone, draft.ext, draft.tel


def _clean(text: str) -> str:
    """Digits, letters and blanks in one width, no invisible marks, one kind of line end, one middle dot."""
    text = _INVISIBLE.sub("", text[:MOST]).replace("\r\n", "\n").replace("\r", "\n")
    marks = []
    for mark in text:
        if mark in "•・‧∙●":
            mark = "·"
        elif mark in "＊✱﹡×" and mark != "×":
            mark = "*"
        elif "！" <= mark <= "～" and mark not in "，；（）！？：":
            mark = unicodedata.normalize("NFKC", mark)
        elif mark != "\n" and (mark.isspace() or unicodedata.category(mark) in {"Cc", "Cf"}):
            mark = " "
        marks.append(mark)
    return "".join(marks)


def _find_labels(draft: _Draft) -> None:
    found = []
    for match in _LABEL.finditer(draft.body):
        kind = (
            match.lastgroup
            if match.lastgroup != "mark"
            else next(name for name, words in match.groupdict().items() if words and name != "mark")
        )
        label = match[kind or "name"]
        before = draft.body[match.start() - 1] if match.start() else "\n"
        free = label[0] in "【[" or not ("\u4e00" <= before <= "\u9fff" or before.isalnum())
        marked = label[0] in "【[" or (bool(match["mark"]) and any(mark in match["mark"] for mark in ":：="))
        if kind in {"part", "skip"}:
            keep = marked and free
        elif _LONG.search(label):
            keep = marked or free or (kind == "postcode" and match["mark"] is not None)
        else:
            keep = (marked or match["mark"] is not None) and free
            keep = keep and (marked or kind in {"phone", "tel", "name", "address", "postcode"})
        if keep and kind:
            found.append((match.start(), match.end(), kind))
    for place, (start, end, kind) in enumerate(found):
        limit = found[place + 1][0] if place + 1 < len(found) else len(draft.body)
        stop = draft.body.find("\n", end, limit)
        if stop >= 0 and not draft.body[end:stop].strip():
            stop = draft.body.find("\n", stop + 1, limit)
        stop = limit if stop < 0 else stop
        draft.spans.append((end, stop, kind))
        draft.take(start, end)


def _find_phones(draft: _Draft) -> None:
    for match in _MOBILE.finditer(draft.body):
        number = re.sub(r"[ .\-]", "", match["number"])
        if draft.kind_at(match.start()) == "skip":
            continue
        ext = match["dash"] or match["word"] or match["box"] or ""
        if not draft.phone:
            draft.phone, draft.ext = number, ext
        elif number != draft.phone and not draft.tel:
            draft.tel = number
        draft.phones.append(match.span())
    _find_other_numbers(draft)
    if not draft.phone and (glued := _GLUED.search(draft.body)) and re.fullmatch(r"1[3-9]\d{9}", glued[0][-11:]):
        # A house number and the phone run into each other: 5栋30213812345678
        draft.phone = glued[0][-11:]
        draft.phones.append((glued.end() - 11, glued.end()))
        draft.take(glued.end() - 11, glued.end())
    boxed = list(_BOXED.finditer(draft.body))
    if draft.phone and boxed and (not draft.ext or all(match[1] == draft.ext for match in boxed)):
        # Platforms repeat the extension of a virtual number behind the name and the address.
        draft.ext = draft.ext or boxed[0][1]
        for match in boxed:
            if match[1] == draft.ext:
                draft.take(*match.span())


def _find_other_numbers(draft: _Draft) -> None:
    """Mobiles from abroad and land lines, once the mobiles are out of the way."""
    for match in _FOREIGN.finditer(draft.body):
        number = re.sub(r"[ \-]", "", match[2] or match[3])
        if not draft.phone:
            draft.phone = f"+{match[1]}{number}" if match[1] else number
            draft.phones.append(match.span())
    for start, end in draft.phones:
        draft.take(start, end)
    for match in _LAND.finditer(draft.body):
        parts = [re.sub(r"[ \-]", "", part) for part in match.groups()[:3] if part]
        if not draft.tel:
            draft.tel = "-".join(parts) if parts else re.sub(r"[ \-]", "", match[4])
        draft.phones.append(match.span())
        draft.take(*match.span())
    for start, end, kind in draft.spans:
        if kind in {"phone", "tel"} and not draft.tel and not draft.phone:
            for token in _TOKEN.finditer(draft.body, start, end):
                if _LOCAL.fullmatch(token[0]):
                    draft.tel = token[0]
                    draft.phones.append(token.span())
                    draft.take(*token.span())


def _find_postcode(draft: _Draft) -> None:
    for start, end, kind in draft.spans:
        if kind == "postcode" and (found := re.search(r"\d{6}", draft.body[start:end])):
            draft.postcode = found[0]
            draft.take(start + found.start(), start + found.end())
            break
    if boxed := re.search(r"[(（\[【]\s*(?:邮编[:：]?)?\s*(\d{6})\s*[)）\]】]", draft.body):
        draft.postcode = draft.postcode or boxed[1]
        draft.take(*boxed.span())
    draft.postcode = "" if draft.postcode == "000000" else draft.postcode


def _loose_postcode(draft: _Draft, place: Place) -> None:
    """Six digits that stand alone are a postcode if the province has such; 000000 is how platforms write none."""
    for token in _TOKEN.finditer(draft.body):
        match = _POSTCODE.fullmatch(token[0].strip(".-"))
        if match and match[1] == "000000":
            draft.take(*token.span())
        elif match and not draft.postcode and _is_postcode(draft, token.start(), token.end(), match[1], place):
            draft.postcode = match[1]
            draft.take(*token.span())


def _is_postcode(draft: _Draft, start: int, end: int, digits: str, place: Place) -> bool:
    """Of the province, or where Taobao's copies have it: behind the last comma."""
    province = province_of_postcode(digits)
    last = not draft.body[end:].strip() and draft.body[:start].rstrip().endswith(("，", ","))
    return bool(province) and (place.province in {"", province} or last)


def _find_place(draft: _Draft) -> Place:
    """Labelled parts speak first; without them the whole text is looked through, what was said beside it not."""
    area_code = draft.tel.split("-")[0] if draft.tel.startswith("0") else ""
    hidden = "".join(
        "\n" if mark == "\x00" or draft.kind_at(at) in {"skip", "phone", "tel", "postcode"} else mark for at, mark in enumerate(draft.body)
    )
    labelled = {kind for _start, _end, kind in draft.spans} & {"region", "address", "part"}
    if labelled:
        own = "".join(mark if draft.kind_at(at) in labelled else "\n" for at, mark in enumerate(hidden))
        place = find_place(own, postcode=draft.postcode, area_code=area_code)
        if place.province:
            return place
    postcode = draft.postcode or next((match[1] for match in _POSTCODE.finditer(hidden)), "")
    return find_place(hidden, postcode=postcode, area_code=area_code)


def _tokens(draft: _Draft) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(draft.body):
        word = match[0]
        if not tidy(word) or draft.kind_at(match.start()) == "part":
            continue
        token = _Token(match.start(), match.end(), word, draft.kind_at(match.start()), draft.body.count("\n", 0, match.start()))
        last = tokens[-1] if tokens else None
        if last and last.kind == token.kind and draft.body[last.end : token.start] == " " and _one_name(last.text, word):
            last.text, last.end = (last.text + " " + word if word.isascii() else last.text + word), token.end
        else:
            tokens.append(token)
    return tokens


def _one_name(first: str, second: str) -> bool:
    """`John Smith`, `张 三`: two words of one name."""
    if first.isascii() and second.isascii():
        return re.fullmatch(r"[A-Za-z.'\-]+( [A-Za-z.'\-]+)*", first) is not None and re.fullmatch(r"[A-Za-z.'\-]+", second) is not None
    return len(first) == 1 and len(second) in {1, 2} and name_score(first + second) >= 5


def _labelled_name(tokens: list[_Token]) -> tuple[str, bool]:
    for place, token in enumerate(tokens):
        if token.kind == "name":
            name = tidy(token.text)
            if name:
                del tokens[place]
                for other in tokens:
                    other.kind = "" if other.kind == "name" else other.kind
                return name, not is_talk(name)
    return "", False


def _free_name(draft: _Draft, tokens: list[_Token], place: Place) -> tuple[str, bool]:
    """The word that looks most like a name; where none does, one that is glued to the address or to the phone."""
    best, most = -1, 0
    for at, token in enumerate(tokens):
        if token.kind in {"region", "skip"}:
            continue
        score = _score(draft, tokens, at, place)
        if score > most:
            best, most = at, score
    if most >= 4:
        token = tokens.pop(best)
        return tidy(token.text), most >= 5
    for token in reversed(tokens):
        if (name := name_at_the_end(token.text.rstrip("。.!！"))) and token.kind != "skip":
            cut = token.text.rfind(name)
            token.text = token.text[:cut]
            return name, False
    if best >= 0 and most >= 1 and (tokens[best].end <= place.start or place.end == 0 or _by_phone(draft, tokens[best])):
        token = tokens.pop(best)
        return tidy(token.text), False
    return "", False


def _score(draft: _Draft, tokens: list[_Token], at: int, place: Place) -> int:
    token = tokens[at]
    score = name_score(tidy(token.text))
    if _by_phone(draft, token):
        score += 2
    if sum(other.line == token.line for other in tokens) == 1 and not (place.end and draft.body.count("\n", 0, place.start) == token.line):
        score += 1
    if at in {0, len(tokens) - 1}:
        score += 1
    if place.end and token.end <= place.start:
        score += 1
    if place.end and token.start == place.end:
        score -= 4
    if token.kind == "address":
        score -= 2
    return score


def _by_phone(draft: _Draft, token: _Token) -> bool:
    for start, end in draft.phones:
        between = draft.body[token.end : start] if token.end <= start else draft.body[end : token.start]
        if not re.sub(r"[\s,，、;；|。\x00:：\-—_/()（）]+", "", between):
            return True
    return False


def _what_is_left(tokens: list[_Token], place: Place) -> tuple[str, str]:
    """The address below the district, and what is no part of it."""
    address, rest = [], []
    for token in tokens:
        word = token.text.strip("。.，,;；:：-—_/|")
        if not word or word in {"收", "(收)", "（收）", "亲收", "中国"}:
            continue
        after = place.end == 0 or token.start >= place.end
        if token.kind == "skip" or (is_talk(word) and token.kind != "address" and not _HOUSE.search(word)):
            rest.append(word)
        elif token.kind in {"address", "region"} or (after and token.kind == "") or looks_like_place(word):
            address.append(word)
        else:
            rest.append(word)
    return " ".join(address), " ".join(rest)


def _without_repeats(address: str, place: Place) -> str:
    """`浙江省杭州市西湖区文一路` below 西湖区 is 文一路: platforms put the whole once more into the detail."""
    for _again in range(3):
        found = place_at(address)
        same = (
            found.end > found.start
            and found.province in {"", place.province}
            and found.city in {"", place.city}
            and (found.district in {"", place.district} or place.district in {option[2] for option in found.options})
        )
        if not same or found.score < 3 or found.end == len(address):
            return address
        address = address[found.end :].lstrip(" ,，、。.;；:：-—_/|")
    return address
