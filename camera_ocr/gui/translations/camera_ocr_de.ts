<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
 <context>
  <name>camera_ocr</name>
  <message>
   <location filename="__init__.py" />
   <source>JSON with boxes</source>
   <translation>JSON mit Rahmen</translation>
  </message>
  <message>
   <location filename="__init__.py" />
   <source>Picture with boxes and text</source>
   <translation>Bild mit Rahmen und Text</translation>
  </message>
  <message>
   <location filename="__init__.py" />
   <source>Plain text</source>
   <translation>Reiner Text</translation>
  </message>
  <message>
   <location filename="__init__.py" />
   <source>Table (CSV)</source>
   <translation>Tabelle (CSV)</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>Camera OCR did not end properly; the page you worked on was kept.</source>
   <translation>Camera OCR wurde nicht ordentlich beendet; die Seite, an der Sie arbeiteten, wurde aufbewahrt.</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>Keep them</source>
   <translation>Aufbewahren</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>Never</source>
   <translation>Nie</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>Not now</source>
   <translation>Jetzt nicht</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>OK</source>
   <translation>OK</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>Open picture…</source>
   <translation>Bild öffnen …</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>Play again</source>
   <translation>Noch einmal abspielen</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>Play the demonstration</source>
   <translation>Vorführung abspielen</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>Show it</source>
   <translation>Anzeigen</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>This is the end of the recording.</source>
   <translation>Das ist das Ende der Aufnahme.</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>Try again</source>
   <translation>Noch einmal versuchen</translation>
  </message>
  <message>
   <location filename="announcements.py" />
   <source>You corrected lines. Keep their ink and text, on this computer only, so that you can train the reader on your own hand?</source>
   <translation>Sie haben Zeilen berichtigt. Ihr Schriftbild und ihren Text aufbewahren, nur auf diesem Rechner, damit Sie den Leser auf Ihre Handschrift trainieren können?</translation>
  </message>
  <message>
   <location filename="application.py" />
   <source>The window stays open; what was read is still there.</source>
   <translation>Das Fenster bleibt offen; was gelesen wurde, ist noch da.</translation>
  </message>
  <message>
   <location filename="arrivals.py" />
   <source>Paste a picture</source>
   <translation>Bild einfügen</translation>
  </message>
  <message>
   <location filename="arrivals.py" />
   <source>There is no picture on the clipboard.</source>
   <translation>In der Zwischenablage ist kein Bild.</translation>
  </message>
  <message>
   <location filename="camera_modes.py" />
   <source>Size of the picture</source>
   <translation>Größe des Bilds</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Clear</source>
   <translation>Leeren</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Copied {text}</source>
   <translation>Kopiert: {text}</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Copy what was read</source>
   <translation>Gelesenes kopieren</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Digits</source>
   <translation>Ziffern</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Digits, or text</source>
   <translation>Ziffern oder Text</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Draw digits here</source>
   <translation>Hier Ziffern schreiben</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Eraser</source>
   <translation>Radierer</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Keep as a sample of my hand</source>
   <translation>Als Probe meiner Handschrift behalten</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Open a picture</source>
   <translation>Bild öffnen</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Pen</source>
   <translation>Stift</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Pictures</source>
   <translation>Bilder</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Read a word or a line</source>
   <translation>Ein Wort oder eine Zeile lesen</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Read rows of digits</source>
   <translation>Reihen von Ziffern lesen</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Save the drawing</source>
   <translation>Zeichnung speichern</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Save the drawing as PNG</source>
   <translation>Zeichnung als PNG speichern</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Saved {path}</source>
   <translation>Gespeichert: {path}</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>That did not work: {error}.</source>
   <translation>Das ging nicht: {error}.</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>The canvas</source>
   <translation>Die Zeichenfläche</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Undo</source>
   <translation>Rückgängig</translation>
  </message>
  <message>
   <location filename="canvas.py" />
   <source>Write a word or a line here</source>
   <translation>Hier ein Wort oder eine Zeile schreiben</translation>
  </message>
  <message>
   <location filename="canvas_area.py" />
   <source>Canvas</source>
   <translation>Zeichenfläche</translation>
  </message>
  <message>
   <location filename="canvas_bar.py" />
   <source>Width of the pen</source>
   <translation>Stiftbreite</translation>
  </message>
  <message>
   <location filename="canvas_figures.py" />
   <source>Probabilities of the ten digits</source>
   <translation>Wahrscheinlichkeiten der zehn Ziffern</translation>
  </message>
  <message>
   <location filename="canvas_figures.py" />
   <source>The picture that the network sees: 28×28 pixels, centred by mass</source>
   <translation>Das Bild, das das Netz sieht: 28 × 28 Pixel, nach dem Schwerpunkt ausgerichtet</translation>
  </message>
  <message>
   <location filename="canvas_figures.py" />
   <source>What the network sees</source>
   <translation>Was das Netz sieht</translation>
  </message>
  <message>
   <location filename="canvas_side.py" />
   <source>Least sure digit: {share}</source>
   <translation>Unsicherste Ziffer: {share}</translation>
  </message>
  <message>
   <location filename="canvas_side.py" />
   <source>Nothing read yet</source>
   <translation>Noch nichts gelesen</translation>
  </message>
  <message>
   <location filename="canvas_side.py" />
   <source>Probabilities</source>
   <translation>Wahrscheinlichkeiten</translation>
  </message>
  <message>
   <location filename="canvas_side.py" />
   <source>The digit pointed at</source>
   <translation>Die gezeigte Ziffer</translation>
  </message>
  <message>
   <location filename="canvas_side.py" />
   <source>The last digit</source>
   <translation>Die letzte Ziffer</translation>
  </message>
  <message>
   <location filename="canvas_side.py" />
   <source>{share} sure</source>
   <translation>{share} sicher</translation>
  </message>
  <message>
   <location filename="choice.py" />
   <source>Camera {number}</source>
   <translation>Kamera {number}</translation>
  </message>
  <message>
   <location filename="choice.py" />
   <source>Demonstration</source>
   <translation>Vorführung</translation>
  </message>
  <message>
   <location filename="choice.py" />
   <source>Pasted picture</source>
   <translation>Eingefügtes Bild</translation>
  </message>
  <message>
   <location filename="choice.py" />
   <source>Raspberry Pi camera</source>
   <translation>Raspberry-Pi-Kamera</translation>
  </message>
  <message>
   <location filename="choice.py" />
   <source>{size}, {fps} fps</source>
   <translation>{size}, {fps} Bilder/s</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Add a line by hand</source>
   <translation>Zeile von Hand hinzufügen</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Correct</source>
   <translation>Berichtigen</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Delete</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Delete lines</source>
   <translation>Zeilen löschen</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Draw a box to be read</source>
   <translation>Rahmen zeichnen, der gelesen wird</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Join</source>
   <translation>Verbinden</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Join lines, or one with the next</source>
   <translation>Zeilen verbinden, oder eine mit der nächsten</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Move down</source>
   <translation>Nach unten</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Move up</source>
   <translation>Nach oben</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Next unknown word</source>
   <translation>Nächstes unbekanntes Wort</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Next word to check, in its line</source>
   <translation>Nächstes Wort, das zu prüfen ist, in seiner Zeile</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Split</source>
   <translation>Teilen</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Split at the cursor, or the widest gap</source>
   <translation>An der Schreibmarke oder der größten Lücke teilen</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>Take suggestion {number}</source>
   <translation>Vorschlag {number} übernehmen</translation>
  </message>
  <message>
   <location filename="edit_actions.py" />
   <source>There is no word to check on this page.</source>
   <translation>Auf dieser Seite ist kein Wort zu prüfen.</translation>
  </message>
  <message>
   <location filename="editor.py" />
   <source>The box could not be read ({error}); type what it says.</source>
   <translation>Der Rahmen konnte nicht gelesen werden ({error}); bitte den Text eintippen.</translation>
  </message>
  <message>
   <location filename="editor.py" />
   <source>There is only one word in this line; put the cursor where to split it.</source>
   <translation>Diese Zeile hat nur ein Wort; die Schreibmarke dorthin setzen, wo geteilt werden soll.</translation>
  </message>
  <message>
   <location filename="editor.py" />
   <source>correction</source>
   <translation>Berichtigung</translation>
  </message>
  <message>
   <location filename="editor.py" />
   <source>deletion</source>
   <translation>Löschen</translation>
  </message>
  <message>
   <location filename="editor.py" />
   <source>joining</source>
   <translation>Verbinden</translation>
  </message>
  <message>
   <location filename="editor.py" />
   <source>moving</source>
   <translation>Verschieben</translation>
  </message>
  <message>
   <location filename="editor.py" />
   <source>new box</source>
   <translation>neuer Rahmen</translation>
  </message>
  <message>
   <location filename="editor.py" />
   <source>splitting</source>
   <translation>Teilen</translation>
  </message>
  <message>
   <location filename="engine_view.py" />
   <source>End</source>
   <translation>Ende</translation>
  </message>
  <message>
   <location filename="engine_view.py" />
   <source>Frozen</source>
   <translation>Angehalten</translation>
  </message>
  <message>
   <location filename="engine_view.py" />
   <source>Live</source>
   <translation>Live</translation>
  </message>
  <message>
   <location filename="engine_view.py" />
   <source>Opening</source>
   <translation>Wird geöffnet</translation>
  </message>
  <message>
   <location filename="engine_view.py" />
   <source>Reading</source>
   <translation>Liest</translation>
  </message>
  <message>
   <location filename="engine_view.py" />
   <source>Reconnecting</source>
   <translation>Verbindet neu</translation>
  </message>
  <message>
   <location filename="engine_view.py" />
   <source>Stopped</source>
   <translation>Kein Bild</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>Copied.</source>
   <translation>Kopiert.</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>Format</source>
   <translation>Format</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>Preview</source>
   <translation>Vorschau</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>Save…</source>
   <translation>Speichern …</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>Selected lines only</source>
   <translation>Nur ausgewählte Zeilen</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>Take it away</source>
   <translation>Mitnehmen</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>This cannot be written: {error}</source>
   <translation>Das lässt sich nicht schreiben: {error}</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>{count} MB</source>
   <translation>{count} MB</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>{count} bytes</source>
   <translation>{count} Byte</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>{count} kB</source>
   <translation>{count} kB</translation>
  </message>
  <message>
   <location filename="export_dialog.py" />
   <source>… (more in the file)</source>
   <translation>… (mehr in der Datei)</translation>
  </message>
  <message>
   <location filename="framing_actions.py" />
   <source>Drag over the part to be read, or Enter, arrows, Shift+arrows, Enter; Esc leaves it.</source>
   <translation>Über den Teil ziehen, oder Eingabe, Pfeile, Umschalt+Pfeile, Eingabe; Esc lässt es.</translation>
  </message>
  <message>
   <location filename="framing_actions.py" />
   <source>Draw a part of the picture to read alone</source>
   <translation>Einen Teil einrahmen, der allein gelesen wird</translation>
  </message>
  <message>
   <location filename="framing_actions.py" />
   <source>Mirror picture</source>
   <translation>Bild spiegeln</translation>
  </message>
  <message>
   <location filename="framing_actions.py" />
   <source>Next part</source>
   <translation>Nächster Teil</translation>
  </message>
  <message>
   <location filename="framing_actions.py" />
   <source>Next part, to be moved and stretched</source>
   <translation>Nächster Teil, zum Verschieben und Ändern</translation>
  </message>
  <message>
   <location filename="framing_actions.py" />
   <source>Part {number} of {count}: drag it, or arrows, Shift+arrows, Del.</source>
   <translation>Teil {number} von {count}: ziehen, oder Pfeile, Umschalt+Pfeile, Entf.</translation>
  </message>
  <message>
   <location filename="framing_actions.py" />
   <source>Read all of the picture</source>
   <translation>Das ganze Bild lesen</translation>
  </message>
  <message>
   <location filename="framing_actions.py" />
   <source>Read only a part…</source>
   <translation>Nur einen Teil lesen …</translation>
  </message>
  <message>
   <location filename="framing_actions.py" />
   <source>Turn picture left</source>
   <translation>Bild nach links drehen</translation>
  </message>
  <message>
   <location filename="framing_actions.py" />
   <source>Turn picture right</source>
   <translation>Bild nach rechts drehen</translation>
  </message>
  <message>
   <location filename="history_model.py" />
   <source>1 line</source>
   <translation>1 Zeile</translation>
  </message>
  <message>
   <location filename="history_model.py" />
   <source>Nothing was read on it.</source>
   <translation>Darauf wurde nichts gelesen.</translation>
  </message>
  <message>
   <location filename="history_model.py" />
   <source>Today</source>
   <translation>Heute</translation>
  </message>
  <message>
   <location filename="history_model.py" />
   <source>edited</source>
   <translation>bearbeitet</translation>
  </message>
  <message>
   <location filename="history_model.py" />
   <source>{count} lines</source>
   <translation>{count} Zeilen</translation>
  </message>
  <message>
   <location filename="history_view.py" />
   <source>All pages that were kept are forgotten, with their pictures. This cannot be undone.</source>
   <translation>Alle aufbewahrten Seiten werden mit ihren Bildern vergessen. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <location filename="history_view.py" />
   <source>Clear all</source>
   <translation>Alles löschen</translation>
  </message>
  <message>
   <location filename="history_view.py" />
   <source>Clear all…</source>
   <translation>Alles löschen …</translation>
  </message>
  <message>
   <location filename="history_view.py" />
   <source>Clear the history?</source>
   <translation>Verlauf löschen?</translation>
  </message>
  <message>
   <location filename="history_view.py" />
   <source>History</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <location filename="history_view.py" />
   <source>No page says this.</source>
   <translation>Auf keiner Seite steht das.</translation>
  </message>
  <message>
   <location filename="history_view.py" />
   <source>Pages</source>
   <translation>Seiten</translation>
  </message>
  <message>
   <location filename="history_view.py" />
   <source>Pages you freeze are kept here. There is none yet.</source>
   <translation>Angehaltene Seiten werden hier aufbewahrt. Noch gibt es keine.</translation>
  </message>
  <message>
   <location filename="history_view.py" />
   <source>Pages: {pages}   ·   Lines: {lines}</source>
   <translation>Seiten: {pages}   ·   Zeilen: {lines}</translation>
  </message>
  <message>
   <location filename="history_view.py" />
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <location filename="history_view.py" />
   <source>Search what was read</source>
   <translation>In Gelesenem suchen</translation>
  </message>
  <message>
   <location filename="history_view.py" />
   <source>Show</source>
   <translation>Anzeigen</translation>
  </message>
  <message>
   <location filename="hotplug.py" />
   <source>{camera} was plugged in.</source>
   <translation>{camera} wurde angeschlossen.</translation>
  </message>
  <message>
   <location filename="hotplug.py" />
   <source>{camera} was unplugged.</source>
   <translation>{camera} wurde abgezogen.</translation>
  </message>
  <message>
   <location filename="i18n.py" />
   <source>As the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <location filename="i18n.py" />
   <source>Enter</source>
   <translation>Eingabe</translation>
  </message>
  <message>
   <location filename="i18n.py" />
   <source>{number}%</source>
   <translation>{number} %</translation>
  </message>
  <message>
   <location filename="keeper.py" />
   <source>{error} What is on the screen can be saved as a file.</source>
   <translation>{error} Was zu sehen ist, lässt sich als Datei speichern.</translation>
  </message>
  <message>
   <location filename="keeper.py" />
   <source>{source}, {when}</source>
   <translation>{source}, {when}</translation>
  </message>
  <message>
   <location filename="lettering.py" />
   <source>Boxes only</source>
   <translation>Nur Rahmen</translation>
  </message>
  <message>
   <location filename="lettering.py" />
   <source>Nothing</source>
   <translation>Nichts</translation>
  </message>
  <message>
   <location filename="lettering.py" />
   <source>Text beside the ink</source>
   <translation>Text neben der Schrift</translation>
  </message>
  <message>
   <location filename="lettering.py" />
   <source>Text over the ink</source>
   <translation>Text über der Schrift</translation>
  </message>
  <message>
   <location filename="line_editor.py" />
   <source>Text of the line</source>
   <translation>Text der Zeile</translation>
  </message>
  <message>
   <location filename="line_keeper.py" />
   <source>Ask me</source>
   <translation>Nachfragen</translation>
  </message>
  <message>
   <location filename="line_keeper.py" />
   <source>Keep them as samples</source>
   <translation>Als Proben aufbewahren</translation>
  </message>
  <message>
   <location filename="line_keeper.py" />
   <source>Kept one line as a sample of your hand</source>
   <translation>Eine Zeile als Probe Ihrer Handschrift aufbewahrt</translation>
  </message>
  <message>
   <location filename="line_keeper.py" />
   <source>Kept {count} lines as samples of your hand</source>
   <translation>{count} Zeilen als Proben Ihrer Handschrift aufbewahrt</translation>
  </message>
  <message>
   <location filename="line_keeper.py" />
   <source>Never keep them</source>
   <translation>Nie aufbewahren</translation>
  </message>
  <message>
   <location filename="line_keeper.py" />
   <source>Your corrected lines are not kept as samples: {error}</source>
   <translation>Ihre berichtigten Zeilen werden nicht als Proben aufbewahrt: {error}</translation>
  </message>
  <message>
   <location filename="lock_actions.py" />
   <source>Lock exposure</source>
   <translation>Belichtung festhalten</translation>
  </message>
  <message>
   <location filename="lock_actions.py" />
   <source>Lock focus</source>
   <translation>Schärfe festhalten</translation>
  </message>
  <message>
   <location filename="look.py" />
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <location filename="look.py" />
   <source>Dark, high contrast</source>
   <translation>Dunkel, hoher Kontrast</translation>
  </message>
  <message>
   <location filename="look.py" />
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <location filename="look.py" />
   <source>Light, high contrast</source>
   <translation>Hell, hoher Kontrast</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>From the history</source>
   <translation>Aus dem Verlauf</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>Frozen – reading every line…</source>
   <translation>Angehalten – jede Zeile wird gelesen …</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>Hold a page of handwriting in front of the camera; its lines appear here.</source>
   <translation>Eine handbeschriebene Seite vor die Kamera halten; ihre Zeilen erscheinen hier.</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>Hold numbers in front of the camera, such as a meter or a form; they appear here.</source>
   <translation>Zahlen vor die Kamera halten, etwa einen Zähler oder ein Formular; sie erscheinen hier.</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>No camera is connected, so a demonstration plays: plug one in and it is used at once.</source>
   <translation>Keine Kamera ist angeschlossen, daher läuft eine Vorführung; sobald eine angesteckt wird, wird sie benutzt.</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>No digits were found on this picture.</source>
   <translation>Auf diesem Bild wurden keine Ziffern gefunden.</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>No writing was found on this picture.</source>
   <translation>Auf diesem Bild wurde keine Schrift gefunden.</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>Nothing to read.</source>
   <translation>Nichts zu lesen.</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>Opening…</source>
   <translation>Wird geöffnet …</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>Picture</source>
   <translation>Bild</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>Picture {number} of {count}</source>
   <translation>Bild {number} von {count}</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>Playing</source>
   <translation>Läuft</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>Reading the picture…</source>
   <translation>Das Bild wird gelesen …</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>{count} fps</source>
   <translation>{count} Bilder/s</translation>
  </message>
  <message>
   <location filename="messages.py" />
   <source>{problem} A demonstration plays meanwhile.</source>
   <translation>{problem} Inzwischen läuft eine Vorführung.</translation>
  </message>
  <message>
   <location filename="model.py" />
   <source>{text}, corrected</source>
   <translation>{text}, berichtigt</translation>
  </message>
  <message>
   <location filename="model.py" />
   <source>{text}, {sure} sure</source>
   <translation>{text}, {sure} sicher</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>Another file…</source>
   <translation>Andere Datei …</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>Choose a model</source>
   <translation>Modell wählen</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>Digits of MNIST</source>
   <translation>Ziffern aus MNIST</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>Digits of UNIPEN</source>
   <translation>Ziffern aus UNIPEN</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>English lines</source>
   <translation>Englische Zeilen</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>English words</source>
   <translation>Englische Wörter</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>For slow machines: a line takes half the time, and more of it is misread.</source>
   <translation>Für langsame Rechner: eine Zeile braucht halb so viel Zeit, und mehr davon wird falsch gelesen.</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>French lines, scanned</source>
   <translation>Französische Zeilen, Scans</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>German words, scanned</source>
   <translation>Deutsche Wörter, Scans</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>Held-out writers</source>
   <translation>Unbekannte Schreiber</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>Models</source>
   <translation>Modelle</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>Reads digits</source>
   <translation>Liest Ziffern</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>Reads lines</source>
   <translation>Liest Zeilen</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>Rows of 2 to 5 digits</source>
   <translation>Reihen aus 2 bis 5 Ziffern</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>This model cannot be used: {reason}</source>
   <translation>Dieses Modell kann nicht benutzt werden: {reason}</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>characters wrong</source>
   <translation>Zeichen falsch</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>exactly right</source>
   <translation>ganz richtig</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>words wrong</source>
   <translation>Wörter falsch</translation>
  </message>
  <message>
   <location filename="model_choice.py" />
   <source>{name} (comes with the program)</source>
   <translation>{name} (gehört zum Programm)</translation>
  </message>
  <message>
   <location filename="own_lines_dialog.py" />
   <source>All lines that are kept as samples are deleted from this computer. This cannot be undone.</source>
   <translation>Alle als Proben aufbewahrten Zeilen werden von diesem Rechner gelöscht. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <location filename="own_lines_dialog.py" />
   <source>Delete all</source>
   <translation>Alle löschen</translation>
  </message>
  <message>
   <location filename="own_lines_dialog.py" />
   <source>Delete all lines?</source>
   <translation>Alle Zeilen löschen?</translation>
  </message>
  <message>
   <location filename="own_lines_dialog.py" />
   <source>Delete all…</source>
   <translation>Alle löschen …</translation>
  </message>
  <message>
   <location filename="own_lines_dialog.py" />
   <source>Lines</source>
   <translation>Zeilen</translation>
  </message>
  <message>
   <location filename="own_lines_dialog.py" />
   <source>Lines kept as samples of my hand</source>
   <translation>Als Proben meiner Handschrift aufbewahrte Zeilen</translation>
  </message>
  <message>
   <location filename="own_lines_dialog.py" />
   <source>Lines: {count}</source>
   <translation>Zeilen: {count}</translation>
  </message>
  <message>
   <location filename="own_lines_dialog.py" />
   <source>No line is kept.</source>
   <translation>Keine Zeile ist aufbewahrt.</translation>
  </message>
  <message>
   <location filename="own_words_dialog.py" />
   <source>My words</source>
   <translation>Meine Wörter</translation>
  </message>
  <message>
   <location filename="own_words_dialog.py" />
   <source>Names and terms, one a row: they are not marked, and the reader expects them.</source>
   <translation>Namen und Fachwörter, eines je Zeile: Sie werden nicht markiert, und der Leser rechnet mit ihnen.</translation>
  </message>
  <message>
   <location filename="performance.py" />
   <source>Frames a second</source>
   <translation>Bilder je Sekunde</translation>
  </message>
  <message>
   <location filename="performance.py" />
   <source>Latency, ms</source>
   <translation>Verzögerung, ms</translation>
  </message>
  <message>
   <location filename="performance.py" />
   <source>Lines read a second</source>
   <translation>Gelesene Zeilen je Sekunde</translation>
  </message>
  <message>
   <location filename="performance.py" />
   <source>Performance over the last minute</source>
   <translation>Leistung der letzten Minute</translation>
  </message>
  <message>
   <location filename="performance.py" />
   <source>now</source>
   <translation>jetzt</translation>
  </message>
  <message>
   <location filename="performance.py" />
   <source>{seconds} s ago</source>
   <translation>vor {seconds} s</translation>
  </message>
  <message>
   <location filename="picture_actions.py" />
   <source>On the picture: {what}</source>
   <translation>Im Bild: {what}</translation>
  </message>
  <message>
   <location filename="picture_actions.py" />
   <source>Overlay</source>
   <translation>Einblendung</translation>
  </message>
  <message>
   <location filename="picture_actions.py" />
   <source>Text, boxes or nothing on the picture</source>
   <translation>Text, Rahmen oder nichts im Bild</translation>
  </message>
  <message>
   <location filename="picture_actions.py" />
   <source>Whole picture</source>
   <translation>Ganzes Bild</translation>
  </message>
  <message>
   <location filename="picture_actions.py" />
   <source>Zoom in</source>
   <translation>Vergrößern</translation>
  </message>
  <message>
   <location filename="picture_actions.py" />
   <source>Zoom out</source>
   <translation>Verkleinern</translation>
  </message>
  <message>
   <location filename="reading.py" />
   <source>English</source>
   <translation>Englisch</translation>
  </message>
  <message>
   <location filename="reading.py" />
   <source>Every line on the sheet is read; the desk around it is left out.</source>
   <translation>Jede Zeile auf dem Blatt wird gelesen; der Tisch ringsum bleibt außer Acht.</translation>
  </message>
  <message>
   <location filename="reading.py" />
   <source>French</source>
   <translation>Französisch</translation>
  </message>
  <message>
   <location filename="reading.py" />
   <source>German</source>
   <translation>Deutsch</translation>
  </message>
  <message>
   <location filename="reading.py" />
   <source>Guessed for each line</source>
   <translation>Für jede Zeile erraten</translation>
  </message>
  <message>
   <location filename="reading.py" />
   <source>Meters, scores, forms: rows of digits are read by a model of their own, letters left out.</source>
   <translation>Zähler, Spielstände, Formulare: Ziffern werden von einem eigenen Modell gelesen, Buchstaben ausgelassen.</translation>
  </message>
  <message>
   <location filename="reading.py" />
   <source>None: the ink alone decides</source>
   <translation>Keine: die Schrift allein entscheidet</translation>
  </message>
  <message>
   <location filename="reading.py" />
   <source>Numbers only</source>
   <translation>Nur Zahlen</translation>
  </message>
  <message>
   <location filename="reading.py" />
   <source>Paper, written or printed</source>
   <translation>Papier, beschrieben oder bedruckt</translation>
  </message>
  <message>
   <location filename="reading.py" />
   <source>The whole picture is searched for writing, also notes of other colours stuck on it.</source>
   <translation>Im ganzen Bild wird Schrift gesucht, auch auf andersfarbigen Haftnotizen.</translation>
  </message>
  <message>
   <location filename="reading.py" />
   <source>Whiteboard, wall or screen</source>
   <translation>Tafel, Wand oder Bildschirm</translation>
  </message>
  <message>
   <location filename="reading_actions.py" />
   <source>Freeze</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <location filename="reading_actions.py" />
   <source>Freeze, or go live again</source>
   <translation>Anhalten, oder weiter live</translation>
  </message>
  <message>
   <location filename="reading_actions.py" />
   <source>Go live</source>
   <translation>Weiter live</translation>
  </message>
  <message>
   <location filename="reading_actions.py" />
   <source>Next picture of the folder</source>
   <translation>Nächstes Bild des Ordners</translation>
  </message>
  <message>
   <location filename="reading_actions.py" />
   <source>Play on</source>
   <translation>Weiter abspielen</translation>
  </message>
  <message>
   <location filename="reading_actions.py" />
   <source>Previous picture of the folder</source>
   <translation>Voriges Bild des Ordners</translation>
  </message>
  <message>
   <location filename="reading_actions.py" />
   <source>Read every line of writing</source>
   <translation>Jede Zeile Schrift lesen</translation>
  </message>
  <message>
   <location filename="reading_actions.py" />
   <source>Read numbers only: meters, scores, forms</source>
   <translation>Nur Zahlen lesen: Zähler, Spielstände, Formulare</translation>
  </message>
  <message>
   <location filename="reading_actions.py" />
   <source>Read text, or digits only</source>
   <translation>Text lesen, oder nur Ziffern</translation>
  </message>
  <message>
   <location filename="reading_actions.py" />
   <source>Read the other</source>
   <translation>Das andere lesen</translation>
  </message>
  <message>
   <location filename="rows.py" />
   <source>(nothing read)</source>
   <translation>(nichts gelesen)</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>A picture has no pen strokes, so it cannot be a sample; clear the canvas and write by hand.</source>
   <translation>Ein Bild hat keine Stiftzüge und taugt nicht als Probe; die Fläche leeren und von Hand schreiben.</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>A sample is one row: keep each by itself.</source>
   <translation>Eine Probe ist eine Reihe: jede für sich aufbewahren.</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>All samples of your hand are deleted from this computer. This cannot be undone.</source>
   <translation>Alle Proben Ihrer Handschrift werden von diesem Rechner gelöscht. Das lässt sich nicht rückgängig machen.</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>All samples of your hand were deleted</source>
   <translation>Alle Proben Ihrer Handschrift wurden gelöscht</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>Delete all my samples…</source>
   <translation>Alle meine Proben löschen …</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>Delete all samples?</source>
   <translation>Alle Proben löschen?</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>Keep on this computer</source>
   <translation>Auf diesem Rechner behalten</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>Kept on this computer; samples of digits: {count}</source>
   <translation>Auf diesem Rechner behalten; Proben von Ziffern: {count}</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>Kept on this computer; samples of text: {count}</source>
   <translation>Auf diesem Rechner behalten; Proben von Text: {count}</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>One row of digits</source>
   <translation>Eine Reihe Ziffern</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>One word or line, as it is written</source>
   <translation>Ein Wort oder eine Zeile, wie geschrieben</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>The drawing is kept as pen strokes, with this text, on this computer only: in {folder}. Nothing is sent anywhere. It is used when you yourself train a model on your hand (python -m convert personal), and you can delete all samples here at any time.</source>
   <translation>Die Zeichnung wird als Stiftzüge mit diesem Text aufbewahrt, nur auf diesem Rechner: in {folder}. Nichts wird irgendwohin gesendet. Sie dient nur dazu, dass Sie selbst ein Modell auf Ihre Handschrift trainieren (python -m convert personal); alle Proben lassen sich hier jederzeit löschen.</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>There is nothing on the canvas to keep as a sample.</source>
   <translation>Auf der Fläche ist nichts, was als Probe taugt.</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>What does it say?</source>
   <translation>Was steht da?</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>What is drawn</source>
   <translation>Was gezeichnet ist</translation>
  </message>
  <message>
   <location filename="sample_dialog.py" />
   <source>Which digits are these?</source>
   <translation>Welche Ziffern sind das?</translation>
  </message>
  <message>
   <location filename="saving.py" />
   <source>Handwriting</source>
   <translation>Handschrift</translation>
  </message>
  <message>
   <location filename="saving.py" />
   <source>Not saved</source>
   <translation>Nicht gespeichert</translation>
  </message>
  <message>
   <location filename="saving.py" />
   <source>Nothing is lost: the text is still here and can be saved somewhere else.</source>
   <translation>Nichts ist verloren: Der Text ist noch da und lässt sich anderswo speichern.</translation>
  </message>
  <message>
   <location filename="saving.py" />
   <source>Replace</source>
   <translation>Ersetzen</translation>
  </message>
  <message>
   <location filename="saving.py" />
   <source>Replace file?</source>
   <translation>Datei ersetzen?</translation>
  </message>
  <message>
   <location filename="saving.py" />
   <source>Save somewhere else…</source>
   <translation>Anderswo speichern …</translation>
  </message>
  <message>
   <location filename="saving.py" />
   <source>Save what was read</source>
   <translation>Gelesenes speichern</translation>
  </message>
  <message>
   <location filename="saving.py" />
   <source>The file could not be saved: {error}.</source>
   <translation>Die Datei konnte nicht gespeichert werden: {error}.</translation>
  </message>
  <message>
   <location filename="saving.py" />
   <source>{path} is already there; replacing it loses what is in it.</source>
   <translation>{path} gibt es schon; beim Ersetzen geht der Inhalt verloren.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>No camera was found; plug one in, or choose a file or the demo.</source>
   <translation>Keine Kamera gefunden; eine anstecken, oder eine Datei oder die Vorführung wählen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>No source was named; give a camera, a file, a folder, an address, or demo.</source>
   <translation>Keine Quelle angegeben; eine Kamera, Datei, Adresse, einen Ordner oder demo nennen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>Picamera2 is not installed; run `sudo apt install python3-picamera2` and make the venv with --system-site-packages.</source>
   <translation>Picamera2 ist nicht installiert; `sudo apt install python3-picamera2` ausführen und das venv mit --system-site-packages anlegen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The Raspberry Pi camera cannot be opened ({reason}); close the program that uses it.</source>
   <translation>Die Raspberry-Pi-Kamera lässt sich nicht öffnen ({reason}); das Programm schließen, das sie benutzt.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The camera does not answer.</source>
   <translation>Die Kamera antwortet nicht.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The camera does not change its {what}, although it says that it can.</source>
   <translation>Die Kamera ändert {what} nicht, obwohl sie es zu können vorgibt.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The camera refuses to change its {what} ({reason}).</source>
   <translation>Die Kamera weigert sich, {what} zu ändern ({reason}).</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The damaged history {path} cannot be set aside: {reason}.</source>
   <translation>Der beschädigte Verlauf {path} lässt sich nicht beiseitelegen: {reason}.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The history cannot be kept in {path}: {reason}.</source>
   <translation>Der Verlauf lässt sich nicht in {path} aufbewahren: {reason}.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The history was damaged; it is set aside as {path}, and a new one is begun.</source>
   <translation>Der Verlauf war beschädigt; er liegt nun in {path}, und ein neuer ist begonnen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The history {path} could not be opened: {reason}.</source>
   <translation>Der Verlauf {path} konnte nicht geöffnet werden: {reason}.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The history {path} could not be read: {reason}.</source>
   <translation>Der Verlauf {path} konnte nicht gelesen werden: {reason}.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The history {path} could not be written: {reason}.</source>
   <translation>Der Verlauf {path} konnte nicht geschrieben werden: {reason}.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The history {path} is damaged ({reason}).</source>
   <translation>Der Verlauf {path} ist beschädigt ({reason}).</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The history {path} was written by a newer version of Camera OCR.</source>
   <translation>Der Verlauf {path} wurde von einer neueren Version von Camera OCR geschrieben.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The lines of this page are damaged ({reason}).</source>
   <translation>Die Zeilen dieser Seite sind beschädigt ({reason}).</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The picture cannot be kept in the history.</source>
   <translation>Das Bild lässt sich nicht im Verlauf aufbewahren.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The picture of this page is damaged.</source>
   <translation>Das Bild dieser Seite ist beschädigt.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The word list {path} cannot be read: {reason}.</source>
   <translation>Die Wortliste {path} lässt sich nicht lesen: {reason}.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The word list {path} does not exist; check the name.</source>
   <translation>Die Wortliste {path} gibt es nicht; den Namen prüfen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The word list {path} has more than {most} MB; give a list of words, not a text.</source>
   <translation>Die Wortliste {path} hat mehr als {most} MB; eine Liste von Wörtern angeben, keinen Text.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The word list {path} has no word in it; write one a line.</source>
   <translation>In der Wortliste {path} steht kein Wort; eines je Zeile schreiben.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>The word list {path} is not text in UTF-8; save it as that, one word a line.</source>
   <translation>Die Wortliste {path} ist kein Text in UTF-8; so speichern, ein Wort je Zeile.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>There is no Raspberry Pi camera; check its cable, and try `rpicam-hello`.</source>
   <translation>Keine Raspberry-Pi-Kamera da; das Kabel prüfen und `rpicam-hello` versuchen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>There is no camera at {device}; plug it in, or choose another source.</source>
   <translation>An {device} ist keine Kamera; anstecken, oder eine andere Quelle wählen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>There is no picture to hold yet; wait until the camera shows one.</source>
   <translation>Noch ist kein Bild zum Anhalten da; warten, bis die Kamera eines zeigt.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>There is no text reader that could read this.</source>
   <translation>Es gibt keinen Textleser, der das lesen könnte.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>This page is not in the history any more.</source>
   <translation>Diese Seite ist nicht mehr im Verlauf.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>exposure</source>
   <translation>Belichtung</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>focus</source>
   <translation>Schärfe</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>gave no new frame for {seconds} s</source>
   <translation>seit {seconds} s kein neues Bild</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>gave the same frame for {seconds} s</source>
   <translation>seit {seconds} s dasselbe Bild</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>it is not there</source>
   <translation>nicht da</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>no TFLite runtime is installed; run `pip install ai-edge-litert`</source>
   <translation>Keine TFLite-Laufzeit ist installiert; `pip install ai-edge-litert` ausführen</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>reinstall Camera OCR, or export the model again with `python -m convert export`</source>
   <translation>Camera OCR neu installieren, oder das Modell mit `python -m convert export` neu ausgeben</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>the disk is full</source>
   <translation>die Platte ist voll</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>the disk is full; free some space, or choose another disk</source>
   <translation>die Platte ist voll; Platz schaffen, oder eine andere wählen</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>the name is too long; choose a shorter one</source>
   <translation>der Name ist zu lang; einen kürzeren wählen</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>there is no such folder; choose another one</source>
   <translation>diesen Ordner gibt es nicht; einen anderen wählen</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>this disk can only be read; choose another one</source>
   <translation>diese Platte ist nur lesbar; eine andere wählen</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>you may not write in that folder; choose another one</source>
   <translation>in diesem Ordner dürfen Sie nicht schreiben; einen anderen wählen</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>your share of the disk is used up; free some space, or choose another disk</source>
   <translation>Ihr Anteil an der Platte ist aufgebraucht; Platz schaffen, oder eine andere wählen</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} ({device}) cannot be opened; close the program that is using it.</source>
   <translation>{name} ({device}) lässt sich nicht öffnen; das Programm schließen, das sie gerade benutzt.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} ({device}) may not be used by you; run `sudo usermod -aG video $USER` and log in again.</source>
   <translation>{name} ({device}) dürfen Sie nicht benutzen; `sudo usermod -aG video $USER` ausführen und neu anmelden.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} cannot be read ({reason}).</source>
   <translation>{name} kann nicht gelesen werden ({reason}).</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} cannot be read ({reason}); check its permissions.</source>
   <translation>{name} kann nicht gelesen werden ({reason}); die Rechte prüfen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} could not be written: {reason}.</source>
   <translation>{name} konnte nicht geschrieben werden: {reason}.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} does not exist; check the name of the folder.</source>
   <translation>{name} gibt es nicht; den Namen des Ordners prüfen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} does not exist; check the name, or see `camera-ocr cameras`.</source>
   <translation>{name} gibt es nicht; den Namen prüfen, oder `camera-ocr cameras` fragen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} does not exist; check the name.</source>
   <translation>{name} gibt es nicht; den Namen prüfen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} gives no video; check the address, and that the camera is on.</source>
   <translation>{name} liefert kein Video; die Adresse prüfen, und ob die Kamera an ist.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} has no frame that can be decoded; it is damaged or cut short.</source>
   <translation>{name} hat kein lesbares Bild; es ist beschädigt oder abgeschnitten.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} has no image in it ({known}); choose another folder.</source>
   <translation>In {name} ist kein Bild ({known}); einen anderen Ordner wählen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} has no pixels ({width} × {height}); save the picture again.</source>
   <translation>{name} hat keine Pixel ({width} × {height}); das Bild noch einmal speichern.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is a GIF, which cannot be read; save it as PNG first.</source>
   <translation>{name} ist ein GIF, das nicht lesbar ist; erst als PNG speichern.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is a HEIC or AVIF photo, which cannot be read; save it as JPEG first.</source>
   <translation>{name} ist ein HEIC- oder AVIF-Foto, das nicht lesbar ist; erst als JPEG speichern.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is a PDF, not an image; export its pages as PNG or JPEG first.</source>
   <translation>{name} ist ein PDF, kein Bild; erst die Seiten als PNG oder JPEG ausgeben.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is a device, not an image; give the name of an image file.</source>
   <translation>{name} ist ein Gerät, kein Bild; eine Bilddatei angeben.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is a folder, not a video.</source>
   <translation>{name} ist ein Ordner, kein Video.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is a folder, not an image; give the name of an image in it.</source>
   <translation>{name} ist ein Ordner, kein Bild; ein Bild darin angeben.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is cut short (its {kind} data ends too early); copy it again.</source>
   <translation>{name} ist abgeschnitten ({kind}-Daten enden zu früh); noch einmal kopieren.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is damaged (parts of its {kind} data are wrong); copy it again from where it came from.</source>
   <translation>{name} ist beschädigt (Teile der {kind}-Daten sind falsch); noch einmal von der Quelle kopieren.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is damaged or a kind of {kind} that cannot be read; save it as PNG.</source>
   <translation>{name} ist beschädigt oder eine Art von {kind}, die nicht lesbar ist; als PNG speichern.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is damaged or not a video that can be played; save it as MP4 (H.264).</source>
   <translation>{name} ist beschädigt oder kein abspielbares Video; als MP4 (H.264) speichern.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is empty (0 bytes); copy it again from where it came from.</source>
   <translation>{name} ist leer (0 Byte); noch einmal von der Quelle kopieren.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is gone; plug it in again, it will be picked up by itself.</source>
   <translation>{name} ist weg; wieder anstecken, dann geht es von selbst weiter.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is more than {most} MB, which is too much to read; save it as JPEG.</source>
   <translation>{name} hat mehr als {most} MB, das ist zu viel; als JPEG speichern.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is not a file that can be replaced; choose another name.</source>
   <translation>{name} ist keine Datei, die sich ersetzen lässt; einen anderen Namen wählen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is not a folder; give the folder that holds the images.</source>
   <translation>{name} ist kein Ordner; den Ordner mit den Bildern angeben.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is not an image that can be read; give one of {known}.</source>
   <translation>{name} ist kein lesbares Bild; eines von {known} angeben.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} is {width} × {height} px ({megapixels} megapixels) and at most {most} can be read; scale it down or cut it into parts first.</source>
   <translation>{name} hat {width} × {height} Pixel ({megapixels} Megapixel), höchstens {most} sind lesbar; erst verkleinern oder zerschneiden.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} may not be read; check the permissions of the file.</source>
   <translation>{name} darf nicht gelesen werden; die Rechte der Datei prüfen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{name} {what}; it is tried again until it is back.</source>
   <translation>{name}: {what}; es wird weiter versucht, bis sie wieder da ist.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{path} could not be deleted: {reason}.</source>
   <translation>{path} konnte nicht gelöscht werden: {reason}.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{path} is damaged; move it away to begin anew.</source>
   <translation>{path} ist beschädigt; die Datei wegräumen, um neu zu beginnen.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{path} or its text is damaged; delete it.</source>
   <translation>{path} oder der Text dazu ist beschädigt; löschen Sie die Probe.</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{path}: a model for {task}, not for lines; choose a line reader</source>
   <translation>{path}: ein Modell für {task}, nicht für Zeilen; einen Zeilenleser wählen</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{path}: no such file; {do}</source>
   <translation>{path}: keine solche Datei; {do}</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{path}: the file is not the one its card describes (sha256 differs); {do}</source>
   <translation>{path}: Die Datei ist nicht die, die ihre Karte beschreibt (sha256 weicht ab); {do}</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{path}: the model's card is damaged ({reason}); {do}</source>
   <translation>{path}: Die Karte des Modells ist beschädigt ({reason}); {do}</translation>
  </message>
  <message>
   <location filename="sentences.py" />
   <source>{path}: the {what} is missing; {do}</source>
   <translation>{path}: {what} fehlt; {do}</translation>
  </message>
  <message>
   <location filename="session.py" />
   <source>Nothing is open that could be read.</source>
   <translation>Nichts ist offen, was gelesen werden könnte.</translation>
  </message>
  <message>
   <location filename="session.py" />
   <source>This cannot be read: {error}</source>
   <translation>Das lässt sich nicht lesen: {error}</translation>
  </message>
  <message>
   <location filename="session.py" />
   <source>This picture could not be read at full quality: {error}</source>
   <translation>Dieses Bild konnte nicht in voller Güte gelesen werden: {error}</translation>
  </message>
  <message>
   <location filename="session.py" />
   <source>This picture could not be read: {error}</source>
   <translation>Dieses Bild konnte nicht gelesen werden: {error}</translation>
  </message>
  <message>
   <location filename="settings.py" />
   <source>Settings cannot be kept in {path}; they hold until the window is closed.</source>
   <translation>Einstellungen können nicht in {path} gespeichert werden; sie gelten, bis das Fenster geschlossen wird.</translation>
  </message>
  <message>
   <location filename="settings.py" />
   <source>The settings in {path} are damaged and cannot be set aside ({reason}); the defaults hold.</source>
   <translation>Die Einstellungen in {path} sind beschädigt und lassen sich nicht beiseitelegen ({reason}); es gelten die Vorgaben.</translation>
  </message>
  <message>
   <location filename="settings.py" />
   <source>The settings were damaged; they are set aside as {path}, and the defaults hold.</source>
   <translation>Die Einstellungen waren beschädigt; sie liegen nun in {path}, und es gelten die Vorgaben.</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source> MB</source>
   <translation> MB</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source> days</source>
   <translation> Tage</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source> pt</source>
   <translation> pt</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>&amp;Colours</source>
   <translation>&amp;Farben</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>&amp;History</source>
   <translation>&amp;Verlauf</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>&amp;Keep pages that I freeze, with their pictures</source>
   <translation>Seiten, die ich an&amp;halte, mit ihren Bildern aufbewahren</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>&amp;Language of the window</source>
   <translation>&amp;Sprache des Fensters</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>&amp;Language of the writing</source>
   <translation>&amp;Sprache der Schrift</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>&amp;Look at them…</source>
   <translation>&amp;Ansehen …</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>&amp;Model</source>
   <translation>&amp;Modell</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>&amp;On the picture</source>
   <translation>Im &amp;Bild</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>&amp;Pages stay</source>
   <translation>Seiten &amp;bleiben</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>&amp;Reading</source>
   <translation>&amp;Lesen</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>&amp;Size of letters</source>
   <translation>Schrift&amp;größe</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>&amp;Window</source>
   <translation>F&amp;enster</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>At &amp;most</source>
   <translation>Hö&amp;chstens</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>Be&amp;fore the camera</source>
   <translation>Vor der &amp;Kamera</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>Chan&amp;ge them…</source>
   <translation>Än&amp;dern …</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>Given on the command line or in config.toml</source>
   <translation>Auf der Befehlszeile oder in config.toml festgelegt</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>Ink and text of lines that you correct, on this computer only: in {folder}. With them you can train the reader on your own hand (python -m convert personal line).</source>
   <translation>Schriftbild und Text von Zeilen, die Sie berichtigen, nur auf diesem Rechner: in {folder}. Damit können Sie den Leser auf Ihre Handschrift trainieren (python -m convert personal line).</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>Kept so far</source>
   <translation>Bisher aufbewahrt</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>Lines that I &amp;correct</source>
   <translation>Zeilen, die ich &amp;berichtige</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>Mark &amp;words of frozen lines that it does not have</source>
   <translation>&amp;Wörter angehaltener Zeilen markieren, die sie nicht hat</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>My h&amp;and</source>
   <translation>&amp;Meine Handschrift</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>Names and terms: not marked, and expected by the reader.</source>
   <translation>Namen und Fachwörter: nicht markiert, und vom Leser erwartet.</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>On this computer only, readable by you alone. Without it, nothing is kept from now on of what you freeze or correct, and nothing is there after a crash.</source>
   <translation>Nur auf diesem Rechner, nur für Sie lesbar. Ohne das wird ab jetzt nichts aufbewahrt, was Sie anhalten oder berichtigen, und nach einem Absturz ist nichts mehr da.</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>The oldest pages go first.</source>
   <translation>Die ältesten Seiten gehen zuerst.</translation>
  </message>
  <message>
   <location filename="settings_dialog.py" />
   <source>for good</source>
   <translation>für immer</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Click</source>
   <translation>Klick</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Double-click</source>
   <translation>Doppelklick</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Drag</source>
   <translation>Ziehen</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Draw</source>
   <translation>Zeichnen</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Drop</source>
   <translation>Ablegen</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Drop a picture</source>
   <translation>Bild fallen lassen</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Erase</source>
   <translation>Radieren</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Freeze, and correct a line</source>
   <translation>Anhalten und eine Zeile berichtigen</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Keys</source>
   <translation>Tasten</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Lay its ink on the canvas</source>
   <translation>Seine Schrift auf die Fläche legen</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Mouse and fingers</source>
   <translation>Maus und Finger</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Move the zoomed picture</source>
   <translation>Vergrößertes Bild verschieben</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Open files or a picture</source>
   <translation>Dateien oder ein Bild öffnen</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Point</source>
   <translation>Zeigen</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Point at a digit</source>
   <translation>Auf eine Ziffer zeigen</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Right button, pen's other end</source>
   <translation>Rechte Taste, anderes Stiftende</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Right-click</source>
   <translation>Rechtsklick</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>See how sure it is</source>
   <translation>Sehen, wie sicher sie ist</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>See the ink below a line's text</source>
   <translation>Die Schrift unter einem Text sehen</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Select a line, on the picture or in the list</source>
   <translation>Zeile auswählen, im Bild oder in der Liste</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Two fingers</source>
   <translation>Zwei Finger</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>What can be done with a line</source>
   <translation>Was sich mit einer Zeile machen lässt</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Wheel</source>
   <translation>Mausrad</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>With mouse, finger or pen</source>
   <translation>Mit Maus, Finger oder Stift</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Zoom and move</source>
   <translation>Zoomen und verschieben</translation>
  </message>
  <message>
   <location filename="shortcuts.py" />
   <source>Zoom where the mouse is</source>
   <translation>Bei der Maus vergrößern</translation>
  </message>
  <message>
   <location filename="source_button.py" />
   <source>Address of its stream, beginning with rtsp:// or http://</source>
   <translation>Adresse ihres Datenstroms, beginnend mit rtsp:// oder http://</translation>
  </message>
  <message>
   <location filename="source_button.py" />
   <source>All files</source>
   <translation>Alle Dateien</translation>
  </message>
  <message>
   <location filename="source_button.py" />
   <source>Choose what to look at</source>
   <translation>Wählen, was zu sehen ist</translation>
  </message>
  <message>
   <location filename="source_button.py" />
   <source>Looking for cameras…</source>
   <translation>Kameras werden gesucht …</translation>
  </message>
  <message>
   <location filename="source_button.py" />
   <source>No camera is connected</source>
   <translation>Keine Kamera angeschlossen</translation>
  </message>
  <message>
   <location filename="source_button.py" />
   <source>Open folder of pictures</source>
   <translation>Ordner mit Bildern öffnen</translation>
  </message>
  <message>
   <location filename="source_button.py" />
   <source>Open folder of pictures…</source>
   <translation>Ordner mit Bildern öffnen …</translation>
  </message>
  <message>
   <location filename="source_button.py" />
   <source>Open network camera</source>
   <translation>Netzwerkkamera öffnen</translation>
  </message>
  <message>
   <location filename="source_button.py" />
   <source>Open network camera…</source>
   <translation>Netzwerkkamera öffnen …</translation>
  </message>
  <message>
   <location filename="source_button.py" />
   <source>Open video…</source>
   <translation>Video öffnen …</translation>
  </message>
  <message>
   <location filename="source_button.py" />
   <source>Source</source>
   <translation>Quelle</translation>
  </message>
  <message>
   <location filename="source_button.py" />
   <source>Videos</source>
   <translation>Videos</translation>
  </message>
  <message>
   <location filename="speech.py" />
   <source>Be silent</source>
   <translation>Nicht mehr vorlesen</translation>
  </message>
  <message>
   <location filename="speech.py" />
   <source>Read aloud</source>
   <translation>Vorlesen</translation>
  </message>
  <message>
   <location filename="speech.py" />
   <source>Read the selected lines aloud, or all; again: silence</source>
   <translation>Ausgewählte Zeilen vorlesen, oder alle; noch einmal: Stille</translation>
  </message>
  <message>
   <location filename="speech.py" />
   <source>The speech service did not answer.</source>
   <translation>Der Sprachdienst hat nicht geantwortet.</translation>
  </message>
  <message>
   <location filename="spelling.py" />
   <source>Add “{word}” to my words</source>
   <translation>„{word}“ in meine Wörter aufnehmen</translation>
  </message>
  <message>
   <location filename="spelling.py" />
   <source>Ignore it on this page</source>
   <translation>Auf dieser Seite übergehen</translation>
  </message>
  <message>
   <location filename="spelling.py" />
   <source>No word is like “{word}”</source>
   <translation>Kein Wort ist wie „{word}“</translation>
  </message>
  <message>
   <location filename="spelling.py" />
   <source>“{word}” is one of your words now</source>
   <translation>„{word}“ gehört jetzt zu Ihren Wörtern</translation>
  </message>
  <message>
   <location filename="status.py" />
   <source>Frames shown a second (fps) · age of the picture · runtime · model (P: the last minute)</source>
   <translation>Gezeigte Bilder je Sekunde (Bilder/s) · Alter des Bilds · Laufzeit · Modell (P: die letzte Minute)</translation>
  </message>
  <message>
   <location filename="suggestions.py" />
   <source>It may also say</source>
   <translation>Vielleicht steht da auch</translation>
  </message>
  <message>
   <location filename="suggestions.py" />
   <source>{text} (Alt+{number})</source>
   <translation>{text} (Alt+{number})</translation>
  </message>
  <message>
   <location filename="taking_away.py" />
   <source>Copied one line</source>
   <translation>Eine Zeile kopiert</translation>
  </message>
  <message>
   <location filename="taking_away.py" />
   <source>Copied {count} lines</source>
   <translation>{count} Zeilen kopiert</translation>
  </message>
  <message>
   <location filename="taking_away.py" />
   <source>Copy all lines</source>
   <translation>Alle Zeilen kopieren</translation>
  </message>
  <message>
   <location filename="taking_away.py" />
   <source>Copy the selected lines, or all</source>
   <translation>Ausgewählte Zeilen kopieren, oder alle</translation>
  </message>
  <message>
   <location filename="taking_away.py" />
   <source>Save</source>
   <translation>Speichern</translation>
  </message>
  <message>
   <location filename="taking_away.py" />
   <source>Save as text, table, JSON or picture</source>
   <translation>Als Text, Tabelle, JSON oder Bild speichern</translation>
  </message>
  <message>
   <location filename="transport.py" />
   <source>One frame back</source>
   <translation>Ein Bild zurück</translation>
  </message>
  <message>
   <location filename="transport.py" />
   <source>One frame on</source>
   <translation>Ein Bild vor</translation>
  </message>
  <message>
   <location filename="transport.py" />
   <source>Place in the video</source>
   <translation>Stelle im Video</translation>
  </message>
  <message>
   <location filename="transport.py" />
   <source>Play or pause</source>
   <translation>Abspielen oder anhalten</translation>
  </message>
  <message>
   <location filename="view.py" />
   <source>Drop to open</source>
   <translation>Zum Öffnen fallen lassen</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>A frozen page</source>
   <translation>Eine angehaltene Seite</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>Choose a source</source>
   <translation>Quelle wählen</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>Draw digits or words, and see them read</source>
   <translation>Ziffern oder Wörter schreiben und lesen lassen</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>Draw digits or words, or go back</source>
   <translation>Ziffern oder Wörter schreiben, oder zurück</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>Full screen</source>
   <translation>Vollbild</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>Hold the picture and read it at full quality</source>
   <translation>Das Bild anhalten und in voller Güte lesen</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>Looking for a camera…</source>
   <translation>Eine Kamera wird gesucht …</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>No picture</source>
   <translation>Kein Bild</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>Opening {source}…</source>
   <translation>{source} wird geöffnet …</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>Pages you froze before</source>
   <translation>Früher angehaltene Seiten</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>Quit</source>
   <translation>Beenden</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>Read and keep</source>
   <translation>Lesen und behalten</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>Select all lines</source>
   <translation>Alle Zeilen auswählen</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>Select nothing</source>
   <translation>Nichts auswählen</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>The picture</source>
   <translation>Das Bild</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>The source</source>
   <translation>Die Quelle</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>The window</source>
   <translation>Das Fenster</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>This list of keys</source>
   <translation>Diese Tastenliste</translation>
  </message>
  <message>
   <location filename="window.py" />
   <source>What is shown on the picture</source>
   <translation>Was im Bild gezeigt wird</translation>
  </message>
 </context>
</TS>
