#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rules of the tree that no compiler checks.

checks.py NAME ROOT       one finding a line on stdout; exit 1 if there is any
checks.py linked PROGRAM  the same for a linked program
checks_self_test.py feeds every check a tree that breaks its rule.
"""
import json
import os
import re
import subprocess
import sys
from xml.etree import ElementTree

LEVELS = {
    "base": 0,
    "data": 1, "secrets": 1,
    "http": 2, "warehouse": 2, "shape": 2, "template": 2,
    "connector": 3, "contract": 3, "state": 3,
    "project": 4, "inbox": 4, "dbt": 4,
    "plan": 5,
    "run": 6,
    "schedule": 7, "sla": 7, "drift": 7, "agreement": 7,
    "alert": 8, "osschedule": 8,
    "service": 9,
}
# Folders of ui: the pages do not know each other, but the frame knows them all.
UI_LEVELS = {
    "theme": 0,
    "widgets": 1, "charts": 1, "session": 2,
    "sql": 2, "plan": 2,
    "overview": 3, "source": 3, "model": 3, "destination": 3, "sync": 3, "shape": 3,
    "runs": 3, "inbox": 3, "agree": 3, "schedule": 3, "settings": 3,
    "frame": 4,
}
SEEN_BY_ALL = {"base", "data", "service"}
MOST_LINES = 700
LICENCE = "SPDX-License-Identifier: GPL-3.0-or-later"
NOTICES = "packaging/NOTICES.md"
CODE = (".h", ".cpp")
SCRIPTS = (".sh", ".py")
TEXTS = CODE + SCRIPTS + (".md", ".txt", ".cmake", ".json", ".sql", ".hbs", ".liquid", ".html",
                          ".yml", ".desktop", ".service", ".timer")
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]', re.M)
# Whole modules, and the classes of theirs that are met most.
GUI_HEADER = re.compile(
    r"^(Qt(Gui|Widgets|Svg|SvgWidgets|PrintSupport|OpenGL|Quick|Test)(/|$)"
    r"|Q(\w*Widget|GuiApplication|Application|Window|MainWindow|Dialog|Pixmap|Image|Icon|Color|Font"
    r"|FontMetrics|Painter|Palette|Pen|Brush|Clipboard|DesktopServices|KeyEvent|MouseEvent"
    r"|StandardItemModel|TextDocument|Action|Shortcut|Screen|Style)$)")
GUI_LIBRARY = re.compile(r"Qt6?::?(Gui|Widgets|Svg|SvgWidgets|PrintSupport|OpenGL|Quick)\b")
CHART_HEADER = re.compile(r"^(QtCharts(/|$)|Q(Chart|Legend|PieSlice|\w+(Series|Axis)|BarSet)\w*$)")
POSIX_HEADER = re.compile(
    r"^(unistd|fcntl|termios|pwd|grp|poll|dlfcn|netdb|pthread|signal|syslog|fnmatch|glob)\.h$"
    r"|^(sys|netinet|arpa|net|linux)/\w+\.h$")
WINDOWS_HEADER = re.compile(r"^(windows|winsock2|ws2tcpip|shlobj|wincred|io)\.h$", re.I)


def files(root, suffixes, *folders):
    """Paths below root, with '/'; everything but build folders and hidden ones."""
    found = []
    for start in folders or (".",):
        for where, inner, names in os.walk(os.path.join(root, start)):
            inner[:] = sorted(d for d in inner if d == ".ci" or not (
                d.startswith((".", "build")) or d == "__pycache__"))
            for name in sorted(names):
                if name.endswith(suffixes):
                    path = os.path.relpath(os.path.join(where, name), root)
                    found.append(path.replace(os.sep, "/"))
    return found


def text(root, path):
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


def without_comments(source):
    return re.sub(r"//[^\n]*|/\*.*?\*/", "", source, flags=re.S)


def includes(root, path):
    source = text(root, path)
    for match in INCLUDE.finditer(source):
        yield source.count("\n", 0, match.start()) + 1, match.group(1)


def matches(root, paths, pattern, message, clean=lambda source: source):
    for path in paths:
        for number, line in enumerate(clean(text(root, path)).split("\n"), 1):
            match = pattern.search(line)
            if match:
                yield f"{path}:{number}: {message}: {match.group(0).strip()}"


def value_headers(root):
    path = "tests/checks/value_headers.txt"
    lines = text(root, path).split("\n") if os.path.exists(os.path.join(root, path)) else []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def core_folder(root, header):
    folder = header.split("/")[0]
    return folder if "/" in header and os.path.isdir(os.path.join(root, "core", folder)) else None


def layers(root):
    """A file of core includes its own folder and lower levels; ui and app see values and service."""
    for path in files(root, CODE, "core"):
        own = path.split("/")[1]
        if own not in LEVELS:
            yield f"{path}: the folder core/{own} has no level"
            continue
        for line, header in includes(root, path):
            folder = core_folder(root, header)
            if folder and folder != own and LEVELS.get(folder, 99) >= LEVELS[own]:
                yield f"{path}:{line}: {own} must not include {folder}: {header}"
            if header.startswith(("ui/", "app/", "../")):
                yield f"{path}:{line}: core must not include {header}"
    allowed = value_headers(root)
    for header in allowed:
        if not os.path.exists(os.path.join(root, "core", header)):
            yield f"tests/checks/value_headers.txt: there is no core/{header}"
    for path in files(root, CODE, "ui", "app"):
        for line, header in includes(root, path):
            folder = core_folder(root, header)
            of_ui = os.path.exists(os.path.join(root, "ui", header))
            if of_ui and os.path.exists(os.path.join(root, "core", header)):
                yield f"{path}:{line}: core and ui both have {header}"
            elif folder and not of_ui and folder not in SEEN_BY_ALL and header not in allowed:
                yield f"{path}:{line}: not a value header: {header}"
            if path.startswith("ui/") and header.startswith("app/"):
                yield f"{path}:{line}: ui must not include {header}"


def ui_layers(root):
    """A file of ui includes its own folder of ui and lower ones."""
    for path in files(root, CODE, "ui"):
        own = path.split("/")[1]
        if own not in UI_LEVELS:
            yield f"{path}: the folder ui/{own} has no level"
            continue
        for line, header in includes(root, path):
            folder = header.split("/")[0]
            of_ui = os.path.exists(os.path.join(root, "ui", header))
            if of_ui and folder != own and UI_LEVELS.get(folder, 99) >= UI_LEVELS[own]:
                yield f"{path}:{line}: ui/{own} must not include ui/{folder}: {header}"


def charts(root):
    """Qt Charts is behind ui/charts."""
    for path in files(root, CODE, "ui", "app"):
        for line, header in includes(root, path):
            if not path.startswith("ui/charts/") and CHART_HEADER.match(header):
                yield f"{path}:{line}: only ui/charts includes {header}"


def no_gui(root):
    """core neither includes nor links anything of Qt Gui and above."""
    for path in files(root, CODE, "core"):
        for line, header in includes(root, path):
            if GUI_HEADER.match(header):
                yield f"{path}:{line}: core must not include {header}"
    lists = files(root, ("CMakeLists.txt",), "core", "app/cli")
    yield from matches(root, lists, GUI_LIBRARY, "must not link")


def portable(root):
    """What a supported compiler or system lacks, and libraries that would harm values."""
    banned = re.compile(r"\bstd::(format|jthread|stop_token|stop_source|views|ranges::views"
                        r"|chrono::(zoned_time|current_zone|locate_zone))\b")
    code = files(root, CODE, "core", "ui", "app")
    yield from matches(root, code, banned, "not on every supported compiler", without_comments)
    for path in code:
        stem = path.rsplit(".", 1)[0]
        for line, header in includes(root, path):
            if POSIX_HEADER.match(header) and not stem.endswith("_posix"):
                yield f"{path}:{line}: only a file named *_posix includes {header}"
            if WINDOWS_HEADER.match(header) and not stem.endswith("_windows"):
                yield f"{path}:{line}: only a file named *_windows includes {header}"
            if re.match(r"(Qt)?(QSql|Sql/|QJson)|QtSql|QtCore/QJson", header):
                yield f"{path}:{line}: values do not survive {header}"


def size(root):
    """No source is over the budget."""
    for path in files(root, CODE + SCRIPTS):
        lines = text(root, path).count("\n")
        if lines > MOST_LINES:
            yield f"{path}: {lines} lines, {MOST_LINES} are the most"


# They need files that may not be passed on, and say aloud that they are skipped without.
MAY_SKIP = {"tests/core/connector/vendor_schema_test.cpp"}


def tests_can_fail(root):
    """QtTest's macros do not fail a GoogleTest, and a skipped test proves nothing."""
    paths = files(root, CODE, "tests")
    yield from matches(root, paths, re.compile(r"\bQ(VERIFY2?|COMPARE\w*|TRY_\w+)\s*\("),
                       "does not fail a GoogleTest", without_comments)
    yield from matches(root, paths, re.compile(r"^\s*rc::check\s*\(", re.M),
                       "its result is thrown away", without_comments)
    paths = [path for path in paths if path not in MAY_SKIP]
    yield from matches(root, paths, re.compile(r"\bGTEST_SKIP\b|\bDISABLED_\w+"),
                       "a test that does not run", without_comments)


def licence(root):
    """Every source says its licence first, and headers are guarded."""
    for path in files(root, CODE):
        lines = text(root, path).split("\n")
        if lines[0] != f"// {LICENCE}":
            yield f"{path}:1: first line is not '// {LICENCE}'"
        if path.endswith(".h") and "#pragma once" not in lines:
            yield f"{path}: no #pragma once"
    for path in files(root, SCRIPTS):
        if LICENCE not in "\n".join(text(root, path).split("\n")[:3]):
            yield f"{path}: none of its first three lines says '{LICENCE}'"


def wanted_packages(cmake):
    """What CMake looks for, as the notices name it. PkgConfig and Threads are no library of others."""
    names = []
    for call, words in re.findall(r"(find_package|pkg_check_modules)\(([^)]*)\)", cmake):
        words = words.split()
        if call == "pkg_check_modules":
            names.append(words[-1])
        elif "COMPONENTS" in words or "OPTIONAL_COMPONENTS" in words:
            at = max(i for i, word in enumerate(words) if word.endswith("COMPONENTS"))
            names += [f"{words[0]} {component}" for component in words[at + 1:]]
        else:
            names.append(words[0])
    return [name for name in names if name not in ("PkgConfig", "Threads")]


def notices(root):
    """The licence of everything that is linked is named."""
    cmake = text(root, "packaging/cmake/dependencies.cmake")
    named = text(root, NOTICES)
    for name in wanted_packages(cmake):
        if f"`{name}`" not in named:
            yield f"{NOTICES}: does not name `{name}`, which dependencies.cmake looks for"


def formatted(root):
    """clang-format 14 would change nothing."""
    paths = files(root, CODE)
    for at in range(0, len(paths), 200):
        run = subprocess.run(["clang-format-14", "--dry-run", "-Werror", *paths[at:at + 200]],
                             cwd=root, capture_output=True, text=True, check=False)
        if run.returncode != 0:
            yield from (line for line in run.stderr.split("\n") if ": error:" in line)


def scripts(root):
    """shellcheck finds nothing."""
    paths = files(root, (".sh",)) + [p for p in (".ci/run",) if os.path.exists(f"{root}/{p}")]
    if paths:
        run = subprocess.run(["shellcheck", "-f", "gcc", *paths], cwd=root, capture_output=True,
                             text=True, check=False)
        if run.returncode != 0:
            yield run.stdout.strip() or run.stderr.strip()


def refuse_repeats(pairs):
    keys = [key for key, _ in pairs]
    for key in keys:
        if keys.count(key) > 1:
            raise ValueError(f"'{key}' is there twice")
    return dict(pairs)


def refuse_constant(name):
    raise ValueError(f"{name} is not JSON")


def json_parses(root):
    """Every JSON file that is shipped is strict JSON."""
    for path in files(root, (".json",), "resources") + ["CMakePresets.json"]:
        full = os.path.join(root, path)
        if not os.path.exists(full):
            continue
        try:
            with open(full, encoding="utf-8") as file:
                json.load(file, object_pairs_hook=refuse_repeats, parse_constant=refuse_constant)
        except ValueError as error:
            yield f"{path}: {error}"


def machine_paths(root):
    """No path of the machine that it was written on."""
    yield from matches(root, files(root, TEXTS),
                       re.compile(r"/[w]ork/|/[f]arm/|/[t]mp/(hg|research|spike)\b|/[h]ome/\w+/"),
                       "a path of one machine")


def open_ends(root):
    """Nothing is left for later."""
    words = r"\b(T[O]DO|F[I]XME|X[X]X|H[A]CK|not [i]mplemented|place[h]older)\b"
    yield from matches(root, files(root, CODE + SCRIPTS + (".md", ".cmake")), re.compile(words),
                       "left open")


def listed(root):
    """Every source is compiled: the nearest CMakeLists.txt above it names it."""
    for path in files(root, (".cpp",), "core", "ui", "app", "tests"):
        name = os.path.basename(path)
        folder = os.path.dirname(path)
        while folder and not os.path.exists(os.path.join(root, folder, "CMakeLists.txt")):
            folder = os.path.dirname(folder)
        words = re.split(r"[\s()/\"]+", text(root, os.path.join(folder, "CMakeLists.txt")))
        if name not in words:
            yield f"{path}: {folder or '.'}/CMakeLists.txt does not name it"


TRANSLATIONS = "resources/translations/headgate_en.ts"


def plural_strings(root):
    """(file, text) of every tr() that is given a number to choose a form by."""
    literal = r'"(?:[^"\\]|\\.)*"'
    call = re.compile(rf"\btr\(((?:\s*{literal})+)\s*,\s*nullptr,")
    for path in files(root, (".cpp", ".h"), "core", "ui", "app"):
        for found in call.finditer(text(root, path)):
            parts = re.findall(literal, found.group(1))
            yield path, "".join(json.loads(part) for part in parts)


def plurals(root):
    """One of a kind is said as such: what counts things has a singular in the English translation."""
    wanted = list(plural_strings(root))
    tree = ElementTree.parse(os.path.join(root, TRANSLATIONS)).getroot()
    sources = "".join(text(root, path) for path in files(root, (".cpp", ".h"), "core", "ui", "app"))
    classes = set(re.findall(r"Q_DECLARE_TR_FUNCTIONS\((\w+)\)", sources))
    known = set()
    for context in tree.iter("context"):
        name = context.findtext("name")
        if not name.startswith("headgate::") and name not in classes:
            yield f"{TRANSLATIONS}: no class says its context is {name}"
        for message in context.iter("message"):
            source = message.findtext("source")
            known.add(source)
            if source not in (string for _, string in wanted):
                yield f"{TRANSLATIONS}: nothing says {source!r} any more"
            places = sorted(re.findall(r"%\d", source))
            for form in message.iter("numerusform"):
                if not form.text or sorted(re.findall(r"%\d", form.text)) != places:
                    yield f"{TRANSLATIONS}: {form.text!r} has not the places of {source!r}"
    for path, string in wanted:
        if string not in known:
            yield f"{path}: {string!r} has no singular in {TRANSLATIONS}"


def linked_to_gui(libraries):
    """Of ldd's lines, those of Qt Gui and above."""
    return [line.strip() for line in libraries.split("\n")
            if re.search(r"libQt6(Gui|Widgets|Svg|PrintSupport|OpenGL|Quick|Sql)\b", line)]


def linked(program):
    """The command line starts on a server without any library of the desktop."""
    run = subprocess.run(["ldd", program], capture_output=True, text=True, check=False)
    if run.returncode != 0:
        yield f"ldd {program}: {run.stderr.strip()}"
    elif "libQt6Core" not in run.stdout:
        yield f"ldd {program}: does not even name Qt Core"
    yield from linked_to_gui(run.stdout)


CHECKS = (layers, ui_layers, charts, no_gui, portable, size, tests_can_fail, licence, notices, formatted, scripts, json_parses,
          machine_paths, open_ends, listed, plurals, linked)


def main(arguments):
    checks = {check.__name__: check for check in CHECKS}
    if len(arguments) != 2 or arguments[0] not in checks:
        print(__doc__, "Names:", " ".join(checks), file=sys.stderr)
        return 2
    findings = list(checks[arguments[0]](arguments[1]))
    for finding in findings:
        print(finding)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
