"""From scores by line to lines of evidence that can be stored and put into words."""

from collections.abc import Mapping

from caseman.matching.arrays import Int16s
from caseman.matching.encoded import LINES
from caseman.matching.evidence import NOT_RECORDED, EvidenceLine, Finding, LineName
from caseman.matching.kernels import TO_LOG10, UNIT
from caseman.matching.lines.names import compare_names, has_name
from caseman.matching.pool import Pool
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
    findings: dict[LineName, Finding] = {}
    if remains.names and has_name(report):
        weight = float(parts[LINES.index(LineName.NAMES)]) / UNIT
        findings[LineName.NAMES] = compare_names(remains, report, weight)
    for table in pool.tables:
        line = table.line
        both = line.observe(remains) is not None and line.tell(report)
        if both and line.name not in findings:
            findings[line.name] = line.compare(remains, report)
    return findings
