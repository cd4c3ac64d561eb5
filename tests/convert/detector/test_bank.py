import json

import cv2
import numpy as np

from camera_ocr.detection.text_map import CELL
from convert.detector.bank import CORE, TEXT, Bank, draw_label, lay, load_bank, main
from convert.detector.feed import PATCH, Patches

LINES = [
    np.array([[20, 20], [300, 20], [300, 52], [20, 52]], np.float32),
    np.array([[20, 48], [300, 48], [300, 80], [20, 80]], np.float32),
]


def test_lines_that_touch_have_cores_apart() -> None:
    label = draw_label(LINES, (120, 320))
    assert cv2.connectedComponents(label & TEXT)[0] - 1 == 1
    assert cv2.connectedComponents(label & CORE)[0] - 1 == 2
    assert (label[(label & CORE) > 0] & TEXT).all()


def test_a_line_cut_by_the_edge_keeps_its_label() -> None:
    label = draw_label([LINES[0] - (40, 30)], (120, 320))
    assert label[:21, :250].any()
    assert not label[25:].any()


def bank_of_a_page() -> Bank:
    gray = np.full((200, 320), 250, np.uint8)
    for line in LINES:
        x, y = line[0].astype(int)
        gray[y + 6 : y + 26 : 4, x : x + 280] = 30
    label = draw_label(LINES, gray.shape)
    pixels = np.concatenate([gray.ravel(), label.ravel()])
    return Bank(pixels, np.array([[0, 200, 320]]), ["written"])


def test_patches_are_the_same_again_and_their_targets_lie_on_the_ink() -> None:
    patches = Patches(bank_of_a_page())
    images, targets = patches.batch((1, 2), 8)
    again, _ = patches.batch((1, 2), 8)
    assert np.array_equal(images, again)
    assert images.shape == (8, PATCH, PATCH, 1)
    assert targets.shape == (8, PATCH // CELL, PATCH // CELL, 2)
    small = np.stack([cv2.resize(i, targets.shape[1:3], interpolation=cv2.INTER_AREA) for i in images])
    ink, text = small > 60, targets[..., 0] > 0.2
    assert ink.any()
    assert (ink & text).sum() > 0.9 * ink.sum()


def test_a_bank_is_made_of_scenes_and_photographs_and_read_again(tmp_path, material, monkeypatch) -> None:
    monkeypatch.setattr("convert.detector.bank.load_material", lambda split, fonts: material)
    scenes, photos = tmp_path / "scenes", tmp_path / "photos" / "package"
    scenes.mkdir()
    photos.mkdir(parents=True)
    picture = np.full((360, 640, 3), 200, np.uint8)
    cv2.imwrite(str(scenes / "written-1.jpg"), picture)
    truth = {"kind": "written", "lines": [{"polygon": LINES[0].tolist()}]}
    (scenes / "written-1.json").write_text(json.dumps(truth))
    cv2.imwrite(str(photos / "wood.jpg"), picture // 2)
    run = tmp_path / "run"
    assert main([str(run), "--scenes", str(scenes), "--photos", str(photos.parent), "--laid", "2"]) == 0
    bank = load_bank(run)
    assert bank.kinds == ["written", "photo", "laid", "laid"]
    gray, label = bank.picture(0)
    assert gray.shape == label.shape == (360, 640)
    assert label.any()
    assert not bank.picture(1)[1].any()


def test_a_sheet_laid_on_a_photograph_has_its_lines_where_the_ink_is(material) -> None:
    photo = np.full((480, 640, 3), 190, np.uint8)
    spreads = []
    for seed in range(4):
        image, lines = lay(material, photo, np.random.default_rng(seed))
        gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
        label = draw_label(lines, gray.shape) & TEXT > 0
        if label.any():
            spreads.append(float(np.ptp(np.percentile(gray[label], (2, 98)))))
    assert spreads
    assert min(spreads) > 40
