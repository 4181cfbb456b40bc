# SPDX-License-Identifier: GPL-3.0-or-later
"""Secrets that can be told from everything else, a search for them in every form, and a destination,
a database and a stranger that say back what they heard."""
import base64
import json
import os
import re
import socketserver
import sqlite3
import threading
import urllib.parse
import zlib

# Every encoding of each differs from it, and none holds another.
SECRETS = {
    "token": 'canary-0tok"9c+1e/5b%d4\\80',
    "header": 'canary-1hdr\'7a/2f"+%\\66',
    "password": 'canary-2pass"w\u00f6rd/+%:\\91\U0001f600',
    "inUrl": 'canary-3url"\u00e4/&=+?#%\\17',
    "client": 'canary-4client"\u00e9&=/+%\\23',
    "refresh": 'canary-5refresh"/+%\\42',
    "rotated": 'canary-6rotated"/+%\\51',
    "access": 'canary-7access"/+%\\64',
    "database": 'canary-8db"\u00fc\' /+%\\78',
}


def inside_base64(secret, before):
    """Behind so many other bytes, without the characters that it shares with its neighbours."""
    whole = base64.b64encode(b"\0" * before + secret)
    return whole[-(-before * 8 // 6):(before + len(secret)) * 8 // 6]


def forms_of(secret):
    plain = secret.encode()
    in_json = [json.dumps(secret, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False)]
    in_json += [re.sub(r"\\u....", lambda found: "\\u" + found.group()[2:].upper(), in_json[0])]
    in_json += [text.replace("/", "\\/") for text in in_json]
    in_url = [urllib.parse.quote(secret, safe="").encode(), urllib.parse.quote_plus(secret).encode()]
    in_url += [re.sub(rb"%..", lambda found: found.group().lower(), text) for text in in_url]
    in_base64 = [inside_base64(plain, before) for before in range(3)]
    in_base64 += [text.replace(b"+", b"-").replace(b"/", b"_") for text in in_base64]
    in_hex = [plain.hex().encode(), plain.hex().upper().encode()]
    return {plain, *(text.encode() for text in in_json), *in_url, *in_base64, *in_hex}


NEEDLES = {form: name for name, secret in SECRETS.items() for form in forms_of(secret)}
ANY_OF_THEM = re.compile(b"|".join(re.escape(form) for form in sorted(NEEDLES, key=len)))


def found_in(content):
    """The names of the secrets in the bytes."""
    return {NEEDLES[form] for form in ANY_OF_THEM.findall(content)}


def ways_to_say(secret):
    plain = secret.encode()
    encoded = [base64.b64encode(before + plain) for before in (b"", b"u:", b"us:")]
    encoded += [base64.urlsafe_b64encode(plain), plain.hex().encode(), plain.hex().upper().encode()]
    return [secret, urllib.parse.quote(secret, safe=""), urllib.parse.quote_plus(secret),
            *(each.decode() for each in encoded)]


# What files hold in another form

def unpacked(value):
    """Long texts of the history lie compressed, behind their length."""
    if isinstance(value, str):
        return value.encode()
    if not isinstance(value, bytes):
        return b""
    try:
        return zlib.decompress(value[4:])
    except zlib.error:
        return value


def cells_of_database(path):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        database.text_factory = lambda text: text.decode("utf-8", "replace")
        for (table,) in database.execute("select name from sqlite_master where type = 'table'"):
            for row in database.execute(f'select * from "{table}"'):
                yield from map(unpacked, row)
    database.close()


def cells_of_archive(content):
    for line in content.splitlines():
        document = json.loads(line)
        for cell in [*document.get("r", []), document.get("bytes")]:
            if isinstance(cell, dict):
                yield unpacked(base64.b64decode(cell.get("b", cell.get("t", ""))))
            elif isinstance(cell, str):
                yield cell.encode()


def found_in_file(path, content):
    found = found_in(content)
    if content.startswith(b"SQLite format 3\0"):
        cells = cells_of_database(path)
    elif content.startswith(b'{"format":"headgate-state"'):
        cells = cells_of_archive(content)
    else:
        return found
    return found.union(*(found_in(cell) for cell in cells))


# Those who are told secrets, and a stranger who must not be

class Server:
    """Answers each request by `answer`, on a thread of its own."""

    def __init__(self):
        server = self
        self.heard = []

        class Handler(socketserver.StreamRequestHandler):
            def handle(self):
                server.talk(self.rfile, self.wfile)

        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.port = self.server.server_address[1]
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    def talk(self, reading, writing):
        request = self.read(reading)
        if request:
            self.heard.append(request)
            writing.write(self.answer(request))

    @staticmethod
    def read(reading):
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            line = reading.readline()
            if not line:
                return head
            head += line
        size = re.search(rb"(?i)content-length: *(\d+)", head)
        return head + reading.read(int(size.group(1)) if size else 0)

    def told(self):
        """The names of the secrets that have come, however they were written."""
        return set().union(*map(found_in, self.heard))

    def close(self):
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()


class Stranger(Server):
    def answer(self, _request):
        return b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


class Destination(Server):
    """Says every secret of a request back, in head and body, whatever it answers: it takes records
    but refuses those of Bob, unless `mood` is another one. Gives out tokens at /token."""

    def __init__(self, stranger):
        self.stranger = stranger
        self.mood = "usual"
        self.failures = 0  # so many of the next requests
        super().__init__()

    def answer(self, request):
        said = " ".join(way for name in sorted(found_in(request))
                        for way in ways_to_say(SECRETS[name]))
        if self.mood == "silent":
            return b""
        if self.mood == "redirecting":
            return self.message("307 Temporary Redirect", said, {}, "Location: "
                                f"http://localhost:{self.stranger.port}/?{urllib.parse.quote(said)}\r\n")
        told = {"code": "refused " + said.split(" ")[0], "message": f"No such key: {said}.", "seen": said}
        if b" /token" in request.splitlines()[0]:
            return self.message("200 OK", said, {**told, "access_token": SECRETS["access"],
                                                 "refresh_token": SECRETS["rotated"],
                                                 "expires_in": 3600})
        if self.failures > 0:
            self.failures -= 1
            return self.message("500 Internal Server Error", said, told)
        refused = b"Bob" in request
        return self.message("422 Unprocessable" if refused else "200 OK", said, told)

    @staticmethod
    def message(status, said, document, more=""):
        body = json.dumps(document, ensure_ascii=bool(more or "422" in status)).encode()
        body = body.replace(b"/", b"\\/")
        return (f"HTTP/1.1 {status}\r\nX-Seen: {said}\r\n{more}Content-Length: {len(body)}\r\n"
                "Retry-After: 0\r\nConnection: close\r\n\r\n").encode() + body


class Database(Server):
    """PostgreSQL, up to the password: it refuses that in its own words."""

    def talk(self, reading, writing):
        size = int.from_bytes(reading.read(4), "big")
        if size == 8:
            reading.read(4)
            writing.write(b"N")
            size = int.from_bytes(reading.read(4), "big")
        reading.read(size - 4)
        writing.write(b"R" + (8).to_bytes(4, "big") + (3).to_bytes(4, "big"))
        reading.read(1)
        password = reading.read(int.from_bytes(reading.read(4), "big") - 4).rstrip(b"\0")
        self.heard.append(password)
        said = " ".join(ways_to_say(password.decode())).encode()
        fields = b"SFATAL\0C28P01\0M" + said + b"\0D" + said + b"\0H" + said + b"\0\0"
        writing.write(b"E" + (len(fields) + 4).to_bytes(4, "big") + fields)


# A child that keeps its arguments, its variables and how it was called

RECORDING_SSH = """#!/bin/sh
{ env; echo "$@"; tr '\\0' '\\n' <"/proc/$PPID/cmdline"; } >>"%s"
exit 255
"""


def put_ssh_in(folder, records):
    os.mkdir(folder)
    path = os.path.join(folder, "ssh")
    with open(path, "w", encoding="utf-8") as file:
        file.write(RECORDING_SSH % records)
    os.chmod(path, 0o755)
