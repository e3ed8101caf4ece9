"""How long notebooks train: as long as it takes, or just long enough to see that they run.

Tests and previews set the environment variable COURSE_FAST=1. A notebook that trains asks here,
and nowhere else, how much of it to do.
"""

import os

__all__ = ["VARIABLE", "shortened"]

VARIABLE = "COURSE_FAST"


def shortened(full: int, fast: int) -> int:
    """`full`, or `fast` where COURSE_FAST is set to anything but 0: epochs, steps or samples.

    Raises ValueError if fast is below 1 or above full, since a short run is shorter.
    """
    if not 1 <= fast <= full:
        raise ValueError(
            f"shortened(full, fast) expects 1 <= fast <= full; got full={full}, fast={fast}."
        )
    return fast if os.environ.get(VARIABLE, "0") not in ("", "0") else full
