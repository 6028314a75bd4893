"""How it is called: options anywhere, both languages, exit codes, one object or one line, help that leaves nothing out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from services.cli import app, main
from services.cli.common import FLAGS, VALUES
from services.cli.help import help_lines, key_of
from services.words import term, terms
from tests.cli.conftest import Run

HAN = re.compile(r"[\u4e00-\u9fff]")
LATIN_WORDS = re.compile(r"(?<![-\w])(There|no|such|option|missing|usage|error|argument|requires|try)\b")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((), "usage_command_missing"),
        (("shipp",), "usage_command_nearest"),
        (("xyzzy",), "usage_command_unknown"),
        (("edit", "1", "--sett", "a=b"), "usage_option_nearest"),
        (("orders", "--fieldz", "number"), "usage_option_nearest"),
        (("orders", "--qqqqqqq"), "usage_option_unknown"),
        (("orders", "--limit"), "usage_value_missing"),
        (("orders", "--shop"), "usage_value_missing"),
        (("ship", "1", "--json=yes"), "usage_option_nearest"),
        (("slips", "--prices=1", "--out", "x.pdf"), "usage_value_extra"),
        (("ship",), "usage_missing"),
        (("slips",), "usage_missing"),
        (("receive", "A", "1", "2"), "usage_extra"),
        (("orders", "--lang", "fr"), "usage_choice"),
        (("orders", "--limit", "x"), "not_a_number"),
        (("orders", "--fields", "nummer"), "json_field_unknown"),
        (("orders", "--sort", "zzz"), "sort_unknown"),
        (("orders", "stauts:shipped"), "query_field"),
        (("refund", "1", "--kind", "x", "--amount", "1,5x", "--reason", "r"), "order_not_found"),
        (("report", "nope"), "report_unknown"),
        (("report", "sales_by_day", "--from", "2026-13"), "report_day"),
    ],
)
def test_wrong_usage_is_2_with_words_and_an_object(run: Run, words: tuple[str, ...], code: str) -> None:
    answer = run("--json", *words)
    assert answer.json["error"]["code"] == code
    assert answer.code == (1 if code == "order_not_found" else 2)
    assert answer.err == f"zhanggui: {answer.json['error']['message']}\n"


@pytest.mark.parametrize(
    "words", [("shipp",), ("orders", "--fieldz", "x"), ("ship",), ("receive", "A", "1", "2"), ("orders", "--limit", "x")]
)
def test_wrong_usage_is_told_in_chinese_where_that_was_asked_for(run: Run, words: tuple[str, ...]) -> None:
    for place in ((*words, "--lang", "zh"), ("--lang=zh", *words)):
        answer = run(*place)
        assert (answer.code, answer.out) == (2, "")
        assert HAN.search(answer.err)
        assert not LATIN_WORDS.search(answer.err)


def test_the_language_is_the_machines_unless_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "There is no command" in run("shipp").err
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "没有命令" in run("shipp").err
    assert "There is no command" in run("shipp", "--lang", "en").err


def test_common_options_stand_before_or_after_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "s")
    answers = []
    for words in (["--shop", folder, "--json", "orders"], ["orders", "--json", f"--shop={folder}"], ["--json", "orders", "--shop", folder]):
        assert main(words) == 0
        answers.append(json.loads(capsys.readouterr().out))
    assert answers == [{"orders": [], "count": 0, "total_paid": "0.00", "total_refunded": "0.00"}] * 3
    assert (tmp_path / "s" / "shop.sqlite").is_file()


def test_what_follows_an_option_is_its_value_even_if_it_looks_like_one_of_ours(shop: Run) -> None:
    assert shop("edit", "1001", "--set", "memo=x", "--reason", "--json").out.startswith("1001")


def test_a_search_may_begin_with_a_minus_and_be_several_words(shop: Run) -> None:
    found = shop("orders", "-status:awaiting_payment", "buyer:别人", "--json").json
    assert [order["number"] for order in found["orders"]] == ["1003"]
    assert shop("orders", "--json", "--", "-buyer:别人", "--limit").code == 2


def test_no_folder_no_shop_one_line(run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "file"
    file.write_text("no shop")
    assert main(["--shop", str(file), "orders", "--json"]) == 1
    told = capsys.readouterr()
    assert json.loads(told.out)["error"]["code"] == "folder_refused"
    assert told.err.count("\n") == 1


def test_a_bug_is_one_line_and_a_report(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from services.queries.order_rows import FirstOrders

    def broken(self: FirstOrders, reading: object) -> None:
        raise ZeroDivisionError("secret of the buyer")

    monkeypatch.setattr(FirstOrders, "run", broken)
    answer = run("orders", "--limit", "1", "buyer:张三")
    assert answer.code == 1
    assert answer.err.count("\n") == 1
    assert "Traceback" not in answer.err
    (report,) = (folder / "logs").glob("crash-*.txt")
    assert str(report) in answer.err
    text = report.read_text("utf-8")
    assert "ZeroDivisionError" in text
    assert "张三" not in text


def test_stopping_is_130_and_leaves_the_shop_as_it_was(shop: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    from services.commands.parcels import ShipOrders

    before = shop("verify", "--digest", "--json").json["digest"]
    whole = ShipOrders.apply

    def stopped(self: ShipOrders, uow: object) -> None:
        whole(self, uow)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    monkeypatch.setattr(ShipOrders, "apply", stopped)
    answer = shop("ship", "1001", "--carrier", "sf", "--tracking", "SF1234567890123", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (130, "interrupted")
    monkeypatch.undo()
    assert shop("verify", "--digest", "--json").json["digest"] == before


def test_every_command_and_option_is_explained_in_both_languages() -> None:
    known = terms()["option"]
    named = {option.removeprefix("--") for option in (*FLAGS, *VALUES)}
    for name, command in app.commands().items():
        assert name in terms()["command"]
        for param in command.params:
            key = key_of(param)
            assert f"{name}.{key}" in known or key in known, (name, key)
            assert param.is_flag if param.param_type_name == "option" and not param.metavar else param.metavar, (name, key)
            named |= {key, f"{name}.{key}"}
    assert set(known) <= named | {"version"}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_help_names_all_commands_and_each_has_its_page(run: Run, lang: str) -> None:
    overview = run("--help", "--lang", lang)
    assert overview.code == 0
    for name in app.commands():
        assert f"  {name} " in overview.out
        page = "\n".join(help_lines(app.commands(), name, lang))
        assert term("command", name, lang) in page
        if lang == "zh":
            assert not LATIN_WORDS.search(page)
    assert run("ship", "--help", "--lang", lang).out.startswith("zhanggui ship NUMBER")


def test_the_version_is_told(run: Run) -> None:
    assert re.fullmatch(r"zhanggui \d+\.\d+\.\d+\n", run("--version").out)


@pytest.mark.parametrize(
    ("words", "window"),
    [
        ("--lang zh --json screenshots --out x", True),
        ("screenshots --out x --shop y", True),
        ("--lang zh", True),
        ("--help", False),
        ("--version", False),
        ("--json orders", False),
        ("orders screenshots", False),
        ("--shop", False),
    ],
)
def test_the_window_opens_for_its_own_commands_wherever_the_common_options_stand(words: str, window: bool) -> None:
    from desktop.__main__ import opens_window

    assert opens_window(words.split()) is window
