"""Keys, buttons and menus that put a standing page right."""

from collections.abc import Callable
from functools import partial

from PyQt5.QtCore import QObject, QPoint, QPointF, Qt
from PyQt5.QtWidgets import QAction, QMenu, QWidget

from camera_ocr.gui import icons
from camera_ocr.gui.actions import make_action, with_key
from camera_ocr.gui.i18n import mark, speak, tr
from camera_ocr.gui.panel import LinesPanel
from camera_ocr.gui.rubberband import Draws
from camera_ocr.gui.session import Session
from camera_ocr.gui.spelling import Spelling
from camera_ocr.gui.theme import Theme
from camera_ocr.gui.view import PictureView
from camera_ocr.recognition.spelling import Span
from camera_ocr.types import FusedLine


class EditActions(QObject):
    """Lets the selection in panel and view be edited by the session's editor while the page stands."""

    def __init__(
        self, session: Session, panel: LinesPanel, view: PictureView, spelling: Spelling, window: QWidget
    ) -> None:
        super().__init__(window)
        self._spelling = spelling
        self._session, self._panel, self._view = session, panel, view
        self._editor = session.editor
        self._wanted: int | None = None
        """The line to edit as soon as the picture stands."""
        self.first_in_menu: tuple[QAction, ...] = ()
        """Of the menu of a line, what is no edit."""
        self._icons: list[tuple[QAction, icons.Draw]] = []
        self.undo = self._action(mark("Undo"), "Ctrl+Z", self._undo, icons.undo)
        self.redo = self._action(mark("Redo"), "Ctrl+Shift+Z Ctrl+Y", self._redo, icons.redo)
        self.correct = self._action(mark("Correct"), "F2", self._correct)
        self.next_unknown = self._action(
            mark("Next unknown word"), "F7", self._next_unknown, does=mark("Next word to check, in its line")
        )
        self.add_box = self._action(
            mark("Add a line by hand"),
            "B",
            self._toggle_drawing,
            icons.add_box,
            mark("Draw a box to be read"),
        )
        self.add_box.setCheckable(True)
        self.join = self._action(
            mark("Join"), "Ctrl+J", self._join, icons.join, mark("Join lines, or one with the next")
        )
        self.split = self._action(
            mark("Split"),
            "Ctrl+Return",
            self._split,
            icons.split,
            mark("Split at the cursor, or the widest gap"),
        )
        self.delete = self._action(mark("Delete"), "Del", self._delete, icons.delete, mark("Delete lines"))
        self.up = self._action(mark("Move up"), "Alt+Up", partial(self._move, -1), icons.up)
        self.down = self._action(mark("Move down"), "Alt+Down", partial(self._move, 1), icons.down)
        self._take = [self._suggestion(number) for number in range(1, 6)]
        panel.set_tools(
            [
                self.undo,
                self.redo,
                None,
                self.add_box,
                self.join,
                self.split,
                self.delete,
                None,
                self.up,
                self.down,
            ]
        )
        self._connect()
        # some tooltips say what would be undone
        speak(self, self.enable)

    @property
    def all(self) -> tuple[QAction, ...]:
        edits = (self.correct, self.next_unknown, self.undo, self.redo, self.join, self.split, self.delete)
        return (*edits, self.add_box, self.up, self.down, *self._take)

    @property
    def for_key_sheet(self) -> tuple[QAction, ...]:
        """One of the suggestions is enough there."""
        return self.all[: -len(self._take) + 1]

    def set_theme(self, theme: Theme) -> None:
        for action, draw in self._icons:
            action.setIcon(icons.icon(draw, theme.text, theme.disabled))

    def enable(self) -> None:
        """By what is selected, and whether the page stands."""
        editable, selected = self._session.editable, len(self._panel.selected())
        stack = self._editor.undo_stack
        self.undo.setEnabled(editable and stack.canUndo())
        self.redo.setEnabled(editable and stack.canRedo())
        self.undo.setToolTip(with_key(tr("Undo"), self.undo, stack.undoText()))
        self.redo.setToolTip(with_key(tr("Redo"), self.redo, stack.redoText()))
        for action in (self.add_box, self.next_unknown):
            action.setEnabled(editable)
        for action in (self.join, self.delete):
            action.setEnabled(editable and selected > 0)
        for action in (self.correct, self.split, self.up, self.down):
            action.setEnabled(editable and selected == 1)

    def edit_when_standing(self, track_id: int) -> None:
        """Open a line's editor, freezing the picture first where it is live."""
        if self._session.editable:
            self._panel.edit(track_id)
        elif self._session.can_freeze:
            self._session.freeze()
            self._wanted = track_id

    def _connect(self) -> None:
        editor, panel, view = self._editor, self._panel, self._view
        panel.model.edited.connect(editor.correct)
        panel.delegate.joined_back.connect(editor.join_with_previous)
        panel.delegate.went_back.connect(self._undo)
        panel.delegate.went_on.connect(self._redo)
        panel.list.doubleClicked.connect(self._row_double_clicked)
        panel.picked.connect(self._picked)
        panel.suggestions.chosen.connect(self._take_text)
        view.activated.connect(self.edit_when_standing)
        view.pen.line_drawn.connect(editor.add)
        view.pen.changed.connect(lambda draws: self.add_box.setChecked(draws is Draws.LINE))
        editor.select.connect(panel.select_lines)
        editor.finishing.connect(panel.list.close_editor)
        editor.changed.connect(self._ask_for_suggestions)
        # the stack counts an edit only after it was done
        editor.undo_stack.indexChanged.connect(self._undo_changed)
        editor.suggested.connect(self._suggested)
        panel.list.menu_asked.connect(self._open_menu_of_row)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._open_menu_of_picture)

    def _action(
        self,
        text: str,
        keys: str,
        act: Callable[..., None],
        draw: icons.Draw | None = None,
        does: str = "",
    ) -> QAction:
        made = make_action(self, text, keys, act, does)
        speak(made, lambda: made.setToolTip(with_key(tr(does or text), made)))
        if draw is not None:
            self._icons.append((made, draw))
        return made

    def _suggestion(self, number: int) -> QAction:
        made = make_action(self, "", f"Alt+{number}", partial(self._choose, number))
        speak(made, lambda: made.setText(tr("Take suggestion {number}", number=number)))
        return made

    def _undo_changed(self, _index: int) -> None:
        self.enable()

    def session_changed(self) -> None:
        """To be called when panel and view know of it."""
        if self._session.editable:
            self._spelling.begin()
        else:
            self._spelling.forget_page()
        if not self._session.editable:
            self._view.pen.draw(Draws.LINE, False)
            if not self._session.frozen:
                self._wanted = None
        elif self._wanted is not None:
            wanted, self._wanted = self._wanted, None
            self._panel.edit(wanted)
        self.enable()
        self._ask_for_suggestions()

    def _picked(self, _ids: object) -> None:
        self.enable()
        self._ask_for_suggestions()

    def _ask_for_suggestions(self) -> None:
        selected = self._panel.selected()
        if self._session.editable and len(selected) == 1:
            self._editor.suggest(selected[0])

    def _suggested(self, track_id: int, texts: tuple[str, ...]) -> None:
        if self._panel.selected() == (track_id,) and self._session.editable:
            self._panel.suggestions.show_texts(texts)

    def _row_double_clicked(self) -> None:
        index = self._panel.list.currentIndex()
        if not self._session.editable and index.isValid():
            self.edit_when_standing(self._panel.model.lines[index.row()].track_id)

    def _correct(self) -> None:
        for track_id in self._panel.selected()[:1]:
            self._panel.edit(track_id)

    def _toggle_drawing(self) -> None:
        self._panel.list.close_editor()
        self._view.pen.draw(Draws.LINE, self.add_box.isChecked())

    def _join(self) -> None:
        self._panel.list.close_editor()
        self._editor.join(self._panel.selected())

    def _split(self) -> None:
        open_editor = self._panel.list.editor
        if open_editor is not None:
            track_id, place = open_editor.track_id, open_editor.split_place
            self._panel.list.close_editor()
            self._editor.split(track_id, place)
        else:
            for track_id in self._panel.selected()[:1]:
                self._editor.split(track_id)

    def _undo(self) -> None:
        """What is being typed, where anything is, else the last edit of the page."""
        open_editor = self._panel.list.editor
        if open_editor is not None and open_editor.isUndoAvailable():
            open_editor.undo()
        else:
            self._panel.list.close_editor()
            self._editor.undo_stack.undo()

    def _redo(self) -> None:
        open_editor = self._panel.list.editor
        if open_editor is not None and open_editor.isRedoAvailable():
            open_editor.redo()
        else:
            self._panel.list.close_editor()
            self._editor.undo_stack.redo()

    def _delete(self) -> None:
        self._panel.list.close_editor()
        self._editor.remove(self._panel.selected())

    def _move(self, step: int) -> None:
        self._panel.list.close_editor()
        for track_id in self._panel.selected()[:1]:
            self._editor.move(track_id, step)

    def _choose(self, number: int) -> None:
        self._panel.suggestions.choose(number)

    def _take_text(self, text: str) -> None:
        """Into the editor when one is open, to be changed further; else it is the correction."""
        open_editor = self._panel.list.editor
        if open_editor is not None:
            open_editor.selectAll()
            open_editor.insert(text)
        else:
            for track_id in self._panel.selected()[:1]:
                self._editor.correct(track_id, text)

    def _next_unknown(self) -> None:
        """Open the editor of the next line that has a marked word, and select the word there."""
        rows, lines = self._panel.list, self._panel.model.lines
        editor, selected = rows.editor, self._panel.selected()
        track_id = editor.track_id if editor is not None else selected[0] if selected else None
        at = next((row for row, line in enumerate(lines) if line.track_id == track_id), 0)
        texts = [line.text for line in lines]
        passed = -1
        if editor is not None:
            texts[at], passed = editor.text(), editor.cursorPosition()
        # round the page, back to what is before the cursor
        for row in (*range(at, len(lines)), *range(min(at + 1, len(lines)))):
            found = [span for span in self._spelling.marks(texts[row]) if span.start > passed]
            passed = -1
            if not found:
                continue
            if editor is None or row != at:
                rows.close_editor()
                self._panel.edit(lines[row].track_id)
            if rows.editor is not None:
                rows.editor.select_word(found[0])
            return
        self._editor.notice.emit(tr("There is no word to check on this page."))

    def _open_menu_of_row(self, place: QPoint, by_key: bool) -> None:
        rows = self._panel.list
        index = rows.currentIndex() if by_key else rows.indexAt(place)
        line = self._panel.model.lines[index.row()] if index.isValid() else None
        word = None
        if line is not None and by_key:
            word = self._spelling.mark_in(line.text, 0, len(line.text))
        elif line is not None and (at := rows.place_in_text(place)) is not None:
            word = self._spelling.mark_in(line.text, at, at)
        self._open_menu(rows, place, line, word)

    def _open_menu_of_picture(self, place: QPoint) -> None:
        line = self._view.line_at(QPointF(place))
        if line is not None and line.track_id not in self._panel.selected():
            self._panel.select(line.track_id)
        word = None
        if line is not None and (found := self._view.word_at(QPointF(place))) is not None:
            begin = len(" ".join(one.text for one in line.words[: line.words.index(found)]))
            word = self._spelling.mark_in(line.text, begin + 1 if begin else 0, begin + len(found.text))
        self._open_menu(self._view, place, line, word)

    def _open_menu(self, widget: QWidget, place: QPoint, line: FusedLine | None, word: Span | None) -> None:
        """`word`: of the line, that is marked and was pointed at."""
        self.enable()
        menu = QMenu(widget)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(self.first_in_menu)
        menu.addSeparator()
        menu.addActions([self.correct, self.join, self.split, self.delete])
        menu.addSeparator()
        menu.addActions([self.up, self.down, self.add_box])
        menu.addSeparator()
        menu.addActions([self.undo, self.redo])
        if line is not None and word is not None and self._session.editable:
            put = partial(self._editor.correct, line.track_id)
            self._spelling.offer(menu, line, line.text, word, put)
        menu.popup(widget.mapToGlobal(place))
