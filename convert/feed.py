"""Batches of line images from processes of their own, so that the trainer never waits for ink to be drawn."""

import multiprocessing as mp
import os
import queue
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from camera_ocr.types import U8
from convert.charset import encode
from convert.nets import STRIDE
from convert.samples import TrainingMix

BUCKETS = (96, 128, 192, 256, 384, 512, 768, 1024)
"""Widths of batches, px; a line is padded to the next one."""

BATCH_PX = 64 * 256
"""Sum of the widths in a batch, so every step costs about the same."""

Batch = tuple[U8, np.ndarray, np.ndarray]
"""Images (B, H, W, 1) u8, labels (B, longest) int32 padded with -1, frames that carry ink (B,) int32."""


def bucket_of(width: int, text: str) -> int | None:
    """The bucket's width; None when the line fits none or has fewer frames than CTC needs."""
    needed = len(text) + sum(a == b for a, b in pairwise(text))
    if width // STRIDE < needed:
        return None
    return next((b for b in BUCKETS if width <= b), None)


def make_batch(samples: list[tuple[U8, str]], width: int) -> Batch:
    images = np.zeros((len(samples), samples[0][0].shape[0], width, 1), np.uint8)
    labels = np.full((len(samples), max(len(t) for _, t in samples)), -1, np.int32)
    frames = np.zeros(len(samples), np.int32)
    for i, (image, text) in enumerate(samples):
        images[i, :, : image.shape[1], 0] = image
        labels[i, : len(text)] = encode(text)
        frames[i] = min(-(-image.shape[1] // STRIDE) + 1, width // STRIDE)
    return images, labels, frames


class Feed:
    """Starts `workers` processes; `get` hands out batches of the current stage (`words`, then `all`)."""

    def __init__(
        self,
        seed: int,
        stage: str,
        fonts: Path | None,
        cuts: Path | None = None,
        own: Path | None = None,
        workers: int = 1,
    ) -> None:
        context = mp.get_context("spawn")
        self._queue: mp.Queue[Batch] = context.Queue(maxsize=12)
        self._all = context.Event()
        if stage == "all":
            self._all.set()
        self._processes = [
            context.Process(
                target=_work, args=(self._queue, self._all, seed + 1000 * i, fonts, cuts, own), daemon=True
            )
            for i in range(workers)
        ]
        for process in self._processes:
            process.start()

    def get(self) -> Batch:
        """Next batch. Raises RuntimeError when a worker has died."""
        while True:
            try:
                return self._queue.get(timeout=60)
            except queue.Empty:
                if not all(p.is_alive() for p in self._processes):
                    raise RuntimeError(
                        "a process that draws training lines has died; its error is above"
                    ) from None

    def waiting(self) -> int:
        """Batches ready: near zero means that the trainer waits for the feed."""
        return self._queue.qsize()

    def use_all(self) -> None:
        self._all.set()

    def close(self) -> None:
        for process in self._processes:
            process.terminate()
            process.join()


def _work(
    out: "mp.Queue[Batch]",
    use_all: object,
    seed: int,
    fonts: Path | None,
    cuts: Path | None,
    own: Path | None,
) -> None:
    parent = os.getppid()

    def put(batch: Batch) -> None:
        while os.getppid() == parent:  # a trainer that was killed takes no more batches
            try:
                out.put(batch, timeout=5)
            except queue.Full:
                continue
            return

    cv2.setNumThreads(0)
    rng = np.random.default_rng(seed)
    mix = TrainingMix(fonts, cuts, own)
    waiting: dict[int, list[tuple[U8, str]]] = defaultdict(list)
    while os.getppid() == parent:
        image, text = mix.sample(rng, "all" if use_all.is_set() else "words")  # type: ignore[attr-defined]
        width = bucket_of(image.shape[1], text)
        if width is None:
            continue
        waiting[width].append((image, text))
        if len(waiting[width]) * width >= BATCH_PX:
            put(make_batch(waiting.pop(width), width))
    out.cancel_join_thread()  # nobody empties the pipe any more
