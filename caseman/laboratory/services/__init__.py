"""What can be done with coded samples."""

from caseman.laboratory.services.submitting import (
    EmptySubmissionError,
    NewSubmission,
    prepare,
    send,
)
from caseman.laboratory.services.typing import (
    Previewed,
    RunFacts,
    RunRefusedError,
    import_runs,
    preview,
    reject,
    verify,
)
from caseman.laboratory.services.weighing import (
    NewTable,
    Weighing,
    WeighingRefusedError,
    add_table,
    settle,
)
from caseman.laboratory.services.working import Step, StepRefusedError, advance, withdraw_source

__all__ = [
    "EmptySubmissionError",
    "NewSubmission",
    "NewTable",
    "Previewed",
    "RunFacts",
    "RunRefusedError",
    "Step",
    "StepRefusedError",
    "Weighing",
    "WeighingRefusedError",
    "add_table",
    "advance",
    "import_runs",
    "prepare",
    "preview",
    "reject",
    "send",
    "settle",
    "verify",
    "withdraw_source",
]
