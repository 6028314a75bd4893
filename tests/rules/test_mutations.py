"""Breaking a guard turns a test red: each mutation below is planted in a copy of the tree, and the suite must notice.

The long run tries them all (pytest -m long tests/rules/test_mutations.py); the normal run sees only that each still
finds its place in the code, so that a mutation can't quietly become a no-op.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SUITES = (
    "tests/domain",
    "tests/db",
    "tests/properties",
    "tests/commands",
    "tests/queries",
    "tests/stories",
    "tests/imports/test_merging.py",
)


@dataclass(frozen=True)
class Mutation:
    """`old` stands exactly once in `file`; with `new` in its place something is no longer true."""

    name: str
    file: str
    old: str
    new: str


MUTATIONS = (
    Mutation(
        "a state is skipped",
        "services/domain/order_states.py",
        "Move(_S.AWAITING_PAYMENT, _S.CLOSED",
        "Move(_S.AWAITING_PAYMENT, _S.SHIPPED",
    ),
    Mutation("unpaid orders ship", "services/domain/blockers.py", '"awaiting_payment": "not_paid", ', ""),
    Mutation("a shortage is no blocker", "services/domain/blockers.py", "    if facts.shortage:\n", "    if facts.shortage > 10**9:\n"),
    Mutation(
        "an open case is no blocker", "services/domain/blockers.py", "    if facts.open_cases:\n", "    if facts.open_cases > 10**9:\n"
    ),
    Mutation(
        "allocation oversells", "services/domain/allocation.py", "left[demand.sku_id] -= units", "left[demand.sku_id] -= min(units, 1)"
    ),
    Mutation("the latest deadline first", "services/domain/allocation.py", "in sorted(demands)", "in sorted(demands, reverse=True)"),
    Mutation("the average is off", "services/domain/allocation.py", "value * units // on_hand", "value * units // (on_hand + 1)"),
    Mutation(
        "waiting cases hold no money",
        "services/db/ceilings.py",
        "order_ceiling(money), freight_ceiling",
        "money.paid, freight_ceiling",
    ),
    Mutation("a refund forgets the journal", "services/commands/aftersales.py", '"amount": -amount,', '"amount": -amount - 1,'),
    Mutation("a return comes back twice", "services/commands/aftersales.py", '"return", restocked, cost', '"return", restocked * 2, cost'),
    Mutation("stock leaves twice", "services/commands/reserving.py", "level.on_hand -= units", "level.on_hand -= units * 2"),
    Mutation("nothing is refilled", "services/commands/reserving.py", "return touched | refill(uow, sku_ids)", "return touched"),
    Mutation("the chain forgets its past", "services/db/auditing.py", "previous + canonical.encode()", "canonical.encode()"),
    Mutation(
        "edits leave no entry",
        "services/db/uow.py",
        "                if name in audited:\n",
        "                if name in audited and False:\n",
    ),
    Mutation("the gate stands open", "services/db/gate.py", "        _set(connection, _judge)\n", ""),
    Mutation(
        "a lesser file overrules",
        "services/imports/said.py",
        "return BY_KIND[self.kind], self.time, self.mark",
        "return 0, self.time, self.mark",
    ),
    Mutation("an older file overrules", "services/imports/said.py", "key=lambda one: one.age, reverse=True)", "key=lambda one: one.age)"),
    Mutation("a file overrules a person", "services/imports/merge.py", "if name not in self.locked:", "if name:"),
    Mutation(
        "a state goes back",
        "services/imports/merge.py",
        "(seen is None or RANK[Status(told)] >= RANK[Status(seen)])",
        "(seen is None or told)",
    ),
    Mutation("stars hide what is clear", "services/imports/merge.py", "(is_masked(value) and ours and not is_masked(ours))", "not ours"),
    Mutation(
        "a used number is free",
        "services/db/shipping.py",
        "elif any(number in used for _carrier, number in plan.numbers):",
        "elif not used:",
    ),
)


@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_each_mutation_finds_its_place(mutation: Mutation) -> None:
    assert (ROOT / mutation.file).read_text("utf-8").count(mutation.old) == 1


@pytest.mark.long
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_broken_guard_turns_a_test_red(tmp_path: Path, mutation: Mutation) -> None:
    tree = tmp_path / "tree"
    ignored = shutil.ignore_patterns(".venv", ".git", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", "__pycache__")
    shutil.copytree(ROOT, tree, ignore=ignored)
    broken = tree / mutation.file
    broken.write_text(broken.read_text("utf-8").replace(mutation.old, mutation.new), "utf-8")
    suites = [suite for suite in SUITES if (tree / suite).exists()]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *suites],
        cwd=tree,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert run.returncode == 1, f"{mutation.name}: no test noticed\n{run.stdout[-1500:]}{run.stderr[-500:]}"
