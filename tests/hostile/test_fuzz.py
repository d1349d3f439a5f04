"""What the fuzzer found stays mended, and ten thousand changed inputs break nothing."""

import pytest

from parser.readers import all_readers
from tests.hostile.fuzz import CORPUS, case_in, corpus_of, fuzz, main, trouble
from tests.hostile.fuzz_shrink import shrunk
from tests.hostile.fuzz_targets import Case, Target, Watch, all_targets

KEPT = [(name, path.name) for name in all_targets() for path in corpus_of(name)]
TOLD = "To see it again: python -m tests.hostile.fuzz {} --runs {} --seed {}"


@pytest.mark.parametrize(("target", "name"), KEPT)
def test_what_was_found_stays_mended(target: str, name: str) -> None:
    found = trouble(all_targets()[target], case_in(CORPUS / target / name))
    assert found is None, found and found[1]


@pytest.mark.parametrize("name", all_targets())
def test_changed_inputs_break_nothing(name: str) -> None:
    target = all_targets()[name]
    report = fuzz(target, 1, runs=target.share)
    assert report.executions == target.share
    assert report.kept > 0, "nothing new was ever said, so that nothing was looked at"
    for find in report.finds:
        pytest.fail(f"{find.told}\n{TOLD.format(name, find.run, find.seed)}")


def test_they_are_ten_thousand() -> None:
    targets = all_targets()
    assert sum(target.share for target in targets.values()) >= 10_000
    assert {reader.name for reader in all_readers()} <= set(targets)
    assert {path.name for path in CORPUS.iterdir()} <= set(targets)


def unchanged(text: str) -> str:
    return text


def test_what_breaks_is_found_and_made_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge itself: a reader that lets an escape through is found out."""
    monkeypatch.setattr("parser.readers.columns.clean", unchanged)
    target = all_targets()["yt-dlp"]
    report = fuzz(target, 1, runs=400)
    find = next(one for one in report.finds if "a text holds a harmful" in one.told)
    small = shrunk(find.case, lambda case: (trouble(target, case) or ("",))[0] == find.key)
    assert len(small.data) < 200
    monkeypatch.undo()
    assert trouble(target, small) is None


def test_the_same_seed_tries_the_same_inputs() -> None:
    tried: list[list[bytes]] = [[], []]

    def noting(target: Target, into: list[bytes]) -> Target:
        def run(case: Case, watch: Watch) -> object:
            into.append(case.data)
            return target.run(case, watch)

        return Target(target.name, run, target.seeds, target.words)

    for into in tried:
        fuzz(noting(all_targets()["links"], into), 7, runs=200)
    assert tried[0] == tried[1]
    assert len(set(tried[0])) > 100


def test_what_is_no_target_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as raised:
        main(["nothing"])
    assert raised.value.code == 2
    assert "no such target: nothing; there are: yt-dlp" in capsys.readouterr().err
