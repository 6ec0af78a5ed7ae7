#!/usr/bin/env python3
"""Types into a program in a terminal: typist.py "KEYS" COMMAND [ARG...]

KEYS are words: text that is typed letter by letter, wait:SECONDS for so long a silence of the program, key:enter, key:esc, key:tab, key:space, key:C-x; and requests to whoever takes
the pictures, picture:NAME, window:SIZE and end:, which are written to the file that TYPIST_ASKS names; typing goes on when that file is gone.
Everything else passes both ways untouched, so that the program and the terminal hear each other as if nobody sat in between.
"""
import fcntl, os, pty, select, signal, sys, termios, time, tty

NAMED = {"enter": "\r", "esc": "\x1b", "tab": "\t", "space": " "}
ASKS = os.environ.get("TYPIST_ASKS")
# A program that was silent for so long has drawn all that it will.
SILENCE = 0.5


def named(name):
    return chr(ord(name[2].upper()) - 64) if name.startswith("C-") else NAMED[name]


def steps(keys):
    """Seconds to wait, whether in silence, bytes to type, a request to make."""
    for word in keys.split():
        kind, _, rest = word.partition(":")
        if kind == "wait" and rest:
            yield float(rest), True, b"", None
        elif (kind in ("picture", "window") and rest) or word == "end:":
            yield SILENCE, True, b"", word.replace(":", " ").strip()
        elif kind == "key" and rest:
            yield 0.3, False, named(rest).encode(), None
        else:
            for letter in word:
                yield 0.15, False, letter.encode(), None


def ask(request):
    if ASKS:
        with open(ASKS + ".new", "w") as file:
            print(request, file=file)
        os.rename(ASKS + ".new", ASKS)


def main():
    keys, command = sys.argv[1], sys.argv[2:]
    child, master = pty.fork()
    if child == 0:
        os.execvp(command[0], command)

    def resize(*_):
        fcntl.ioctl(master, termios.TIOCSWINSZ, fcntl.ioctl(0, termios.TIOCGWINSZ, b"\0" * 8))
        os.kill(child, signal.SIGWINCH)

    resize()
    signal.signal(signal.SIGWINCH, resize)
    tty.setraw(0)
    todo = list(steps(keys))
    wake = lambda: time.monotonic() + (todo[0][0] if todo else 0)
    due = wake()
    while True:
        pause = max(0, due - time.monotonic()) if todo else None
        ready, _, _ = select.select([0, master], [], [], pause)
        if not ready and todo:
            if ASKS and os.path.exists(ASKS):
                due = time.monotonic() + 0.05
                continue
            _, _, data, request = todo.pop(0)
            os.write(master, data)
            if request:
                ask(request)
            due = wake()
        for source, sink in ((0, master), (master, 1)):
            if source in ready:
                try:
                    data = os.read(source, 65536)
                except OSError:
                    data = b""
                if not data:
                    return
                while data:
                    data = data[os.write(sink, data):]
                if source == master and todo and todo[0][1]:
                    due = wake()


main()
