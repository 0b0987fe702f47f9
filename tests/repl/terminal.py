# SPDX-License-Identifier: Apache-2.0
"""A terminal for tests: a program on a pty, and the screen that it paints, read as xterm would.

Only what the prompt and libedit send is understood; anything else is an error, so that nothing is guessed.
No time decides: wait_for() waits for a text, with a limit that only a hanging program reaches.
"""
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
import unicodedata

LIMIT = 30.0  # seconds until a text must have come


def width_of(char):
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


class Screen:
    """Lines of cells; a cell is a character with its combining marks, "" behind a wide one."""

    def __init__(self, columns, rows):
        self.columns, self.rows = columns, rows
        self.cells = [self.blank() for _ in range(rows)]
        self.scrolled = []  # lines that left at the top
        self.x = self.y = 0
        self.wraps = False  # the last column was written: the next character goes to a new line
        self.visible = True
        self.rest = ""  # a sequence that is not complete
        self.looks = set()  # SGR codes seen

    def blank(self):
        return [" "] * self.columns

    def resize(self, columns, rows):
        self.cells = [(line + [" "] * columns)[:columns] for line in self.cells]
        while len(self.cells) > rows:
            if self.y < len(self.cells) - 1 and not "".join(self.cells[-1]).strip():
                self.cells.pop()
            else:
                self.scrolled.append(self.text_of(self.cells.pop(0)))
                self.y = max(0, self.y - 1)
        self.columns, self.rows = columns, rows
        while len(self.cells) < rows:
            self.cells.append(self.blank())
        self.x, self.y = min(self.x, columns - 1), min(self.y, rows - 1)
        self.wraps = False

    @staticmethod
    def text_of(cells):
        return "".join(cells).rstrip()

    def lines(self):
        """What is on the screen, without empty lines at its end."""
        lines = [self.text_of(cells) for cells in self.cells]
        while lines and not lines[-1]:
            lines.pop()
        return lines

    def everything(self):
        """What was scrolled away, and the screen."""
        return "\n".join(self.scrolled + self.lines())

    def feed(self, text):
        text = self.rest + text
        self.rest = ""
        at = 0
        while at < len(text):
            char = text[at]
            if char != "\033":
                self.put(char)
                at += 1
                continue
            match = re.compile(r"\033(\[[0-9;?>]*[@-~]|[()][0-9A-Z]|[=>78M])").match(text, at)
            if not match:
                if len(text) - at > 30:
                    raise ValueError(f"unknown sequence {text[at:at + 30]!r}")
                self.rest = text[at:]
                return
            self.control(match.group(1))
            at = match.end()

    def put(self, char):
        if char == "\r":
            self.x, self.wraps = 0, False
        elif char == "\n":
            self.wraps = False
            self.down()
        elif char == "\b":
            self.x, self.wraps = max(0, self.x - 1), False
        elif char == "\t":
            self.x = min(self.columns - 1, self.x // 8 * 8 + 8)
        elif char == "\a":
            pass
        elif char < " ":
            raise ValueError(f"control character {char!r}")
        else:
            self.character(char)

    def character(self, char):
        width = width_of(char)
        if width == 0:
            at = self.x if self.wraps else self.x - 1
            while at > 0 and self.cells[self.y][at] == "":
                at -= 1
            self.cells[self.y][max(0, at)] += char
            return
        if self.wraps or self.x + width > self.columns:
            self.x, self.wraps = 0, False
            self.down()
        self.cells[self.y][self.x] = char
        if width == 2:
            self.cells[self.y][self.x + 1] = ""
        self.x += width
        if self.x >= self.columns:
            self.x, self.wraps = self.columns - 1, True

    def down(self):
        if self.y + 1 < self.rows:
            self.y += 1
        else:
            self.scrolled.append(self.text_of(self.cells.pop(0)))
            self.cells.append(self.blank())

    def control(self, code):
        if code[0] != "[":
            if code == "M":
                self.y = max(0, self.y - 1)
            return
        kind, digits = code[-1], code[1:-1]
        if digits.startswith("?"):
            if digits == "?25":
                self.visible = kind == "h"
            return
        numbers = [int(n) if n else 0 for n in digits.split(";")] if digits else [0]
        n = max(1, numbers[0])
        line = self.cells[self.y]
        if kind != "m":
            self.wraps = False
        if kind == "m":
            self.looks.update(numbers)
        elif kind == "A":
            self.y = max(0, self.y - n)
        elif kind == "B":
            self.y = min(self.rows - 1, self.y + n)
        elif kind == "C":
            self.x = min(self.columns - 1, self.x + n)
        elif kind == "D":
            self.x = max(0, self.x - n)
        elif kind == "G":
            self.x = min(self.columns, n) - 1
        elif kind == "d":
            self.y = min(self.rows, n) - 1
        elif kind == "H":
            self.y = min(self.rows, n) - 1
            self.x = min(self.columns, max(1, numbers[1] if len(numbers) > 1 else 1)) - 1
        elif kind == "K":
            for i in range(self.columns):
                if numbers[0] == 2 or (numbers[0] == 0 and i >= self.x) or (numbers[0] == 1 and i <= self.x):
                    line[i] = " "
        elif kind == "J":
            if numbers[0] == 0:
                line[self.x:] = [" "] * (self.columns - self.x)
            for y in range(self.rows):
                if numbers[0] >= 2 or (numbers[0] == 0 and y > self.y):
                    self.cells[y] = self.blank()
        elif kind == "P":
            self.cells[self.y] = (line[:self.x] + line[self.x + n:] + [" "] * n)[:self.columns]
        elif kind == "@":
            self.cells[self.y] = (line[:self.x] + [" "] * n + line[self.x:])[:self.columns]
        elif kind == "X":
            line[self.x:self.x + n] = [" "] * min(n, self.columns - self.x)
        else:
            raise ValueError(f"unknown sequence {code!r}")


class Terminal:
    """A program on a pty."""

    def __init__(self, command, env, folder, columns=80, rows=24, encoding="utf-8"):
        self.screen = Screen(columns, rows)
        self.mark = 0  # wait_for() looks at what came behind it
        self.status = None
        self.encoding = encoding
        self.raw = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            try:
                self.set_size(0, columns, rows)
                os.chdir(folder)
                os.execve(command[0], command, env)
            finally:
                os._exit(127)

    @staticmethod
    def set_size(fd, columns, rows):
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def resize(self, columns, rows):
        self.screen.resize(columns, rows)
        self.set_size(self.fd, columns, rows)

    def send(self, text):
        data = text.encode(self.encoding)
        while data:
            self.read(0.0)
            data = data[os.write(self.fd, data[:512]):]

    def line(self, text):
        """Types a line; what wait_for() then finds came after it."""
        self.mark = len(self.screen.everything())
        self.send(text + "\r")

    def read(self, seconds):
        """Takes what there is; False at the end."""
        if self.status is not None:
            return False
        if not select.select([self.fd], [], [], seconds)[0]:
            return True
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
            return False
        self.raw += data
        text = self.raw.decode("utf-8", errors="ignore" if self.incomplete() else "replace")
        if self.incomplete():
            keep = self.incomplete()
            text, self.raw = self.raw[:-keep].decode("utf-8", errors="replace"), self.raw[-keep:]
        else:
            self.raw = b""
        self.screen.feed(text)
        return True

    def incomplete(self):
        """Bytes of a character that has not come whole."""
        for n in range(1, min(4, len(self.raw)) + 1):
            byte = self.raw[-n]
            if byte & 0xc0 == 0xc0:
                need = 2 if byte < 0xe0 else 3 if byte < 0xf0 else 4
                return n if n < need else 0
            if byte < 0x80:
                return 0
        return 0

    def wait_until(self, test, what):
        until = time.monotonic() + LIMIT
        while not test():
            if not self.read(0.5) and not test():
                raise AssertionError(f"the program has ended (status {self.status}) before {what}; the screen:\n"
                                     + self.screen.everything())
            if time.monotonic() > until:
                raise AssertionError(f"no {what}; the screen:\n" + "\n".join(self.screen.lines()))

    def wait_for(self, pattern):
        """Waits for a regular expression in what came since the last line(); the text that matched."""
        found = []

        def test():
            match = re.search(pattern, self.since(), re.M)
            found[:] = [match] if match else []
            return bool(match)

        self.wait_until(test, repr(pattern))
        return found[0].group(0)

    def since(self):
        return self.screen.everything()[max(0, self.mark - 1):]

    def prompt(self, text="weir> "):
        """Waits until it asks for input: the cursor behind the prompt, on an empty line."""
        self.wait_until(lambda: self.at_prompt(text), f"prompt {text!r}")

    def at_prompt(self, text="weir> "):
        cells = self.screen.cells[self.screen.y]
        return self.screen.x == len(text) and Screen.text_of(cells) == text.rstrip() and bool(self.since().strip())

    def run(self, text, prompt="weir> "):
        """Types a line and waits for the next prompt; what was printed in between."""
        self.line(text)
        self.wait_until(lambda: self.printed() is not None and self.at_prompt(prompt), f"prompt after {text!r}")
        return self.printed()

    def printed(self):
        """Lines after the line that was typed, without the prompt; None while it is not there."""
        lines = self.since().split("\n")
        if self.since().startswith("\n"):
            lines = lines[1:]
        return "\n".join(lines[1:-1]) if len(lines) > 1 else None

    def end(self):
        """Waits until the program ends; its exit status."""
        self.wait_until(lambda: not self.read(0.5), "end")
        return self.status

    def close(self):
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            self.status = -9
        os.close(self.fd)
