"""The recognition of characters: pictures of lines → text. The only module that knows which library does it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from rapidocr import RapidOCR

Picture = npt.NDArray[np.uint8]

# Narrow pictures are filled up to this width (at the height that the model sees); the model's own width is for lines
# of prose and takes five times as long over a figure.
_WIDTH = 96
_HEIGHT = 48
_BATCH = 16
_LONGEST = 1600


class Read(NamedTuple):
    """What a picture of a line says, and how sure the engine is of each of its characters (0 to 1)."""

    text: str
    sure: tuple[float, ...]


class Box(NamedTuple):
    """A part of a picture: columns `x0` to `x1`, rows `y0` to `y1`, the ends not included."""

    x0: int
    y0: int
    x1: int
    y1: int


@cache
def _engine() -> Any:
    """The engine with its models; one thread, for as many processes run as there are cores."""
    one = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    sizes = {
        "Rec.rec_img_shape": [3, _HEIGHT, _WIDTH],
        "Rec.rec_batch_num": _BATCH,
        # by itself the engine makes a narrow strip of a page as high as a page
        "Det.limit_type": "max",
        "Det.limit_side_len": _LONGEST,
    }
    return RapidOCR(params={"Global.log_level": "critical", "Global.use_cls": False, **one, **sizes})


def read_lines(pictures: Sequence[Picture]) -> list[Read]:
    """What each of the pictures of a line says."""
    if not pictures:
        return []
    engine = _engine()
    engine.return_word_box = True
    found = engine.recognize_txt([_coloured(picture) for picture in pictures])
    return [_read(text, words.confs) for text, words in zip(found.txts, found.word_results, strict=True)]


def find_lines(picture: Picture) -> list[Box]:
    """Where lines of text stand in a picture, as boxes upright."""
    found = _engine()(_coloured(picture), use_det=True, use_cls=False, use_rec=False)
    if found.boxes is None:
        return []
    height, width = picture.shape[:2]
    boxes = []
    for corners in found.boxes:
        x0, y0 = np.floor(corners.min(axis=0)).astype(int)
        x1, y1 = np.ceil(corners.max(axis=0)).astype(int)
        boxes.append(Box(max(int(x0), 0), max(int(y0), 0), min(int(x1), width), min(int(y1), height)))
    return [box for box in boxes if box.x1 > box.x0 and box.y1 > box.y0]


def _read(text: str, sure: Sequence[float]) -> Read:
    if len(sure) != len(text):
        sure = [min(sure, default=0.0)] * len(text)
    return Read(text, tuple(sure))


def _coloured(picture: Picture) -> Picture:
    return np.ascontiguousarray(np.repeat(picture[:, :, None], 3, axis=2))
