"""What a heat map and a share need to be drawn: the range each colour step stands for, and shares of protected numbers."""

from dataclasses import dataclass

from helhed.insight.answers import HeatMap, Overview


@dataclass(frozen=True)
class Step:
    """One colour step: the smallest and largest number shown in it on this map; None where no cell has it."""

    step: int
    low: int | None
    high: int | None


def legend(heat: HeatMap, steps: int = 6) -> tuple[Step, ...]:
    """The steps of a heat map with the numbers they stand for; step 0 holds empty and hidden cells."""
    found: dict[int, list[int]] = {step: [] for step in range(steps)}
    for counts, row in zip(heat.cells, heat.steps, strict=True):
        for count, step in zip(counts, row, strict=True):
            if count.value is not None:
                found[step].append(count.value)
    return tuple(Step(s, min(values, default=None), max(values, default=None)) for s, values in found.items())


def shared_share(answer: Overview) -> float | None:
    """The shared citizens in percent of everyone the two administrations know; None where either number is not shown."""
    if answer.shared.value is None or not answer.people.value:
        return None
    return round(100 * answer.shared.value / answer.people.value, 1)
