"""A kernel to edit, number by number, over a photograph."""

from typing import Any

import traitlets

from course_lib.data import photograph
from course_lib.widgets.kernel_records import Filter, filtered, named_kernels
from course_lib.widgets.live import LiveWidget, packed

__all__ = ["KernelPlayground"]


class KernelPlayground(LiveWidget):
    """Choose a kernel or write its numbers; the image follows at once.

    image: as for filtered, by default the photograph "camera". kernel: a name or (F, F) numbers.
    convolve: the learner's function of image and kernel; after every change the widget says
    whether it agrees. The kernel slides as it is written (cross-correlation). `kernel` can be
    read and set. kernel_csv makes a spreadsheet of the same. Raises ValueError for an image and a
    kernel that do not fit; what `convolve` does is shown in the widget (`error`), never raised.
    """

    front = "kernel_playground"
    asks = ("kernel",)

    kernel = traitlets.List().tag(sync=True)
    kernels = traitlets.Dict().tag(sync=True)
    image = traitlets.Dict().tag(sync=True)
    signed = traitlets.Bool(False).tag(sync=True)
    words = traitlets.Unicode("").tag(sync=True)
    remark = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self, image: Any = None, kernel: Any = "sobel_x", *, convolve: Filter | None = None
    ) -> None:
        state = filtered(photograph("camera") if image is None else image, kernel)
        self._image, self._convolve = state.image, convolve
        super().__init__(
            kernel=state.kernel.tolist(), kernels=named_kernels(), image=packed(state.image)
        )
        self.refresh()

    def answer(self) -> None:
        state = filtered(self._image, self.kernel, convolve=self._convolve)
        self.signed, self.words = state.signed, state.words
        self.remark, self.error = state.remark, state.problem
