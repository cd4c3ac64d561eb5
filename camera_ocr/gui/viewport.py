"""Where the picture lies in the widget: fit, zoom and pan, as plain numbers."""

from dataclasses import dataclass, replace

MAX_ZOOM = 16.0
"""Times the fitted size; beyond that there is nothing to see but pixels."""


@dataclass(frozen=True, slots=True)
class Viewport:
    """A picture of `image_width` × `image_height` px seen through a widget of `width` × `height` px.

    `zoom` is 1 when the whole picture fits; (`cx`, `cy`) is the picture point, px, at the widget's middle.
    """

    image_width: int
    image_height: int
    width: float
    height: float
    zoom: float = 1.0
    cx: float = 0.0
    cy: float = 0.0

    @classmethod
    def fitted(cls, image_width: int, image_height: int, width: float, height: float) -> "Viewport":
        return cls(image_width, image_height, width, height, 1.0, image_width / 2, image_height / 2)

    @property
    def scale(self) -> float:
        """Widget px a picture px."""
        fit = min(self.width / max(1, self.image_width), self.height / max(1, self.image_height))
        return max(1e-6, fit * self.zoom)

    def to_widget(self, x: float, y: float) -> tuple[float, float]:
        scale = self.scale
        return (x - self.cx) * scale + self.width / 2, (y - self.cy) * scale + self.height / 2

    def to_image(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.width / 2) / self.scale + self.cx, (y - self.height / 2) / self.scale + self.cy

    def resized(self, width: float, height: float) -> "Viewport":
        """The same picture point stays in the middle."""
        return replace(self, width=width, height=height)._held()

    def zoomed(self, factor: float, x: float, y: float) -> "Viewport":
        """Zoom by `factor`; the picture point under the widget point (`x`, `y`) stays under it."""
        zoom = min(MAX_ZOOM, max(1.0, self.zoom * factor))
        at_x, at_y = self.to_image(x, y)
        new = replace(self, zoom=zoom)
        cx = at_x - (x - self.width / 2) / new.scale
        cy = at_y - (y - self.height / 2) / new.scale
        return replace(new, cx=cx, cy=cy)._held()

    def panned(self, dx: float, dy: float) -> "Viewport":
        """Drag the picture by widget px."""
        return replace(self, cx=self.cx - dx / self.scale, cy=self.cy - dy / self.scale)._held()

    def _held(self) -> "Viewport":
        """Never show emptiness beside a picture that could fill it: centre what fits, stop at edges."""

        def hold(centre: float, size: int, seen: float) -> float:
            if seen >= size:
                return size / 2
            return min(size - seen / 2, max(seen / 2, centre))

        cx = hold(self.cx, self.image_width, self.width / self.scale)
        cy = hold(self.cy, self.image_height, self.height / self.scale)
        return replace(self, cx=cx, cy=cy)
