"""How a wrong change is made, taken back and judged; the list itself is in the guards."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

from kkmp.runner import mutants, mutants_report, processes, trials, wrong_changes
from kkmp.runner.errors import CannotGoOn
from kkmp.runner.trials import Copy, Verdict
from kkmp.runner.wrong_changes import Change, Mutant

WRITTEN = """
[[mutant]]
id = "{id}"
area = "money"
what = "Too little"
harm = "The shop loses"
tests = ["tests/shops"]
[[mutant.change]]
file = "shop.py"
before = "price * 2"
after = "price"
"""
FAILED = "FAILED tests/test_shop.py::test_price[1 - 2] - assert 3 == 6\n1 failed in 0.1s\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "shop.py").write_text("def due(price):\n    return price * 2\n")
    return tmp_path


def mutant(*changes: Change, id: str = "half") -> Mutant:
    made = changes or (Change("shop.py", "price * 2", "price"),)
    return Mutant(id, "money", "Too little", "The shop loses", ("tests/shops",), made)


def test_a_change_is_made_for_the_block_and_taken_back(root: Path) -> None:
    with mutant().made(root):
        assert (root / "shop.py").read_text() == "def due(price):\n    return price\n"
    assert (root / "shop.py").read_text() == "def due(price):\n    return price * 2\n"


def test_python_does_not_go_on_with_what_it_compiled_before(root: Path) -> None:
    compiled = root / "__pycache__"
    compiled.mkdir()
    with mutant().made(root):
        name = Path(wrong_changes.importlib.util.cache_from_source("shop.py")).name
        (compiled / name).write_bytes(b"of the change")
    assert not (compiled / name).exists()


@pytest.mark.parametrize("before", ["price * 3", "price"])
def test_a_text_that_does_not_stand_there_once_is_refused(root: Path, before: str) -> None:
    with pytest.raises(CannotGoOn, match=r"shop\.py has (0|2) times"):
        Change("shop.py", before, "0").applied_to(root)


def test_where_the_second_place_is_gone_the_first_is_put_back(root: Path) -> None:
    twice = mutant(Change("shop.py", "price * 2", "price"), Change("shop.py", "gone", ""))
    with pytest.raises(CannotGoOn), twice.made(root):
        pass
    assert "price * 2" in (root / "shop.py").read_text()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (WRITTEN * 2, "Written down twice: half"),
        (WRITTEN.replace("money", "weather"), "weather is none of"),
        (WRITTEN.replace('harm = "The shop loses"', ""), "missing or unknown: harm"),
        (WRITTEN + 'note = "x"', "note"),
        (WRITTEN.replace('"price"', '"price * 2"'), "changes nothing"),
    ],
)
def test_what_is_written_wrongly_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    file = tmp_path / "mutants.toml"
    file.write_text(text.format(id="half"))
    with pytest.raises((CannotGoOn, TypeError), match=reason):
        wrong_changes.read(file)


@pytest.mark.parametrize(
    ("file", "makes"),
    [
        ("shops/till/sql/selling.sql", True),
        ("shops/migrations/0001_initial.py", True),
        ("kkmp/registry/constraints.py", True),
        ("shops/till/services/sales.py", False),
    ],
)
def test_the_database_is_made_anew_for_what_tables_are_made_of(file: str, makes: bool) -> None:
    assert mutant(Change(file, "a", "b")).makes_tables is makes


# --- Judging ---------------------------------------------------------------------------------


@pytest.fixture
def copy(root: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A copy whose runs of pytest end as ``says`` has it, one after the other."""
    held = SimpleNamespace(says=[], ran=[], it=Copy(root, root, root, root / "note", {}))
    held.near = replace(held.it, near=True)

    def run(_self: Copy, name: str, arguments: tuple[str, ...], *_: float, **__: bool):
        held.ran.append((name, tuple(arguments), (root / "shop.py").read_text()))
        yield
        return held.says.pop(0)

    monkeypatch.setattr(Copy, "pytest", run)
    return held


def test_the_tests_of_the_package_are_asked_first(copy: SimpleNamespace) -> None:
    copy.says = [(1, FAILED)]
    verdict = trials.alone(copy.it.judge(mutant()))
    assert verdict.test == "tests/test_shop.py::test_price[1 - 2]"
    assert verdict.is_caught
    assert not verdict.whole
    assert [run[:2] for run in copy.ran] == [("half", ("-x", "tests/shops"))]
    assert "price * 2" not in copy.ran[0][2]


def test_where_they_notice_nothing_the_whole_suite_is_asked(copy: SimpleNamespace) -> None:
    copy.says = [(0, "5 passed"), (1, FAILED)]
    verdict = trials.alone(copy.it.judge(mutant()))
    assert verdict.is_caught
    assert verdict.whole
    assert copy.ran[1][1][:2] == ("-x", "tests")


def test_what_nobody_notices_survives(copy: SimpleNamespace) -> None:
    copy.says = [(0, "5 passed"), (0, "500 passed")]
    verdict = trials.alone(copy.it.judge(mutant()))
    assert not verdict.is_caught
    assert verdict.words == "SURVIVED"


def test_who_asks_only_the_package_does_not_wait_for_the_suite(copy: SimpleNamespace) -> None:
    copy.says = [(0, "5 passed")]
    assert trials.alone(copy.near.judge(mutant())).words == "SURVIVED"
    assert len(copy.ran) == 1


@pytest.mark.parametrize("code", [-1, 1, 2, 3, 4, 5])
def test_tests_that_did_not_run_have_caught_nothing(copy: SimpleNamespace, code: int) -> None:
    copy.says = [(code, "ERROR tests/test_shop.py - SyntaxError")]
    verdict = trials.alone(copy.it.judge(mutant()))
    assert not verdict.is_caught
    assert "did not run" in verdict.words


def test_a_test_that_fails_without_the_change_has_caught_nothing(copy: SimpleNamespace) -> None:
    first, second = Verdict(mutant(id="a"), test="t::a"), Verdict(mutant(id="b"), test="t::b")
    copy.says = [(1, "FAILED t::b - it always does")]
    confirmed = trials.alone(copy.it.confirm([first, second]))
    assert [one.is_caught for one in confirmed] == [True, False]
    assert copy.ran[0][1] == ("t::a", "t::b")
    assert "price * 2" in copy.ran[0][2]


def test_if_the_confirmation_does_not_run_nothing_is_claimed(copy: SimpleNamespace) -> None:
    copy.says = [(4, "no such test")]
    with pytest.raises(CannotGoOn, match="did not run"):
        trials.alone(copy.it.confirm([Verdict(mutant(), test="t::a")]))


def _taking(turns: int, root: Path, running: list[str]) -> SimpleNamespace:
    """A copy whose trials take so many turns, and write down when they begin and end."""

    def judge(mutant: Mutant):
        running.append(f"{mutant.id} begins")
        for _ in range(turns):
            yield
        running.append(f"{mutant.id} ends")
        return Verdict(mutant, test="t::t")

    return SimpleNamespace(judge=judge)


def test_each_copy_takes_the_next_when_it_is_done(root: Path, monkeypatch) -> None:
    monkeypatch.setattr(trials.time, "sleep", lambda _seconds: None)
    said: list[str] = []
    copies = [_taking(5, root, said), _taking(1, root, said)]
    wanted = [mutant(id=id) for id in "abc"]
    verdicts = list(trials.side_by_side(copies, wanted))
    assert {one.mutant.id for one in verdicts} == {"a", "b", "c"}
    assert said == ["a begins", "b begins", "a ends", "c begins", "c ends", "b ends"]


def test_who_stops_leaves_no_change_and_no_process_behind(root: Path, monkeypatch) -> None:
    monkeypatch.setattr(trials, "PYTEST", ("-c", "import time; time.sleep(60)"))
    monkeypatch.setattr(processes, "PATIENCE", 5)
    copy = Copy(root, root, root, root / "note", {})
    trial = copy.judge(mutant())
    next(trial)
    [running] = [each for each in psutil.Process().children() if "sleep(60)" in each.cmdline()[-3]]
    assert "price * 2" not in (root / "shop.py").read_text()
    trial.close()
    assert not running.is_running()
    assert "price * 2" in (root / "shop.py").read_text()


def test_a_run_that_does_not_end_is_ended(root: Path, monkeypatch) -> None:
    monkeypatch.setattr(trials, "PYTEST", ("-c", "import time; time.sleep(60)"))
    copy = Copy(root, root, root, root / "note", {})
    code, _output = trials.alone(copy.pytest("slow", (), 0.2))
    assert code == trials.UNFINISHED


# --- What is kept ----------------------------------------------------------------------------


def test_the_report_says_what_was_caught_and_what_was_not() -> None:
    verdicts = [
        Verdict(mutant(id="a"), test="tests/t.py::test_a[x|y]"),
        Verdict(mutant(id="b"), test="tests/t.py::test_b", whole=True),
        Verdict(mutant(id="c")),
        Verdict(mutant(id="d"), test="tests/t.py::test_d", fault="it fails anyway"),
    ]
    written = [*(one.mutant for one in verdicts), mutant(id="e")]
    text = mutants_report.text(written, mutants_report.found(verdicts, "today, `abc`"))
    assert "**2 of 5 caught.**" in text
    assert (
        r"| `a` | Too little (`shop.py`) | The shop loses | `t.py::test_a[x\|y]` | today, `abc` |"
        in text
    )
    assert "`t.py::test_b`, not by the package's own tests |" in text
    assert "| **nobody: it survived** |" in text
    assert "| **no verdict**: it fails anyway |" in text
    assert "| **not tried yet** | – |" in text


def test_what_is_tried_alone_takes_only_its_own_row() -> None:
    written = [mutant(id="a"), mutant(id="b")]
    first = mutants_report.found([Verdict(one, test="t::t[x|y]") for one in written], "`abc`")
    text = mutants_report.text(written, first)
    assert mutants_report.kept(text) == first
    later = mutants_report.kept(text) | mutants_report.found([Verdict(written[1])], "`def`")
    again = mutants_report.text(written, later)
    assert mutants_report.kept(again)["a"] == first["a"]
    assert "it survived" in mutants_report.kept(again)["b"][0]
    assert "`def`" in mutants_report.kept(again)["b"][1]
    assert "`b`" not in mutants_report.text(written[:1], later), "it is written down no more"


@pytest.mark.parametrize(
    ("tests", "near", "code", "rows"),
    [
        (("t::a", "t::b"), [], 0, ("`t::a`", "`t::b`")),
        (("t::a", ""), [], 1, ("`t::a`", "**nobody: it survived**")),
        (("t::a", ""), ["--near"], 1, ("`t::a`", "**not tried yet**")),
    ],
)
def test_a_survivor_fails_the_command(monkeypatch, tmp_path, tests, near, code, rows) -> None:
    written, report = [mutant(id="a"), mutant(id="b")], tmp_path / "report.md"
    verdicts = [Verdict(one, test=test) for one, test in zip(written, tests, strict=True)]
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setattr(mutants, "REPORT", report)
    monkeypatch.setattr(mutants, "_written", lambda: written)
    monkeypatch.setattr(mutants, "_tried", lambda _wanted, near: verdicts)
    assert mutants.mutants(near) == code
    known = mutants_report.kept(report.read_text())
    assert (known["a"][0], known["b"][0]) == rows


def test_an_id_that_is_not_written_down_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(mutants, "_written", lambda: [mutant(id="a")])
    with pytest.raises(CannotGoOn, match="No such mutant: z"):
        mutants.mutants(["a", "z"])
