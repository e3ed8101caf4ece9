"""COURSE_FAST=1 shortens what notebooks train, and nothing else does."""

import pytest

from course_lib.pace import VARIABLE, shortened


@pytest.mark.parametrize(
    ("value", "epochs"), [(None, 20), ("", 20), ("0", 20), ("1", 2), ("yes", 2)]
)
def test_training_is_short_only_where_the_environment_says_so(monkeypatch, value, epochs):
    monkeypatch.delenv(VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)
    assert shortened(20, fast=2) == epochs


@pytest.mark.parametrize(("full", "fast"), [(20, 0), (2, 20)])
def test_a_short_run_is_shorter(full, fast):
    with pytest.raises(ValueError, match="shortened") as error:
        shortened(full, fast)
    assert str(error.value) == (
        f"shortened(full, fast) expects 1 <= fast <= full; got full={full}, fast={fast}."
    )
