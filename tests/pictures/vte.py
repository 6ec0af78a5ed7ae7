#!/usr/bin/env python3
"""The smallest VTE terminal: vte.py COLUMNS ROWS FONT COMMAND [ARG...]"""
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("Vte", "2.91")
from gi.repository import GLib, Gtk, Pango, Vte

columns, rows, font, command = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4:]
window, terminal = Gtk.Window(title="vte"), Vte.Terminal()
terminal.set_font(Pango.FontDescription.from_string(font))
terminal.set_size(columns, rows)
window.add(terminal)
window.connect("destroy", Gtk.main_quit)
terminal.connect("child-exited", lambda *_: Gtk.main_quit())
terminal.spawn_async(Vte.PtyFlags.DEFAULT, None, command, None, GLib.SpawnFlags.DEFAULT, None, None, -1, None, None)
window.show_all()
Gtk.main()
