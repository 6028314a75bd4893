"""What a viewer may not see is in no answer: every query there is, asked by who may see neither people nor costs (domain.md, approvals)."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import services
from services.access import NOBODY, Viewer
from services.db.masks import MASKS, PERSONAL_FIELDS, TOLD_PLACES
from services.desk import Desk
from services.domain.permissions import ASKING, NEEDS, OF_ALL, OPEN_QUERIES, PERMISSIONS, UNMASKED
from services.errors import NotFound, Refused
from services.exports.registry import tables
from services.exports.tables import ALL as ALL_COLUMNS
from services.exports.tables import export_table
from services.imports.said import TOLD_FIELDS
from services.reports import REPORTS
from services.reports.report import RunReport
from services.seals import seal_of
from tests.frozen import FrozenClock
from tests.queries.seeing import ALL, BLIND, PHONE, _Sql, costs_in, fill, personal_in

WORDS = ("", "欧阳", "13955567788", "7788", "玛卡路", "CUP", "9001", "收货人:欧阳", "地址:玛卡路", "电话:13955567788", "马克杯")
"""What a search may say, hidden values among it: the order is found, its values are not told."""


@pytest.fixture(scope="module")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("marked")
    with Desk.open(folder / "shop", clock=FrozenClock()) as desk:
        fill(desk, folder)
        yield desk


@pytest.fixture
def as_(marked: Desk) -> Iterator[Callable[[Viewer], Desk]]:
    """The same shop with somebody else before it."""
    before = marked.viewer

    def one(viewer: Viewer) -> Desk:
        marked.viewer = viewer
        return marked

    yield one
    marked.viewer = before


def query_classes() -> dict[str, type]:
    found = {}
    for module in pkgutil.walk_packages(services.__path__, "services."):
        if module.name.startswith(("services.cli", "services.db.migrations")):
            continue
        loaded = importlib.import_module(module.name)
        for name, one in vars(loaded).items():
            protocol = getattr(one, "_is_protocol", False)
            if inspect.isclass(one) and one.__module__ == loaded.__name__ and callable(getattr(one, "run", None)) and not protocol:
                found[name] = one
    return found


QUERIES = query_classes()

IDS = {
    "order_id": "orders",
    "order_ids": "orders",
    "sku_id": "sku",
    "case_id": "after_sale",
    "approval_id": "approval",
    "batch_id": "import_batch",
}
OF_IDS = {
    "AuditRows": "SELECT seq FROM audit_entry",
    "BatchRows": "SELECT id FROM import_batch",
    "CaseRows": "SELECT id FROM after_sale",
    "CustomerRows": "SELECT id FROM customer",
    "StockRows": "SELECT id FROM sku",
    "SkuChoices": "SELECT id FROM sku",
    "UnmatchedRows": "SELECT id FROM listing",
    "GoodsRows": "SELECT id FROM listing",
    "ConflictRows": "SELECT id FROM import_conflict",
    "UndecidedRows": "SELECT id FROM import_conflict",
}
"""Whose ids `ids` are, where it is not orders'."""


def ids_of(desk: Desk, statement: str) -> tuple[int, ...]:
    return tuple(row[0] for row in desk.read(_Sql(statement)))


def examples(desk: Desk, name: str) -> Iterator[Any]:
    """Ways to ask one query, made of its fields' names; a field with an unknown name and no default is an error."""
    kind = QUERIES[name]
    if name in OTHERS:
        yield from OTHERS[name](desk)
        return
    fields = inspect.signature(kind).parameters
    choices: dict[str, Sequence[Any]] = {}
    for field, parameter in fields.items():
        if field in IDS:
            ids = ids_of(desk, f"SELECT id FROM {IDS[field]} ORDER BY id")
            optional = parameter.default is not inspect.Parameter.empty
            choices[field] = [ids] if field.endswith("s") else ([None] if optional else list(ids)[:60])
        elif field == "ids":
            choices[field] = [ids_of(desk, OF_IDS.get(name, "SELECT id FROM orders"))]
        elif field in {"search", "text"}:
            choices[field] = WORDS
        elif field == "digits":
            choices[field] = ("7788", PHONE)
        elif field == "number":
            choices[field] = ("9001", "9003")
        elif field == "numbers":
            choices[field] = [("9001", "9004", "78901234567890")]
        elif field in {"actor", "person"}:
            choices[field] = ("owner",)
        elif field in {"seq", "first", "last"}:
            choices[field] = ids_of(desk, "SELECT seq FROM audit_entry")
        elif parameter.default is inspect.Parameter.empty:
            pytest.fail(f"{name}.{field}: say in OTHERS how it is asked")
    for field, values in choices.items():
        rest = {other: several[0] for other, several in choices.items() if other != field}
        for value in values:
            yield kind(**rest, **{field: value})
    if not choices:
        yield kind()


def _json(_desk: Desk) -> Iterator[Any]:
    from services.queries.order_json import OrdersJson

    for search in WORDS:
        taken: list[Any] = []
        yield OrdersJson(search, take=taken.extend)
        yield taken


def _changes(desk: Desk) -> Iterator[Any]:
    from services.domain.amendments import Amendment
    from services.queries.approval_rows import ChangePreview

    for order_id in ids_of(desk, "SELECT id FROM orders LIMIT 5"):
        yield ChangePreview(order_id, Amendment(discount=100), False)


def _as_of(desk: Desk) -> Iterator[Any]:
    from services.queries.order_as_of import OrderAsOf

    moments = ids_of(desk, "SELECT DISTINCT at FROM audit_entry")
    for order_id in ids_of(desk, "SELECT id FROM orders LIMIT 20"):
        for at in moments:
            yield OrderAsOf(order_id, at)


def _here(desk: Desk) -> Iterator[Any]:
    from services.imports.order_here import OrderHere

    channels = ids_of(desk, "SELECT id FROM channel")
    for (number,) in desk.read(_Sql("SELECT number FROM orders")):
        yield OrderHere(channels, number)


def _raw(desk: Desk) -> Iterator[Any]:
    from services.queries.provenance import RawRow

    for batch_id, rows in desk.read(_Sql("SELECT id, rows FROM import_batch")):
        for row in range(2, rows + 2):
            yield RawRow(batch_id, row)


def _reports(_desk: Desk) -> Iterator[Any]:
    for report in REPORTS:
        for by in report.bys or ("",):
            yield RunReport(report, by=by)


def _one(name: str, *choices: tuple[Any, ...]) -> Callable[[Desk], Iterator[Any]]:
    return lambda _desk: (QUERIES[name](*values) for values in choices)


OTHERS: Mapping[str, Callable[[Desk], Iterator[Any]]] = {
    "ChangePreview": _changes,
    "DecisionsFor": _one("DecisionsFor", ("owner",)),
    "EditedHere": _one("EditedHere", ((),)),
    "EntityTrail": _one("EntityTrail", ("sku",), ("customer",), ("setting",), ("person",), ("orders",), ("sku", 1)),
    "EvidenceHere": _one("EvidenceHere", ({},)),
    "FindSku": _one("FindSku", ("CUP-1",)),
    "GroupSearch": _one("GroupSearch", ("late",)),
    "KnownFiles": _one("KnownFiles", ((),)),
    "KnownViewer": _one("KnownViewer", ("owner",)),
    "OrderAsOf": _as_of,
    "OrderHere": _here,
    "OrdersJson": _json,
    "RawRow": _raw,
    "ReadAddress": _one("ReadAddress", ("张三 16812345678 浙江省杭州市西湖区文三路1号",)),
    "ProvenViewer": _one("ProvenViewer", ("owner", "2580")),
    "RunReport": _reports,
    "SealHolds": _one("SealHolds", (seal_of(740_000, 1, b""),)),
}
"""Queries whose fields don't tell how to ask them."""


def asked(desk: Desk, name: str) -> list[Any]:
    """The answers to all examples. What was taken along the way counts as an answer."""
    answers = []
    for query in examples(desk, name):
        try:
            answers.append(desk.read(query) if hasattr(query, "run") else query)
        except (Refused, NotFound) as error:
            answers.append(error.facts)
            if isinstance(error, Refused) and error.code != "not_permitted":
                raise
    return answers


@pytest.mark.parametrize("hidden", BLIND)
@pytest.mark.parametrize("name", QUERIES)
def test_no_answer_tells_what_is_hidden(marked: Desk, as_: Callable[[Viewer], Desk], name: str, hidden: str) -> None:
    if UNMASKED.get(name):
        return  # they ask for what they tell, see below
    answers = asked(as_(BLIND[hidden]), name)
    if hidden != "costs":
        assert personal_in(answers) == set()
    if hidden != "personal":
        assert costs_in(answers) == set()


def test_the_owner_sees_all_of_it(marked: Desk) -> None:
    """Else the test above would show nothing."""
    assert len(personal_in([asked(marked, name) for name in ("OrderCard", "OrderRows", "ExportRows", "AuditRows", "ConflictRows")])) >= 8
    assert costs_in([asked(marked, name) for name in ("StockCard", "StockRows", "MovementRows", "AuditRows")])


def test_the_tables_of_permissions_name_queries_that_there_are() -> None:
    named = {*UNMASKED, *ASKING, *OPEN_QUERIES}
    assert named <= set(QUERIES)
    assert {one for asks in UNMASKED.values() for one in asks} | set(ASKING.values()) <= set(PERMISSIONS)
    assert not set(UNMASKED) & set(ASKING)
    assert set(NEEDS.values()) <= {*PERMISSIONS, OF_ALL}


@pytest.mark.parametrize(("name", "lacking"), [(name, one) for name, asks in UNMASKED.items() for one in asks] + list(ASKING.items()))
def test_a_question_that_is_not_everybodys_is_refused(marked: Desk, as_: Callable[[Viewer], Desk], name: str, lacking: str) -> None:
    some = _plans(marked) if name == "PlanImport" else examples(marked, name)
    query = next(iter(some))
    with pytest.raises(Refused) as refused:
        as_(Viewer("小王", "few", ALL - {lacking})).read(query)
    assert (refused.value.code, refused.value.facts) == ("not_permitted", {"person": "小王", "permission": lacking})


def _plans(desk: Desk) -> Iterator[Any]:
    from services.imports.parse import parse_file
    from services.imports.plan import PlanImport

    for name in ("ExportOrderList202611231500.csv", "goods.csv"):
        yield PlanImport(parse_file(desk.shop.folder.parent / name, zone=desk.shop.zone, format="goods" if name == "goods.csv" else None))


def test_what_tells_costs_is_planned_undone_and_read_again_by_who_may_see_them(marked: Desk, as_: Callable[[Viewer], Desk]) -> None:
    from services.imports.kept_file import KeptFile
    from services.queries.undo_preview import UndoPreview

    orders, goods = _plans(marked)
    (batch,) = ids_of(marked, "SELECT id FROM import_batch WHERE kind = 'goods'")
    desk = as_(BLIND["costs"])
    assert desk.read(orders).report.rows == 25
    for query in (goods, KeptFile(batch), UndoPreview(batch)):
        with pytest.raises(Refused) as refused:
            desk.read(query)
        assert refused.value.facts["permission"] == "see_costs"


def test_nobody_sees_anything_before_signing_in(marked: Desk, as_: Callable[[Viewer], Desk]) -> None:
    names = sorted(set(QUERIES) - OPEN_QUERIES - {"PlanImport"})
    queries = [next(one for one in examples(marked, name) if hasattr(one, "run")) for name in names]
    desk = as_(NOBODY)
    for query in queries:
        with pytest.raises(Refused) as refused:
            desk.read(query)
        assert refused.value.code == "signed_out", query


@pytest.mark.parametrize("hidden", BLIND)
@pytest.mark.parametrize("name", sorted(tables("Asia/Shanghai")))
def test_no_export_tells_what_is_hidden(marked: Desk, as_: Callable[[Viewer], Desk], tmp_path: Path, name: str, hidden: str) -> None:
    table = tables(marked.shop.zone)[name]
    desk = as_(BLIND[hidden])
    ids = () if table.ids is None else table.ids(desk, "")
    path = tmp_path / f"{name}.csv"
    export_table(desk, table, ids, path, "zh", keys=table.sets.get(ALL_COLUMNS, ()))
    text = path.read_text("utf-8-sig")
    assert hidden == "costs" or personal_in([text]) == set()
    assert hidden == "personal" or costs_in([text]) == set()


def test_who_may_not_export_writes_no_file(marked: Desk, as_: Callable[[Viewer], Desk], tmp_path: Path) -> None:
    table = tables(marked.shop.zone)["orders"]
    with pytest.raises(Refused, match="not_permitted"):
        export_table(as_(Viewer("小王", "few", ALL - {"export"})), table, (1,), tmp_path / "out.csv", "zh")
    assert not list(tmp_path.iterdir())


def test_completion_proposes_nothing_hidden(marked: Desk, as_: Callable[[Viewer], Desk]) -> None:
    from services.queries.search_words import SearchWords
    from services.search.complete import complete

    known = as_(BLIND["both"]).read(SearchWords())
    for text in ("收货人:", "收货人:欧", "欧阳", "电话:139", "地址:玛", "recipient:", "phone:1", "address:"):
        assert not [one for one in personal_in(complete(text, len(text), "zh", known)) if one not in text]


def test_masks_name_columns_that_there_are(marked: Desk) -> None:
    for tables_of in MASKS.values():
        for table, columns in tables_of.items():
            assert set(columns) <= {row[1] for row in marked.read(_Sql(f"PRAGMA table_info({table})"))}, table
    assert tuple(TOLD_FIELDS[place] for place in TOLD_PLACES) == PERSONAL_FIELDS
