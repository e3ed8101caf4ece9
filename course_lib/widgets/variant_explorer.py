"""Plain, dilated, grouped, depthwise separable, 1 x 1: connections and cost."""

from course_lib.plots import figure_html
from course_lib.widgets.menu import Menu
from course_lib.widgets.panel import Panel
from course_lib.widgets.step_slider import StepSlider
from course_lib.widgets.stepper import paragraphs
from course_lib.widgets.variant_plot import draw_variant
from course_lib.widgets.variant_records import VARIANTS, Count, Variants, conv_variants

__all__ = ["VariantExplorer"]


class VariantExplorer(Panel):
    """Choose a kind of convolution: its connections are drawn, and what it costs is said.

    The arguments are those of variant_figure. `variant`, `kernel_size`, `dilation` and `groups`
    are the controls; their `value` can be read and set. Raises as conv_variants does; what
    `count` does is shown in the widget (`error`), never raised.
    """

    def __init__(
        self,
        variant: str = "plain",
        channels: int = 8,
        filters: int = 8,
        kernel_size: int = 3,
        *,
        dilation: int = 2,
        groups: int = 2,
        size: int = 16,
        count: Count | None = None,
    ) -> None:
        self._channels, self._filters = channels, filters
        self._size, self._count = size, count
        state = conv_variants(
            channels, filters, kernel_size, dilation=dilation, groups=groups, size=size,
            count=count,
        )
        state.named(variant)
        sizes = sorted({1, 3, 5, 7, kernel_size})
        fitting = [g for g in range(1, channels + 1) if channels % g == filters % g == 0]
        self.variant = Menu("Convolution", [(name, name) for name in VARIANTS], variant)
        self.kernel_size = Menu("Kernel F", [(f"{n} x {n}", n) for n in sizes], kernel_size)
        self.dilation = StepSlider(
            description="Dilation D", min=1, max=max(4, dilation), value=dilation
        )
        self.groups = Menu("Groups G", [(str(g), g) for g in fitting], groups)
        super().__init__([self.variant, self.kernel_size, self.dilation, self.groups])
        self.redraw()

    def drawn(self) -> tuple[str, str, str]:
        state, name = self._state(), self.variant.value
        words, against = state.named(name).words, state.against_plain(name)
        alt = f"The connections of a convolution, and the weights of all five kinds. {words}"
        picture = figure_html(draw_variant(state, name, []), alt=alt, trim=False)
        return picture, paragraphs(words, against, state.remark), state.problem

    def _state(self) -> Variants:
        return conv_variants(
            self._channels, self._filters, self.kernel_size.value, dilation=self.dilation.value,
            groups=self.groups.value, size=self._size, count=self._count,
        )
