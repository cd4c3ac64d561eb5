import pytest

from camera_ocr.gui.viewport import MAX_ZOOM, Viewport


@pytest.fixture
def fitted() -> Viewport:
    return Viewport.fitted(1280, 720, 640.0, 480.0)


def test_fitted_picture_is_whole_and_centred(fitted):
    assert fitted.to_widget(0, 0) == (0.0, 60.0)
    assert fitted.to_widget(1280, 720) == (640.0, 420.0)


def test_point_goes_to_the_widget_and_back(fitted):
    seen = fitted.zoomed(3.0, 100, 100)
    assert seen.to_image(*seen.to_widget(321.5, 77.25)) == pytest.approx((321.5, 77.25))


def test_zoom_keeps_the_point_under_the_mouse(fitted):
    seen = fitted.zoomed(4.0, 320.0, 200.0)
    assert seen.to_image(320.0, 200.0) == pytest.approx(fitted.to_image(320.0, 200.0))


def test_zooming_out_never_shows_less_than_the_whole_picture(fitted):
    seen = fitted.zoomed(4.0, 100, 100).zoomed(0.01, 500, 400)
    assert seen == fitted


def test_zoom_ends_somewhere(fitted):
    assert fitted.zoomed(1e9, 100, 100).zoom == MAX_ZOOM


@pytest.mark.parametrize(("dx", "dy"), [(1e6, 1e6), (-1e6, -1e6)])
def test_picture_cannot_be_dragged_away(fitted, dx, dy):
    seen = fitted.zoomed(4.0, 320, 240).panned(dx, dy)
    left, top = seen.to_image(0, 0)
    right, bottom = seen.to_image(640, 480)
    assert left >= -1e-6
    assert top >= -1e-6
    assert right <= 1280 + 1e-6
    assert bottom <= 720 + 1e-6


def test_dragging_moves_the_picture_with_the_mouse(fitted):
    seen = fitted.zoomed(4.0, 320, 240)
    x, y = seen.to_widget(640, 360)
    assert seen.panned(30, -20).to_widget(640, 360) == pytest.approx((x + 30, y - 20))


def test_resized_widget_keeps_the_middle(fitted):
    seen = fitted.zoomed(4.0, 320, 240).resized(800, 300)
    assert seen.to_image(400, 150) == pytest.approx((640, 360))
