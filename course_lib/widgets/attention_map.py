"""Choose a position and see which others its attention takes from."""

from collections.abc import Sequence
from typing import Any

from course_lib.plots import figure_html
from course_lib.widgets.attention_plot import draw_attention
from course_lib.widgets.attention_records import Attention, AttentionWeights, attention_weights
from course_lib.widgets.menu import Menu
from course_lib.widgets.panel import Panel
from course_lib.widgets.step_slider import StepSlider
from course_lib.widgets.stepper import paragraphs

__all__ = ["AttentionMap"]


class AttentionMap(Panel):
    """The weights of attention between the positions of a sequence or a small image.

    The arguments are those of attention_weights. `position`, `head` and `looks` (True: each query
    sees the keys up to its own only) are the controls; their `value` can be read and set. Raises
    as attention_weights does; what `attention` does is shown in the widget, never raised.
    """

    def __init__(
        self,
        query: Any,
        key: Any = None,
        *,
        is_causal: bool = False,
        scale: float | None = None,
        labels: Sequence[str] | None = None,
        shape: tuple[int, int] | None = None,
        attention: Attention | None = None,
    ) -> None:
        self._inputs = query, key
        self._settings: dict[str, Any] = {
            "scale": scale, "labels": labels, "shape": shape, "attention": attention,
        }
        self._known: dict[bool, AttentionWeights] = {}
        masks = [("all keys", False), ("keys up to its own", True)]
        self.looks = Menu("Looks at", masks, is_causal)
        weights = self._state().weights
        heads = [(str(head), head) for head in range(len(weights))]
        self.head = Menu("Head", heads, 0)
        self.position = StepSlider(description="Query", max=weights.shape[1] - 1)
        super().__init__([self.position, self.looks, self.head])
        self.redraw()

    def drawn(self) -> tuple[str, str, str]:
        state, head, position = self._state(), self.head.value, self.position.value
        sentence = state.sentence(position, head)
        alt = f"The weights of attention as a matrix, and those of one query. {sentence}"
        picture = figure_html(draw_attention(state, position, head, []), alt=alt, trim=False)
        return picture, paragraphs(sentence, state.remark), state.problem

    def _state(self) -> AttentionWeights:
        causal = self.looks.value
        if causal not in self._known:
            made = attention_weights(*self._inputs, is_causal=causal, **self._settings)
            self._known[causal] = made
        return self._known[causal]
