"""A small export of the demo shop as its platform would write it, to try an import on: an order list and its goods list.

The order list has the headings of 2019 to 2022 (G4), the goods list those of 2024 (D3), both GBK csv with the platform's
own quirks: guarded ids, blanks behind headings, an apostrophe before phones (reference/taobao.md 2.1 to 2.3).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from random import Random

from services.clock import MS_A_DAY, MS_A_MINUTE, MS_AN_HOUR, day_of, to_local
from services.demo.baskets import Baskets
from services.demo.goods import SHORT, TAOBAO, wares
from services.demo.orders import DemoOrder
from services.demo.people import new_buyer
from services.domain.carriers import BY_CODE
from services.money import write_amount

ORDER_HEADINGS = (
    "订单编号,买家会员名,买家支付宝账号,买家会员昵称,支付单号,支付详情,买家应付货款,买家应付邮费,买家支付积分,总金额,返点积分,买家实际支付金额,买家实际支付积分,"
    "订单状态,买家留言,收货人姓名,收货地址 ,运送方式,联系电话 ,联系手机,虚拟号过期时间,订单创建时间,订单付款时间 ,宝贝标题 ,宝贝种类 ,物流单号 ,物流公司,订单备注,"
    "宝贝总数量,店铺Id,店铺名称,订单关闭原因,卖家服务费,买家服务费,发票抬头,是否手机订单,分阶段订单信息,特权订金订单id,是否上传合同照片,是否上传小票,是否代付,定金排名,"
    "修改后的sku,修改后的收货地址,异常信息,天猫卡券抵扣,集分宝抵扣,是否是O2O交易,新零售交易类型,新零售导购门店名称,新零售导购门店id,新零售发货门店名称,新零售发货门店id,"
    "退款金额,预约门店,确认收货时间,打款商家金额,含应开票给个人的个人红包,是否信用购,体验期结束时间,前N有礼,配送类型,直播返现状态,返现金额,延迟发货自动赔付金额,"
    "新零售成交门店昵称,新零售成交门店id,新零售成交经销商id,预售订单,发货时间,商家备忘,主订单编号"
)
GOODS_HEADINGS = (
    "子订单编号,主订单编号,商品标题,商品价格,购买数量,外部系统编号,商品属性,套餐信息,联系方式备注,订单状态,商家编码,支付单号,买家应付货款,买家实付金额,退款状态,退款金额,"
    "订单创建时间,订单付款时间,发货时间,应发货时间,淘鲜达渠道,飞猪购订单信息,免单资格,免单金额,百亿补贴超链订单信息,超链半托管订单信息,商品ID,备注标签,商家备注,"
    "主订单买家留言,物流单号,物流公司,是否主动赔付,主动赔付金额,主动赔付出账时间"
)
_STATUS = {
    "awaiting_payment": "等待买家付款",
    "awaiting_shipment": "买家已付款，等待卖家发货",
    "shipped": "卖家已发货，等待买家确认",
    "completed": "交易成功",
    "closed": "交易关闭",
}
# What the file tells of, the newest last; all of it came after what the demo shop holds.
_PLOT = ("completed",) * 3 + ("closed",) + ("shipped",) * 4 + ("awaiting_shipment",) * 14 + ("awaiting_payment",) * 3
_GUARDED = frozenset({"订单编号", "支付单号", "店铺Id", "特权订金订单id", "主订单编号", "子订单编号", "商品ID"})


def write_sample_export(folder: Path, now: int, zone: str = "Asia/Shanghai") -> tuple[Path, Path]:
    """Write both files into `folder` (made if need be) as if exported at `now` (ms); returns the order list and the goods list.

    25 orders, 14 of them paid and waiting, all with clear addresses and goods of the demo shop. The same moment gives the
    same bytes. Raises OSError.
    """
    orders = _orders(now, zone)
    stamp = f"{to_local(now, zone):%Y%m%d%H%M}"
    folder.mkdir(parents=True, exist_ok=True)
    files = folder / f"ExportOrderList{stamp}.csv", folder / f"ExportItemlList{stamp}.csv"
    _write(files[0], ORDER_HEADINGS, [_order_cells(order, zone) for order in reversed(orders)])
    _write(files[1], GOODS_HEADINGS, [cells for order in reversed(orders) for cells in _goods_cells(order, zone)])
    return files


def _orders(now: int, zone: str) -> list[DemoOrder]:
    random = Random("sample export")
    goods = [ware for ware in wares() if ware.code not in SHORT and not ware.virtual]
    for place, ware in enumerate(goods, 1):
        ware.listings[TAOBAO] = place
    baskets = Baskets(random, goods)
    found = []
    for place, status in enumerate(_PLOT):
        age = 12 * MS_A_DAY if status in {"completed", "closed"} else 30 * MS_AN_HOUR if status == "shipped" else 5 * MS_AN_HOUR
        at = (now - age + place * 10 * MS_A_MINUTE + random.randrange(60) * 1000) // 1000 * 1000
        number = f"40210{place:02d}{random.randrange(10**8):08d}{random.randrange(10**4):04d}"
        buyer = new_buyer(random, 100_000 + place * 37, TAOBAO, at)
        order = DemoOrder(place + 1, TAOBAO, number, buyer, at, day_of(at, zone))
        baskets.fill(order)
        order.status = status
        _go_on(order, baskets, random, now)
        if place % 5 == 2:
            order.message = "送人的，请不要放价格单"
        if place % 7 == 3:
            order.memo = "送手写贺卡"
        found.append(order)
    return found


def _go_on(order: DemoOrder, baskets: Baskets, random: Random, now: int) -> None:
    if order.status == "awaiting_payment":
        return
    if order.status == "closed":
        order.closed_at = order.created_at + MS_A_DAY
        order.close_reason = "未及时付款"
        return
    order.paid_at = order.created_at + random.randrange(20, 400) * 1000
    order.paid = order.payable - order.platform_discount
    order.ship_by = order.paid_at + 48 * MS_AN_HOUR
    if order.status == "awaiting_shipment":
        return
    baskets.pack(order, order.paid_at + random.randrange(3, 20) * MS_AN_HOUR, order.lines)
    parcel = order.parcels[0]
    # The demo shop's own numbers begin elsewhere.
    parcel.number = parcel.number[:-9] + f"{900_000_000 + order.id * 7_919:09d}"
    order.shipped_at = parcel.shipped_at
    if order.status == "completed":
        order.completed_at = min(parcel.shipped_at + 6 * MS_A_DAY, now - MS_AN_HOUR)


def _order_cells(order: DemoOrder, zone: str) -> dict[str, str]:
    buyer, parcel = order.buyer, order.parcels[0] if order.parcels else None
    goods = order.goods_amount - order.discount
    return {
        "订单编号": order.number,
        "买家会员名": buyer.nick,
        "买家会员昵称": buyer.nick,
        "支付单号": _payment_number(order),
        "支付详情": f"支付宝:{write_amount(order.paid)}" if order.paid else "",
        "买家应付货款": write_amount(goods),
        "买家应付邮费": write_amount(order.freight),
        "买家支付积分": "0",
        "总金额": write_amount(order.payable),
        "返点积分": "0",
        "买家实际支付金额": write_amount(order.paid),
        "买家实际支付积分": "0",
        "订单状态": _STATUS[order.status],
        "买家留言": order.message,
        "收货人姓名": buyer.recipient,
        "收货地址 ": f"{buyer.province} {buyer.city} {buyer.district} {buyer.address}({buyer.postcode})",
        "运送方式": "快递",
        "联系手机": f"'{buyer.phone}",
        "订单创建时间": _time(order.created_at, zone),
        "订单付款时间 ": _time(order.paid_at, zone),
        "宝贝标题 ": "，".join(line.title for line in order.lines),
        "宝贝种类 ": str(len(order.lines)),
        "物流单号 ": parcel.number if parcel else "",
        "物流公司": BY_CODE[parcel.carrier].zh if parcel else "",
        "订单备注": order.memo,
        "宝贝总数量": str(sum(line.quantity for line in order.lines)),
        "店铺Id": "15263008",
        "店铺名称": "山月茶铺",
        "订单关闭原因": order.close_reason or "订单未关闭",
        "卖家服务费": "0元",
        "买家服务费": "0元",
        "是否手机订单": "手机订单",
        "是否上传合同照片": "否",
        "是否上传小票": "否",
        "是否代付": "否",
        "天猫卡券抵扣": write_amount(order.platform_discount) if order.platform_discount else "",
        "退款金额": "0.00",
        "确认收货时间": _time(order.completed_at, zone),
        "打款商家金额": f"{write_amount(order.paid + order.platform_discount)}元" if order.completed_at else "0元",
        "是否信用购": "否",
        "配送类型": "快递",
        "发货时间": _time(order.shipped_at, zone),
    }


def _goods_cells(order: DemoOrder, zone: str) -> list[dict[str, str]]:
    parcel = order.parcels[0] if order.parcels else None
    return [
        {
            "子订单编号": order.number if len(order.lines) == 1 else f"{order.number[:-6]}{line.position:02d}{order.number[-4:]}",
            "主订单编号": order.number,
            "商品标题": line.title,
            "商品价格": write_amount(line.price),
            "购买数量": str(line.quantity),
            "外部系统编号": line.ware.code,
            "商品属性": line.ware.properties,
            "订单状态": _STATUS[order.status],
            "商家编码": line.ware.code,
            "支付单号": _payment_number(order),
            "买家应付货款": write_amount(line.payable),
            "买家实付金额": write_amount(line.paid if order.paid else 0),
            "退款状态": "没有申请退款",
            "退款金额": "无退款申请",
            "订单创建时间": _time(order.created_at, zone),
            "订单付款时间": _time(order.paid_at, zone),
            "发货时间": _time(order.shipped_at, zone),
            "应发货时间": _time(order.ship_by, zone),
            "免单资格": "否",
            "商品ID": line.ware.item_id,
            "商家备注": order.memo,
            "主订单买家留言": order.message,
            "物流单号": parcel.number if parcel else "",
            "物流公司": BY_CODE[parcel.carrier].zh if parcel else "",
            "是否主动赔付": "否",
        }
        for line in order.lines
        if line.ware is not None
    ]


def _payment_number(order: DemoOrder) -> str:
    return f"2026{order.created_at}22001{order.id:06d}" if order.paid else ""


def _time(ms: int | None, zone: str) -> str:
    return "" if ms is None else f"{to_local(ms, zone):%Y-%m-%d %H:%M:%S}"


def _write(file: Path, headings: str, rows: Sequence[dict[str, str]]) -> None:
    names = headings.split(",")
    lines = [",".join(f'"{name}"' for name in names)]
    lines += [",".join(_cell(name, row.get(name, "")) for name in names) for row in rows]
    file.write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030"))


def _cell(name: str, value: str) -> str:
    return f'="{value}"' if name in _GUARDED else '"' + value.replace('"', '""') + '"'
