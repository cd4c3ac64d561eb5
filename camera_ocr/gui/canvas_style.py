"""The canvas' part of the style sheet."""

from camera_ocr.gui.theme import Theme


def canvas_style(theme: Theme) -> str:
    t = theme
    return f"""
#canvasBar {{ background: {t.window}; border-bottom: 1px solid {t.border}; }}
#canvasBar QToolButton {{ color: {t.text}; background: transparent; border: 1px solid transparent;
  border-radius: 6px; padding: 5px 9px; }}
#canvasBar QToolButton:hover, #canvasBar QToolButton:focus {{ background: {t.hover};
  border-color: {t.border}; }}
#canvasBar QToolButton:pressed, #canvasBar QToolButton:checked {{ background: {t.selected}; }}
#canvasBar #readsSwitch QToolButton {{ padding: 3px 10px; border: none; border-radius: 5px; }}
#canvasBar #readsSwitch QToolButton:checked {{ background: {t.surface}; color: {t.accent};
  font-weight: 600; }}
#canvasBar QToolButton:disabled {{ color: {t.disabled}; }}
#canvasSide {{ background: {t.window}; border-left: 1px solid {t.border}; }}
#canvasNumber {{ color: {t.text}; font-weight: 600; }}
#sampleTitle {{ font-weight: 600; }}
#sampleNote {{ color: {t.muted}; }}
#sampleProblem {{ color: {t.doubt}; }}
#canvasNote {{ color: {t.muted}; }}
"""
