"""What can be done with coded samples."""

from caseman.laboratory.services.submitting import (
    EmptySubmissionError,
    NewSubmission,
    prepare,
    send,
)
from caseman.laboratory.services.working import Step, StepRefusedError, advance, withdraw_source

__all__ = [
    "EmptySubmissionError",
    "NewSubmission",
    "Step",
    "StepRefusedError",
    "advance",
    "prepare",
    "send",
    "withdraw_source",
]
