#!/usr/bin/env python3
"""Types into a program in a terminal: typist.py "KEYS" COMMAND [ARG...]

KEYS are words: text that is typed letter by letter, or wait:SECONDS, key:enter, key:esc, key:tab, key:space. Everything else passes both
ways untouched, so that the program and the terminal hear each other as if nobody sat in between.
"""
import fcntl, os, pty, select, signal, sys, termios, time, tty

NAMED = {"enter": "\r", "esc": "\x1b", "tab": "\t", "space": " "}


def steps(keys):
    for word in keys.split():
        kind, _, rest = word.partition(":")
        if kind == "wait" and rest:
            yield float(rest), b""
        elif kind == "key" and rest in NAMED:
            yield 0.3, NAMED[rest].encode()
        else:
            for letter in word:
                yield 0.15, letter.encode()


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
    due = time.monotonic() + (todo[0][0] if todo else 0)
    while True:
        wait = max(0, due - time.monotonic()) if todo else None
        ready, _, _ = select.select([0, master], [], [], wait)
        if not ready and todo:
            os.write(master, todo.pop(0)[1])
            due = time.monotonic() + (todo[0][0] if todo else 0)
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


main()
