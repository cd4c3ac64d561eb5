import threading

from camera_ocr.mailbox import LatestSlot

WAIT_S = 10.0


def test_newest_wins_and_drops_are_counted() -> None:
    slot: LatestSlot[int] = LatestSlot()
    for item in range(5):
        slot.put(item)
    assert slot.take(0) == 4
    assert slot.take(0) is None
    assert slot.dropped == 4


def test_taker_waits_for_an_item() -> None:
    slot: LatestSlot[str] = LatestSlot()
    got: list[str | None] = []
    taker = threading.Thread(target=lambda: got.append(slot.take()))
    taker.start()
    slot.put("item")
    taker.join(WAIT_S)
    assert got == ["item"]


def test_waiting_putter_loses_nothing() -> None:
    slot: LatestSlot[int] = LatestSlot()
    putter = threading.Thread(target=lambda: [slot.put_when_free(i) for i in range(100)])
    putter.start()
    assert [slot.take(WAIT_S) for _ in range(100)] == list(range(100))
    putter.join(WAIT_S)
    assert slot.dropped == 0


def test_close_wakes_taker_and_putter() -> None:
    empty: LatestSlot[int] = LatestSlot()
    full: LatestSlot[int] = LatestSlot()
    full.put(1)
    outcomes: list[object] = []
    threads = [
        threading.Thread(target=lambda: outcomes.append(empty.take())),
        threading.Thread(target=lambda: outcomes.append(full.put_when_free(2))),
    ]
    for thread in threads:
        thread.start()
    empty.close()
    full.close()
    full.close()
    for thread in threads:
        thread.join(WAIT_S)
    assert sorted(map(str, outcomes)) == ["False", "None"]
    full.put(3)
    assert full.take(0) is None


def test_clear_lets_a_waiting_putter_in() -> None:
    slot: LatestSlot[int] = LatestSlot()
    slot.put(1)
    putter = threading.Thread(target=lambda: slot.put_when_free(2))
    putter.start()
    slot.clear()
    putter.join(WAIT_S)
    assert slot.take(0) == 2
    assert slot.dropped == 0
