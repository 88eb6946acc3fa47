"""From scores by line to lines of evidence that can be stored and put into words."""

from collections.abc import Iterable, Mapping

import numpy as np

from caseman.matching.arrays import Int16s
from caseman.matching.encoded import LINES, lines_of
from caseman.matching.evidence import NOT_RECORDED, EvidenceLine, Finding, LineName
from caseman.matching.kernels import TO_LOG10, UNIT
from caseman.matching.lines.base import Setting
from caseman.matching.lines.names import compare_names, has_name
from caseman.matching.parameters import Parameters
from caseman.matching.pool import Pool
from caseman.matching.tables import AnyLine
from caseman.matching.values import AnteMortem, PostMortem


def explain(remains: PostMortem, report: AnteMortem, pool: Pool) -> tuple[EvidenceLine, ...]:
    """Return every line of evidence of one pair, either side in the pool or new to it."""
    parts = pool.parts(remains, report)
    return worded(findings_of(pool, remains, report, parts), parts)


def worded(findings: Mapping[LineName, Finding], parts: Int16s) -> tuple[EvidenceLine, ...]:
    """Return all lines in order, those without a finding as *not recorded*."""
    return tuple(
        EvidenceLine(
            line,
            finding.level,
            finding.agreement,
            float(part * TO_LOG10),
            finding.post_mortem,
            finding.ante_mortem,
        )
        for line, part in zip(LINES, parts, strict=True)
        for finding in (findings.get(line, NOT_RECORDED),)
    )


def findings_of(
    pool: Pool, remains: PostMortem, report: AnteMortem, parts: Int16s
) -> dict[LineName, Finding]:
    """Return the findings of all lines on which both sides speak."""
    return _findings((table.line for table in pool.tables), remains, report, parts)


class Retelling:
    """Puts scores that were kept back into words, without the pool they were counted in."""

    def __init__(self, parameters: Parameters, setting: Setting) -> None:
        self._lines = lines_of(parameters, setting)

    def lines(
        self, remains: PostMortem, report: AnteMortem, units: Mapping[LineName, int]
    ) -> tuple[EvidenceLine, ...]:
        """Return the lines that two records show, by what each weighed (1/256 nat)."""
        parts = np.array([units.get(line, 0) for line in LINES], np.int16)
        return worded(_findings(self._lines, remains, report, parts), parts)


def _findings(
    lines: Iterable[AnyLine], remains: PostMortem, report: AnteMortem, parts: Int16s
) -> dict[LineName, Finding]:
    findings: dict[LineName, Finding] = {}
    if remains.names and has_name(report):
        weight = float(parts[LINES.index(LineName.NAMES)]) / UNIT
        findings[LineName.NAMES] = compare_names(remains, report, weight)
    for line in lines:
        both = line.observe(remains) is not None and line.tell(report)
        if both and line.name not in findings:
            findings[line.name] = line.compare(remains, report)
    return findings
