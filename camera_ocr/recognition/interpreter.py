"""The only place that knows a TFLite runtime: LiteRT, or its predecessor tflite-runtime, with one face."""

import importlib
import os
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from camera_ocr.errors import ModelError, RuntimeMissing
from camera_ocr.quiet import caught_stderr
from camera_ocr.types import F32

RUNTIMES = {"ai-edge-litert": "ai_edge_litert.interpreter", "tflite-runtime": "tflite_runtime.interpreter"}
"""Distribution -> module with the class Interpreter, in order of preference."""

RUNTIME_VARIABLE = "CAMERA_OCR_RUNTIME"


def available_runtimes() -> dict[str, str]:
    """Installed runtimes and their versions, the preferred first. Does not import them."""
    found = {}
    for name in RUNTIMES:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
    return found


def choose_runtime(wanted: str | None = None) -> str:
    """The runtime to use: `wanted`, else what CAMERA_OCR_RUNTIME names, else the first there is.

    Raises:
        RuntimeMissing: there is none, or not the one asked for.
    """
    wanted = wanted or os.environ.get(RUNTIME_VARIABLE) or None
    found = available_runtimes()
    if wanted and wanted not in RUNTIMES:
        raise RuntimeMissing(f"{wanted}: no such TFLite runtime; choose one of {', '.join(RUNTIMES)}")
    if wanted and wanted not in found:
        raise RuntimeMissing(
            f"{wanted} is not installed; run `pip install {wanted}` or leave the choice open"
        )
    if not found:
        raise RuntimeMissing("no TFLite runtime is installed; run `pip install ai-edge-litert`")
    return wanted or next(iter(found))


class Interpreter:
    """A model made ready for one input shape. Not thread-safe: one a thread.

    Raises:
        ModelError: the runtime cannot load the file, or the model does not take this shape.
        RuntimeMissing: see `choose_runtime`.
    """

    def __init__(
        self, model: Path, shape: tuple[int, ...], runtime: str | None = None, threads: int = 1
    ) -> None:
        name = choose_runtime(runtime)
        try:
            module: Any = importlib.import_module(RUNTIMES[name])
        except ImportError as error:
            raise RuntimeMissing(f"{name} is installed but does not load ({error}); reinstall it") from error
        try:
            with caught_stderr():  # it tells of its delegates
                self._interpreter = module.Interpreter(model_path=str(model), num_threads=threads)
                details = self._interpreter.get_input_details()[0]
                self._input = details["index"]
                self._interpreter.resize_tensor_input(self._input, shape)
                self._interpreter.allocate_tensors()
        except (ValueError, RuntimeError) as error:
            said = " ".join(str(error).split())
            raise ModelError(f"{model}: {name} cannot run this model ({said})") from error
        declared = tuple(int(size) for size in details["shape_signature"])
        # the runtime would take any size and put out rubbish; -1 is a size left open
        if len(declared) != len(shape) or any(d not in (-1, s) for d, s in zip(declared, shape, strict=True)):
            raise ModelError(
                f"{model}: made for input of shape {declared}, not {shape}; its card does not fit"
            )
        self._output = self._interpreter.get_output_details()[0]["index"]

    def run(self, values: NDArray[np.float32]) -> F32:
        """One pass; `values` has the shape given at construction. The result is a copy."""
        self._interpreter.set_tensor(self._input, values)
        self._interpreter.invoke()
        return np.array(self._interpreter.get_tensor(self._output), np.float32)
