"""What a person's name looks like in an address that somebody pasted: judged by surname, length and neighbours. Pure."""

from __future__ import annotations

import re

_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔"
    "康毛邱秦江史顾侯邵孟龙万段章钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞鲁葛伍韦申尤毕聂柴焦向柳邢路岳齐沿梅莫庄辛管祝左涂谷祁时舒"
    "耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丛华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟"
    "全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙"
    "薄伏岑习胥保和蔺水云昌凤酆皮卡傲岩浦尚农温别晁越夔隆师厍勾融阙东殴殳沃利蔚那空养须丰巢蒯相后红覃帅肖闫付仝代邰麻钭逄檀缪逯尉佘寇苍庹粟次仁扎丹索格达拉"
    "旦普益玛措其阿买艾吐努热"
    "雷滕卞禹狄贝昝裘干宣贲郁杭诸左吉钮嵇滑荀於惠芮羿储汲邴松富乌巴牧隗宓蓬郗班仰秋伊厉戎祖束幸韶蓟印宿怀蒲鄂咸籍能闻莘贡劳扶宰郦雍濮寿扈郏充慕茹习宦容慎戈庾终暨居衡弘禄"
)
_DOUBLE = (
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "令狐",
    "慕容",
    "司徒",
    "端木",
    "独孤",
    "南宫",
    "夏侯",
    "西门",
    "百里",
    "呼延",
    "宇文",
    "长孙",
    "轩辕",
    "闾丘",
    "太史",
    "钟离",
)
_TITLE = re.compile(r"(先生|女士|小姐|老师|同学|阿姨|叔叔|大哥|大姐|师傅|医生|经理|老板|总|哥|姐|姨|叔|妈妈|爸爸)$")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]+")
_DOTTED = re.compile(r"[\u4e00-\u9fff]{1,12}(·[\u4e00-\u9fff]{1,12})+")
_DOTTED_END = re.compile(r"[\u4e00-\u9fff]{1,12}(·[\u4e00-\u9fff]{1,12})+$")
_MASKED = re.compile(r"[\u4e00-\u9fff]\*{1,4}|\*{1,3}[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]\*{1,2}[\u4e00-\u9fff]|[\u4e00-\u9fff]{2}\*{1,2}")
_LATIN = re.compile(r"[A-Za-z][A-Za-z.'_\-]{0,30}( [A-Za-z][A-Za-z.'_\-]{0,30}){0,3}")
_NICK = re.compile(r"[\w\u4e00-\u9fff]{1,20}")

PLACE_WORD = re.compile(
    r"(号|楼|栋|幢|室|层|座|单元|路|街|巷|弄|村|组|镇|乡|街道|大道|花园|小区|公寓|大厦|广场|中心|驿站|超市|学校|大学|中学|小学|学院|医院|公司|厂|园|苑|府|城|院|店|区|社区|"
    r"宿舍|工业园|科技园|商场|市场|柜|旁|对面|附近|交叉口|路口|门口|前台|物业|馆|站|庄|屯|里|坊|胡同|湾|寨|营|队|社|团|连|场|桥|期|丰巢|菜鸟|快递|代收点|自提点)"
)
_PLACE_END = re.compile(
    r"(号|楼|栋|幢|室|层|座|单元|路|街|巷|弄|村|组|镇|乡|街道|大道|花园|小区|公寓|大厦|广场|中心|驿站|超市|学校|大学|中学|小学|学院|医院|公司|厂|园|苑|府|院|店|区|社区|"
    r"宿舍|商场|市场|柜|旁|对面|附近|口|前台|物业|馆|站|庄|屯|胡同|寨|队|桥|期|省|市|县|旗|州|收点|提点|铺|房|库|仓|间|内|侧|面|边|段)$"
)
_CARRIER = "(顺丰|圆通|中通|申通|韵达|极兔|邮政|京东|德邦)(快递|速运|物流)?"
_TALK = re.compile(
    r"(谢谢|感谢|麻烦|尽快|快点|发货|发给|寄给|寄到|帮我|地址|改到|改成|不要|可以|你好|您好|拍错|备注|发票|颜色|尺码|红包|便宜|包邮|电联|送货|周末|工作日|上班|下班|放门口|打电话|送到)"
    rf"|(发|走|用|要){_CARRIER}|^{_CARRIER}$"
)
_BEFORE_NAME = frozenset("号室栋楼层座元幢门院店站园苑厦村组队)）*0123456789")


def tidy(word: str) -> str:
    """A name without what stands around it: `张三（收）` → `张三`, `收件人` marks gone."""
    word = word.strip(" \t,，、。.;；:：-—_/|\"'“”‘’[]【】()（）<>《》")
    return re.sub(r"[（(\s]*(亲?收|签收|启)[)）]*$", "", word) if len(word) > 2 else word


def name_score(word: str) -> int:
    """How much `word` by itself looks like a name: below 3 it needs better reasons, 5 and more is sure."""
    if not word or len(word) > 30 or _TALK.search(word):
        return -5
    if _MASKED.fullmatch(word):
        return 6 if not _PLACE_END.search(word) and word[0] not in _BEFORE_NAME - {"*"} else -3
    if _DOTTED.fullmatch(word):
        return 7
    score = 0
    plain = _TITLE.sub("", word)
    if plain != word and plain and len(word) <= 6 and _HAN.fullmatch(word):
        score += 4
    if _HAN.fullmatch(word):
        if len(word) in {2, 3} and word[0] in _SURNAMES:
            score += 5
        elif word.startswith(_DOUBLE) and 3 <= len(word) <= 4:
            score += 6
        elif len(word) == 4 and word[0] in _SURNAMES:
            score += 3
        elif len(word) <= 4:
            score += 2
        elif len(word) <= 8:
            score += 1
    elif _LATIN.fullmatch(word):
        score += 3
    elif _NICK.fullmatch(word) and not word.isdigit():
        score += 2
    if _PLACE_END.search(word):
        score -= 4 if len(word) > 2 else 1
    elif PLACE_WORD.search(word) and len(word) > 3:
        score -= 2
    return score


def looks_like_place(word: str) -> bool:
    """Part of an address rather than talk: it has a house number, a road or a building."""
    return not _TALK.search(word) and (any(mark.isdigit() for mark in word) or PLACE_WORD.search(word) is not None)


def is_talk(word: str) -> bool:
    return _TALK.search(word) is not None


def _after_place(name: str) -> str:
    """`号室买买提·艾力` → `买买提·艾力`."""
    first = name.split("·", maxsplit=1)[0]
    cut = max((at + 1 for at, mark in enumerate(first) if mark in _BEFORE_NAME), default=0)
    return name[cut:]


def name_at_the_end(word: str) -> str:
    """A name that is glued to an address: `文一路99号张三` → `张三`; "" if none is there."""
    if (dotted := _DOTTED_END.search(word)) and (name := _after_place(dotted[0])) != word:
        return name
    for length in (3, 2):
        name = word[-length:]
        if name[0] == "*":
            continue
        if len(word) > length and word[-length - 1] in _BEFORE_NAME and name[0] not in _BEFORE_NAME and name_score(name) >= 5:
            return name
    return ""
