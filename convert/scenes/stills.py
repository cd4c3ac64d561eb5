"""Single pictures of scenes, each a function of its seed and the material."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from camera_ocr.capture.scene import plane_to_frame
from camera_ocr.types import F32, F64, U8
from convert.scenes.bent import SHAPES, bent, camera_over, random_profile
from convert.scenes.material import Material
from convert.scenes.sheets import PAPERS, Sheet, curled, printed_sheet, scanned_sheet, written_sheet
from convert.scenes.table import Placed, Table, lay_table
from convert.scenes.truth import TrueLine, skew_deg, true_lines
from convert.scenes.webcam import Webcam, random_optics

Rng = np.random.Generator

KINDS = ("written", "scanned", "printed", "mixed")
"""Kinds of scenes with text; `clutter` is one without."""
_SHARES = {"written": 0.5, "scanned": 0.25, "printed": 0.12, "mixed": 0.13}

BENDS = (*SHAPES, "bow")
"""Ways in which lines are not straight: those of a bent sheet, or a hand whose lines sag or rise."""

SIZES = ((640, 480), (800, 600), (1280, 720), (1920, 1080))
_SIZE_SHARES = (0.15, 0.1, 0.55, 0.2)
_OVERSAMPLE = 1.25
"""px of the flat scene per px of the frame, where the camera looks."""


@dataclass(frozen=True, slots=True, eq=False)
class Still:
    name: str
    """Split of its material aside, all it depends on: kind, seed."""
    kind: str
    image: U8
    """(H, W, 3) BGR."""
    lines: tuple[TrueLine, ...]
    """In reading order."""
    skew_deg: float | None
    """Angle of the writing, counter-clockwise positive; None without lines."""
    paper: str
    """One of PAPERS, `board`, or empty where it is not known."""


@dataclass(frozen=True, slots=True)
class Pose:
    """Where the camera is, see plane_to_frame."""

    look_at: tuple[float, float]
    zoom: float
    angles_deg: tuple[float, float, float]


def stills(material: Material, count: int, first_seed: int = 0) -> Iterator[Still]:
    """Scenes of all kinds that the material has ink for."""
    for seed in range(first_seed, first_seed + count):
        yield still(material, seed)


def bent_stills(material: Material, count: int, first_seed: int = 0) -> Iterator[Still]:
    """Scenes of single sheets whose lines are bent, each of BENDS in turn."""
    for seed in range(first_seed, first_seed + count):
        yield still(material, seed, bend=BENDS[seed % len(BENDS)])


def clutter_stills(material: Material, count: int, first_seed: int = 0) -> Iterator[Still]:
    """Scenes without text."""
    for seed in range(first_seed, first_seed + count):
        yield still(material, seed, kind="clutter")


def still(
    material: Material,
    seed: int,
    *,
    kind: str | None = None,
    paper: str | None = None,
    size: tuple[int, int] | None = None,
    bend: str | None = None,
) -> Still:
    """The scene of a seed. With `paper`, one of PAPERS, everything else stays as it is, ink and camera too.

    `bend`, one of BENDS, is how its lines are bent; they are of one sheet then.

    Raises ValueError when the material has no ink for `kind`.
    """
    plan, ink, paper_rng, things, camera = (np.random.default_rng([seed, i]) for i in range(5))
    drawn_kind = _draw_kind(material, plan)
    kind = kind or drawn_kind
    if bend == "bow" or (bend and kind == "mixed"):
        kind = "written"
    drawn_size = SIZES[int(plan.choice(len(SIZES), p=_SIZE_SHARES))]
    size = size or drawn_size
    drawn_paper = str(plan.choice((*PAPERS, "board"), p=(0.38, 0.34, 0.22, 0.06)))
    paper = paper or drawn_paper
    unit = _OVERSAMPLE * size[1] / 720 * float(np.exp(plan.uniform(np.log(26), np.log(78))))
    unit = max(unit, 21 * _OVERSAMPLE)  # smaller writing nobody reads, whatever the camera
    bending = np.random.default_rng([seed, 5])
    bow = float(bending.choice((-1, 1)) * bending.uniform(0.4, 1.2)) * unit if bend == "bow" else 0.0
    sheets = _sheets(material, kind, plan, ink, paper_rng, size, unit, paper, bow, may_curl=not bend)
    webcam = Webcam(random_optics(camera, size))
    pose = _pose(camera, size, sheets[0].sheet if sheets else None)
    if bend:
        pose = _aslant(pose, bending)
    homography, shape = frame_the_table(webcam, [pose])
    if bend in SHAPES:
        eye = camera_over(homography[0][0], size, webcam.optics.focal) - (*homography[0][1], 0)
        sheets = [_bent(sheets[0].sheet, bending, bend, eye)]
    placed = [_shifted(one, homography[0][1]) for one in sheets]
    table = lay_table(
        things,
        shape,
        placed,
        unit,
        things=int(
            things.integers(3, 9) if kind == "clutter" else things.choice(5, p=(0.3, 0.3, 0.2, 0.1, 0.1))
        ),
        fingers=bool(things.random() < 0.15),
    )
    if kind == "clutter" and things.random() < 0.4:
        table = _with_hand(table, things, unit)
    to_frame = homography[0][0]
    image = webcam.see(table.image, to_frame, camera, blur=_shake(camera, size))
    lines = true_lines(table.lines, webcam, to_frame, table.hidden)
    known = paper if kind in ("written", "mixed") else "blank" if kind == "printed" else ""
    return Still(f"{bend or kind}-{seed}", kind, image, lines, skew_deg(lines), known)


def frame_the_table(
    webcam: Webcam, poses: list[Pose]
) -> tuple[list[tuple[F64, tuple[float, float]]], tuple[int, int]]:
    """How large a table must be for all that the camera sees from these poses.

    Returns, for each pose, the homography from table px to px of the undistorted frame and the shift from the
    pose's plane to the table; and the table's (width, height) px.
    """
    flats: list[F64] = []
    for pose in poses:
        flats.append(
            plane_to_frame(pose.look_at, pose.zoom, pose.angles_deg, webcam.optics.size, webcam.optics.focal)
        )
    seen: list[F32] = [
        cv2.perspectiveTransform(webcam.corners().reshape(-1, 1, 2), np.linalg.inv(flat)).reshape(-1, 2)
        for flat in flats
    ]
    points = np.concatenate(seen)
    low, high = np.floor(points.min(axis=0)) - 2, np.ceil(points.max(axis=0)) + 2
    back = np.eye(3)
    back[:2, 2] = low
    shift = (float(-low[0]), float(-low[1]))
    width, height = (high - low).astype(int).tolist()
    return [(np.asarray(flat @ back, np.float64), shift) for flat in flats], (width, height)


def _draw_kind(material: Material, rng: Rng) -> str:
    able = [
        kind
        for kind in KINDS
        if (material.scans if kind == "scanned" else material.writers)
        and (material.fonts or kind not in ("printed", "mixed"))
    ]
    if not able:
        raise ValueError("the material has no ink for any kind of scene")
    shares = np.array([_SHARES[kind] for kind in able])
    return able[int(rng.choice(len(able), p=shares / shares.sum()))]


def _sheets(
    material: Material,
    kind: str,
    plan: Rng,
    ink: Rng,
    paper_rng: Rng,
    size: tuple[int, int],
    unit: float,
    paper: str,
    bow: float,
    *,
    may_curl: bool,
) -> list[Placed]:
    """The sheets of a scene, around (0, 0); a hand's lines rise by about `bow` px."""
    if kind == "clutter":
        return []
    pitch = round(unit)
    share_w, share_h = plan.uniform(0.5, 1.05), plan.uniform(0.6, 1.25)
    width = int(max(size[0] * _OVERSAMPLE * share_w, 9 * pitch))
    height = int(max(size[1] * _OVERSAMPLE * share_h, 3 * pitch))
    width, height = min(width, 40 * pitch), min(height, 32 * pitch)
    if kind == "scanned":
        sheet = scanned_sheet(material.scans[int(plan.integers(len(material.scans)))], ink, pitch)
    elif kind == "printed":
        sheet = printed_sheet(material, ink, paper_rng, (width, height), pitch)
    else:
        writer = material.writers[int(plan.integers(len(material.writers)))]
        sheet = written_sheet(writer, ink, paper_rng, (width, height), pitch, paper, bow=bow)
    if may_curl and plan.random() < 0.3 and paper != "board":
        sheet = curled(sheet, plan, float(plan.uniform(0.1, 0.6) * unit))
    sheets = [Placed(sheet, (0.0, 0.0), 0.0)]
    if kind == "mixed":
        sheets.append(_beside(material, plan, ink, paper_rng, sheet, unit))
    return sheets


def _bent(sheet: Sheet, rng: Rng, shape: str, eye: F64) -> Placed:
    """A sheet around (0, 0) that does not lie flat; `eye` is where the camera is, px."""
    height, width = sheet.image.shape[:2]
    profile = random_profile(rng, shape, (width, height))
    return Placed(*bent(sheet, profile, eye, float(rng.uniform(-0.4, 0.4))), 0.0)


def _beside(material: Material, plan: Rng, ink: Rng, paper_rng: Rng, first: Sheet, unit: float) -> Placed:
    """A second, smaller sheet beside the first or over its corner: printed, or a note in another hand."""
    pitch = round(unit * plan.uniform(0.7, 1.1))
    size = (int(plan.uniform(9, 14) * unit), int(plan.uniform(5, 11) * unit))
    if plan.random() < 0.5:
        sheet = printed_sheet(material, ink, paper_rng, size, pitch)
    else:
        writer = material.writers[int(plan.integers(len(material.writers)))]
        sheet = written_sheet(writer, ink, paper_rng, size, pitch)
    h, w = first.image.shape[:2]
    side = 1 if plan.random() < 0.5 else -1
    centre = (side * (w / 2 + size[0] * plan.uniform(0.35, 0.6)), float(plan.uniform(-0.3, 0.3)) * h)
    return Placed(sheet, centre, float(plan.normal(0, 6)))


def _pose(rng: Rng, size: tuple[int, int], sheet: Sheet | None) -> Pose:
    """A camera held or clamped over the desk, mostly nearly level, now and then well askew."""
    wide = rng.random() < 0.12
    roll = float(rng.uniform(-40, 40) if wide else rng.normal(0, 3.5))
    pitch = float(rng.uniform(-4, 30) if rng.random() < 0.6 else rng.normal(0, 4))
    yaw = float(np.clip(rng.normal(0, 6), -18, 18))
    h, w = sheet.image.shape[:2] if sheet is not None else (size[1], size[0])
    # a sheet larger than the view is seen in part
    spare_x = max(0.04 * w, (w - 0.92 * size[0] * _OVERSAMPLE) / 2)
    spare_y = max(0.04 * h, (h - 0.92 * size[1] * _OVERSAMPLE) / 2)
    look = (float(rng.uniform(-spare_x, spare_x)), float(rng.uniform(-spare_y, spare_y)))
    return Pose(look, 1 / _OVERSAMPLE, (roll, pitch, yaw))


def _aslant(pose: Pose, rng: Rng) -> Pose:
    """The same camera held lower: straight from above a bent sheet hardly looks bent."""
    roll, _, yaw = pose.angles_deg
    return Pose(pose.look_at, pose.zoom, (roll, float(rng.uniform(12, 40)), yaw))


def _shifted(placed: Placed, by: tuple[float, float]) -> Placed:
    return Placed(placed.sheet, (placed.centre[0] + by[0], placed.centre[1] + by[1]), placed.angle_deg)


def _shake(rng: Rng, size: tuple[int, int]) -> F32 | None:
    """Now and then the camera moved while the frame was taken."""
    if rng.random() > 0.25:
        return None
    return motion_kernel(float(rng.uniform(0, 2 * np.pi)), float(rng.uniform(1.5, 6)) * size[0] / 1280)


def motion_kernel(angle: float, length: float) -> F32:
    """A line of `length` px at `angle` radians whose weights add up to 1."""
    reach = max(1, int(np.ceil(length / 2)))
    kernel = np.zeros((2 * reach + 1, 2 * reach + 1), np.float32)
    step = np.array([np.cos(angle), np.sin(angle)]) * length / 2
    ends = [tuple(np.rint((reach + s * step) * 256).astype(int).tolist()) for s in (-1, 1)]
    cv2.line(kernel, ends[0], ends[1], 1.0, 1, cv2.LINE_8, 8)
    return np.asarray(kernel / kernel.sum(), np.float32)


def _with_hand(table: Table, rng: Rng, unit: float) -> Table:
    from convert.scenes.clutter import hand, put_down

    image = table.image.copy()
    height, width = image.shape[:2]
    put_down(
        image,
        hand(rng, unit),
        (float(rng.uniform(0.2, 0.8) * width), 0.8 * height),
        float(rng.normal(0, 25)),
        unit,
    )
    return Table(image, table.lines, table.hidden)
