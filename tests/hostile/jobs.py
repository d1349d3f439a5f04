"""All trials there are, by name, so that they can be handed to other processes."""

from dataclasses import dataclass

from tests.hostile.cases import GROUPS, try_case
from tests.hostile.forms import FORMS
from tests.hostile.texts import HARMLESS, TEXTS
from tests.hostile.trials import Baseline, Verdict, try_text

_TEXT_NUMBERS = {text.name: number for number, text in enumerate(TEXTS)}
_TEXT_BY_NAME = {text.name: text for text in (*TEXTS, HARMLESS)}


@dataclass(frozen=True)
class Job:
    """A trial to be made: of a text in a format, or (without a format) of a case."""

    group: str
    name: str
    form: str = ""

    @property
    def whole(self) -> bool:
        """Whether all sinks are visited: once for each text, in one format after the other."""
        forms = list(FORMS)
        number = _TEXT_NUMBERS.get(self.name, 0)
        return self.form == forms[number % len(forms)]

    @property
    def again(self) -> str:
        """How to repeat it."""
        words = f'python -m tests.hostile --group {self.group} --only "{self.name}"'
        return f'{words} --format "{self.form}"' if self.form else words


def all_jobs() -> list[Job]:
    """Every trial there is."""
    texts = [Job("texts", text.name, form) for text in TEXTS for form in FORMS]
    cases = [Job(group, name) for group, some in GROUPS.items() for name in some]
    return [*cases, *texts]


def run_task(task: tuple[Job, Baseline | None]) -> tuple[Job, Verdict]:
    """Make one trial; texts have something to be compared with."""
    job, base = task
    if base is not None:
        return job, try_text(job.form, _TEXT_BY_NAME[job.name], base)
    return job, try_case(job.group, job.name)
