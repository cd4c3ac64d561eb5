"""Colours and the style sheet, light and dark, each also in high contrast; which follows the system."""

from dataclasses import dataclass
from pathlib import Path

from PyQt5.QtGui import QColor, QPalette
from PyQt5.QtWidgets import QApplication, QStyleFactory


@dataclass(frozen=True, slots=True)
class Theme:
    """Named colours, each "#rrggbb"."""

    dark: bool
    window: str
    surface: str
    canvas: str
    """Around the picture."""
    hover: str
    selected: str
    border: str
    text: str
    muted: str
    disabled: str
    """What cannot be pressed now."""
    accent: str
    on_accent: str
    note: str
    """Background of a banner that informs."""
    doubt: str
    """Of a confidence worth checking."""
    misspelt: str
    """Below a word that the language does not have."""
    alarm: str
    """Background of a banner about something broken."""
    live: str


LIGHT = Theme(
    dark=False,
    window="#f5f6f8",
    surface="#ffffff",
    canvas="#e3e6eb",
    hover="#f0f3f7",
    selected="#e2ecfd",
    border="#dde1e7",
    text="#1b1f24",
    muted="#69717d",
    disabled="#9aa2ad",
    accent="#2463d1",
    on_accent="#ffffff",
    note="#e9f1fe",
    doubt="#a85b00",
    misspelt="#cf1616",
    alarm="#fdf0dc",
    live="#1f9d55",
)
DARK = Theme(
    dark=True,
    window="#191b1f",
    surface="#212429",
    canvas="#101114",
    hover="#2a2e34",
    selected="#26395c",
    border="#32363d",
    text="#e8eaed",
    muted="#98a0ab",
    disabled="#646b76",
    accent="#6da2ff",
    on_accent="#0d1420",
    note="#1f2c44",
    doubt="#e2a03f",
    misspelt="#ff7a70",
    alarm="#3d2f17",
    live="#45c983",
)


LIGHT_CONTRAST = Theme(
    dark=False,
    window="#ffffff",
    surface="#ffffff",
    canvas="#c8ccd2",
    hover="#e4e8ee",
    selected="#a9caff",
    border="#000000",
    text="#000000",
    muted="#33383f",
    disabled="#878d95",
    accent="#0a3ea8",
    on_accent="#ffffff",
    note="#ffffff",
    doubt="#7a3600",
    misspelt="#b00000",
    alarm="#ffe6a3",
    live="#006b2f",
)
DARK_CONTRAST = Theme(
    dark=True,
    window="#000000",
    surface="#000000",
    canvas="#000000",
    hover="#2c2f34",
    selected="#123f8f",
    border="#ffffff",
    text="#ffffff",
    muted="#d9dde3",
    disabled="#7f868f",
    accent="#7ab8ff",
    on_accent="#000000",
    note="#00204d",
    doubt="#ffbe55",
    misspelt="#ff8f86",
    alarm="#4a3500",
    live="#4cff95",
)


def theme_of(*, dark: bool, contrast: bool) -> Theme:
    """`contrast`: the desktop asks for much of it."""
    if dark:
        return DARK_CONTRAST if contrast else DARK
    return LIGHT_CONTRAST if contrast else LIGHT


def system_theme(palette: QPalette) -> Theme:
    """The theme that fits the palette the desktop gave to Qt; one that is black and white is for contrast."""
    window, text = (
        palette.color(role).lightness() for role in (QPalette.ColorRole.Window, QPalette.ColorRole.WindowText)
    )
    return theme_of(dark=window < 128, contrast=abs(window - text) == 255)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Dress the whole application: Fusion, because it looks the same on every desktop, in `theme`."""
    app.setStyle(QStyleFactory.create("Fusion"))
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, colour in (
        (roles.Window, theme.window),
        (roles.WindowText, theme.text),
        (roles.Base, theme.surface),
        (roles.AlternateBase, theme.hover),
        (roles.Text, theme.text),
        (roles.Button, theme.surface),
        (roles.ButtonText, theme.text),
        (roles.ToolTipBase, theme.surface),
        (roles.ToolTipText, theme.text),
        (roles.PlaceholderText, theme.muted),
        (roles.Highlight, theme.accent),
        (roles.HighlightedText, theme.on_accent),
        (roles.Link, theme.accent),
    ):
        palette.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.disabled))
    app.setPalette(palette)
    app.setStyleSheet(style_sheet(theme))


def style_sheet(theme: Theme) -> str:
    """Qt style sheet for the few widgets whose looks Fusion does not give; names are object names."""
    t = theme
    check, up, down = (_picture(name, t) for name in ("check", "up", "down"))
    return f"""
QPushButton {{ color: {t.text}; background: {t.surface}; border: 1px solid {t.border};
  border-radius: 6px; padding: 6px 14px; }}
QPushButton:hover {{ background: {t.hover}; border-color: {t.muted}; }}
QPushButton:focus {{ border-color: {t.accent}; }}
QPushButton:pressed {{ background: {t.selected}; }}
QPushButton:default {{ color: {t.on_accent}; background: {t.accent}; border-color: {t.accent}; }}
QPushButton:default:hover, QPushButton:default:focus {{ border-color: {t.text}; }}
QPushButton:disabled {{ color: {t.disabled}; background: {t.hover}; border-color: {t.border}; }}
QLineEdit {{ color: {t.text}; background: {t.surface}; border: 1px solid {t.border}; border-radius: 6px;
  padding: 6px 8px; selection-background-color: {t.accent}; selection-color: {t.on_accent}; }}
QLineEdit:focus {{ border-color: {t.accent}; }}
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {{ background: transparent; border: none; padding: 0; }}
QComboBox, QAbstractSpinBox {{ color: {t.text}; background: {t.surface}; border: 1px solid {t.border};
  border-radius: 6px; padding: 4px 8px; selection-background-color: {t.accent};
  selection-color: {t.on_accent}; }}
QComboBox:hover, QAbstractSpinBox:hover {{ border-color: {t.muted}; }}
QComboBox:focus, QComboBox:on, QAbstractSpinBox:focus {{ border-color: {t.accent}; }}
QComboBox:disabled, QAbstractSpinBox:disabled {{ color: {t.disabled}; background: {t.hover}; }}
QComboBox::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow {{ image: url({down}); width: 12px; height: 12px; }}
QComboBox QAbstractItemView {{ color: {t.text}; background: {t.surface}; border: 1px solid {t.border};
  selection-background-color: {t.selected}; selection-color: {t.text}; outline: none; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent;
  width: 26px; }}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {t.hover}; }}
QAbstractSpinBox::up-arrow {{ image: url({up}); width: 10px; height: 10px; }}
QAbstractSpinBox::down-arrow {{ image: url({down}); width: 10px; height: 10px; }}
QAbstractSpinBox::up-arrow:off, QAbstractSpinBox::down-arrow:off {{ image: none; }}
QTabWidget::pane {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: 8px; top: -1px; }}
QTabBar::tab {{ color: {t.muted}; background: transparent; border: none;
  border-bottom: 2px solid transparent; padding: 7px 16px; margin-bottom: 6px; }}
QTabBar::tab:hover {{ color: {t.text}; }}
QTabBar::tab:selected {{ color: {t.accent}; border-bottom-color: {t.accent}; }}
QTabBar::tab:selected:focus {{ background: {t.selected}; }}
QToolTip {{ color: {t.text}; background: {t.surface}; border: 1px solid {t.border}; padding: 4px 6px; }}
#topBar, #statusLine {{ background: {t.window}; }}
#topBar {{ border-bottom: 1px solid {t.border}; }}
#statusLine {{ border-top: 1px solid {t.border}; }}
#statusLine QLabel {{ color: {t.muted}; }}
#statusLine #figures {{ color: {t.muted}; background: transparent; border: 1px solid transparent;
  border-radius: 5px; padding: 1px 6px; }}
#statusLine #figures:hover, #statusLine #figures:focus {{ background: {t.hover};
  border-color: {t.border}; }}
#linesPanel {{ background: {t.surface}; border-left: 1px solid {t.border}; }}
#linesTitle {{ font-weight: 600; }}
#linesCount, #emptyHint {{ color: {t.muted}; }}
#linesList {{ background: {t.surface}; border: none; outline: none; }}
#linesList QLineEdit {{ color: {t.text}; background: {t.surface}; border: 1.5px solid {t.accent};
  border-radius: 5px; padding: 3px 5px; selection-background-color: {t.accent};
  selection-color: {t.on_accent}; }}
#historyList {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: 8px; outline: none; }}
#exportFormats {{ background: transparent; border: none; outline: none; }}
#exportFormats::item {{ padding: 8px 10px; border-radius: 6px; color: {t.text}; }}
#exportFormats::item:hover {{ background: {t.hover}; }}
#exportFormats::item:selected {{ background: {t.selected}; }}
#exportText, #ownWordsText {{ background: {t.surface}; border: 1px solid {t.border}; border-radius: 8px;
  padding: 6px; }}
#exportAbout, #historyCount {{ color: {t.muted}; }}
#suggestions {{ background: {t.window}; border-top: 1px solid {t.border}; }}
#suggestionsTitle {{ color: {t.muted}; }}
#editBar {{ background: {t.window}; border-top: 1px solid {t.border}; }}
#editBar QToolButton, #suggestions QPushButton {{ color: {t.text}; background: transparent;
  border: 1px solid transparent; border-radius: 6px; padding: 5px; }}

#suggestions QPushButton {{ text-align: left; padding: 4px 6px; }}
#editBar QToolButton:hover, #editBar QToolButton:focus, #suggestions QPushButton:hover,
#suggestions QPushButton:focus {{ background: {t.hover};
  border-color: {t.border}; }}
#editBar QToolButton:pressed, #editBar QToolButton:checked, #suggestions QPushButton:pressed {{
  background: {t.selected}; }}
#transport {{ background: {t.window}; border-top: 1px solid {t.border}; }}
#transport QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: 6px;
  padding: 4px; }}
#transport QToolButton:hover, #transport QToolButton:focus {{ background: {t.hover};
  border-color: {t.border}; }}
#transport QToolButton:pressed {{ background: {t.selected}; }}
#transportTime {{ color: {t.muted}; }}
#seekBar {{ min-height: 22px; }}
#seekBar::groove:horizontal {{ height: 4px; border-radius: 2px; background: {t.border}; }}
#seekBar::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {t.accent}; }}
#seekBar::handle:horizontal {{ width: 14px; height: 14px; margin: -5px 0; border-radius: 7px;
  background: {t.accent}; }}
#seekBar::handle:horizontal:focus {{ border: 2px solid {t.text}; width: 10px; height: 10px; }}
QSplitter::handle {{ background: {t.canvas}; }}
#topBar QToolButton, #banner QToolButton {{ color: {t.text}; background: transparent;
  border: 1px solid transparent; border-radius: 6px; padding: 6px 10px; }}
#topBar QToolButton:hover, #topBar QToolButton:focus, #banner QToolButton:hover,
#banner QToolButton:focus {{ background: {t.hover};
  border-color: {t.border}; }}
#topBar QToolButton:pressed, #topBar QToolButton:checked {{ background: {t.selected}; }}
#topBar QToolButton:disabled {{ color: {t.disabled}; }}
#topBar QToolButton::menu-indicator {{ image: none; }}
#topBar #sourceButton {{ background: {t.surface}; border-color: {t.border}; padding-right: 12px; }}
#topBar #sourceButton:hover {{ border-color: {t.muted}; }}
#readsSwitch {{ background: {t.hover}; border: 1px solid {t.border}; border-radius: 7px; }}
#topBar #readsSwitch QToolButton {{ padding: 4px 10px; border: none; border-radius: 5px; }}
#topBar #readsSwitch QToolButton:checked {{ background: {t.surface}; color: {t.accent}; font-weight: 600; }}
#topBar #freezeButton {{ color: {t.on_accent}; background: {t.accent}; font-weight: 600; padding: 6px 16px; }}
#topBar #freezeButton:hover, #topBar #freezeButton:focus {{ border-color: {t.text}; }}
#topBar #freezeButton:disabled {{ color: {t.disabled}; background: {t.hover}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
#banner {{ background: {t.note}; border-bottom: 1px solid {t.border}; }}
#banner[broken="true"] {{ background: {t.alarm}; }}
#banner QLabel {{ color: {t.text}; }}
#banner QToolButton {{ color: {t.accent}; padding: 4px 8px; font-weight: 600; }}
#keySheet, #keySheetPage {{ background: {t.surface}; }}
#keyName {{ font-weight: 600; }}
#keySection {{ color: {t.accent}; font-weight: 600; padding-top: 4px; }}
QMenu {{ background: {t.surface}; color: {t.text}; border: 1px solid {t.border}; padding: 5px; }}
QMenu::item {{ padding: 6px 26px 6px 26px; border-radius: 5px; }}
QMenu::item:selected {{ background: {t.selected}; }}
QMenu::item:disabled {{ color: {t.disabled}; }}
QMenu::separator {{ height: 1px; background: {t.border}; margin: 5px 8px; }}
QCheckBox::indicator {{ width: 15px; height: 15px; border: 1px solid {t.muted}; border-radius: 4px;
  background: {t.surface}; }}
QCheckBox::indicator:checked {{ background: {t.accent}; border-color: {t.accent}; image: url({check}); }}
QCheckBox::indicator:focus {{ border-color: {t.text}; }}
QCheckBox::indicator:disabled {{ border-color: {t.disabled}; }}
#settingsPage {{ background: transparent; }}
#settings QTabWidget QScrollArea {{ background: transparent; }}
#note {{ color: {t.muted}; }}
#modelCard {{ background: {t.window}; border: 1px solid {t.border}; border-radius: 6px;
  padding: 4px 10px 8px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 2px; }}
QScrollBar::handle:vertical {{ background: {t.border}; border-radius: 3px; min-height: 28px; }}
QScrollBar::handle:vertical:hover {{ background: {t.muted}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _picture(name: str, theme: Theme) -> str:
    """Qt's style sheets take pictures from files only."""
    return Path(__file__).with_name(f"{name}_{'dark' if theme.dark else 'light'}.png").as_posix()
