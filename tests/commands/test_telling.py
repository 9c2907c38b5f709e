"""How far it is: a line a quarter where nobody sits at a terminal."""

import io

from rich.console import Console

from helhed.commands.telling import Telling


def told(act) -> str:
    out = io.StringIO()
    act(Telling(2, Console(file=out, width=200)))
    return out.getvalue()


def test_a_step_is_told_from_beginning_to_end():
    def act(telling):
        with telling.step("Counting") as report:
            for part in range(101):
                report("read", part / 100)
        telling.skip("Notices", "done before")

    lines = told(act).splitlines()
    assert lines[0] == "1/2 Counting …"
    assert [line.split()[0] for line in lines[1:5]] == ["25%", "50%", "75%", "100%"]
    assert lines[5].startswith("1/2 Counting: done (")
    assert lines[6] == "2/2 Notices: done before"


def test_a_step_that_fails_is_not_told_as_done():
    def act(telling):
        try:
            with telling.step("Counting"):
                raise ValueError
        except ValueError:
            pass

    assert "done" not in told(act)


def test_brackets_are_told_as_they_are():
    def act(telling):
        with telling.step("Files [all]") as report:
            report("[red]a.csv", 1.0)

    assert "Files [all]" in told(act) and "[red]a.csv" in told(act)
