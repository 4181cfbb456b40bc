#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each check passes a good tree and finds the fault in each tree that breaks its rule."""
import os
import re
import tempfile
import unittest

import checks

SPDX = "// SPDX-License-Identifier: GPL-3.0-or-later\n"
GOOD = {
    "CMakePresets.json": '{"version": 6}\n',
    "core/base/CMakeLists.txt": "target_sources(core PRIVATE a.cpp a_posix.cpp)\n",
    "core/base/a.h": SPDX + "#pragma once\n",
    "core/base/a.cpp": SPDX + '#include "base/a.h"\n\n#include <string>\n// not std::format\n',
    "core/base/a_posix.cpp": SPDX + "#include <unistd.h>\n",
    "core/http/CMakeLists.txt": "",
    "core/base/c.h": SPDX + '#pragma once\n\nQ_DECLARE_TR_FUNCTIONS(C)\nconst auto s = tr("%1 rows", nullptr, 2);\n',
    "resources/translations/headgate_en.ts":
        "<TS><context><name>C</name><message><source>%1 rows</source><translation>"
        "<numerusform>%1 row</numerusform><numerusform>%1 rows</numerusform>"
        "</translation></message></context></TS>\n",
    "core/http/b.h": SPDX + '#pragma once\n\n#include "base/a.h"\n',
    "core/shape/c.h": SPDX + "#pragma once\n",
    "app/cli/CMakeLists.txt": "add_executable(headgate main.cpp)\n",
    "app/cli/main.cpp": SPDX + '#include "base/a.h"\n#include "shape/c.h"\n',
    "ui/CMakeLists.txt": "",
    "ui/theme/t.h": SPDX + "#pragma once\n",
    "ui/shape/s.h": SPDX + '#pragma once\n\n#include "shape/c.h"\n#include "theme/t.h"\n',
    "ui/frame/f.h": SPDX + '#pragma once\n\n#include "shape/s.h"\n',
    "packaging/cmake/dependencies.cmake":
        "find_package(Qt6 6.4 REQUIRED COMPONENTS Core Network)\nfind_package(Threads REQUIRED)\n"
        "find_package(CURL 7.88 REQUIRED)\npkg_check_modules(YAML REQUIRED IMPORTED_TARGET yaml-0.1)\n",
    "packaging/NOTICES.md": "| Qt | `Qt6 Core`, `Qt6 Network` |\n| curl | `CURL` |\n| yaml | `yaml-0.1` |\n",
    "packaging/run.sh": "#!/bin/sh\n# " + SPDX[3:] + "echo \"$1\"\n",
    "resources/connectors/x/spec.json": '{"id": "x"}\n',
    "tests/checks/value_headers.txt": "# values\nshape/c.h\n",
    "build/core/base/generated.cpp": "T" + "ODO",
}
# (check, file, its text, part of the finding)
BAD = [
    ("layers", "core/base/a.h", SPDX + '#pragma once\n#include "http/b.h"\n', "base must not"),
    ("layers", "core/shape/c.h", SPDX + '#pragma once\n#include "http/b.h"\n', "shape must not"),
    ("layers", "core/novel/d.h", SPDX + "#pragma once\n", "has no level"),
    ("layers", "core/base/a.h", SPDX + '#include "ui/theme/theme.h"\n', "core must not"),
    ("layers", "app/cli/main.cpp", SPDX + '#include "http/b.h"\n', "not a value header"),
    ("layers", "ui/frame/e.h", SPDX + "#include <http/b.h>\n", "not a value header"),
    ("layers", "ui/frame/e.h", SPDX + '#include "app/desktop/e.h"\n', "ui must not"),
    ("layers", "ui/shape/c.h", SPDX + '#pragma once\n#include "shape/c.h"\n', "both have"),
    ("layers", "tests/checks/value_headers.txt", "shape/gone.h\n", "there is no core/shape/gone.h"),
    ("ui_layers", "ui/theme/t.h", SPDX + '#include "frame/f.h"\n', "ui/theme must not"),
    ("ui_layers", "ui/runs/r.h", SPDX + '#include "shape/s.h"\n', "ui/runs must not"),
    ("ui_layers", "ui/novel/n.h", SPDX, "has no level"),
    ("charts", "ui/runs/r.cpp", SPDX + "#include <QChartView>\n", "only ui/charts"),
    ("no_gui", "core/base/a.h", SPDX + "#include <QtGui/QColor>\n", "QtGui/QColor"),
    ("no_gui", "core/base/a.h", SPDX + "#include <QTreeWidget>\n", "QTreeWidget"),
    ("no_gui", "core/base/CMakeLists.txt", "target_link_libraries(core Qt6::Widgets)", "Widgets"),
    ("portable", "core/base/a.cpp", SPDX + 'auto s = std::format("{}", 1);\n', "std::format"),
    ("portable", "core/base/a.cpp", SPDX + "#include <sys/stat.h>\n", "sys/stat.h"),
    ("portable", "core/base/a.cpp", SPDX + "#include <windows.h>\n", "windows.h"),
    ("portable", "core/base/a.cpp", SPDX + "#include <QSqlQuery>\n", "QSqlQuery"),
    ("portable", "core/base/a.cpp", SPDX + "#include <QJsonDocument>\n", "QJsonDocument"),
    ("size", "core/base/a.cpp", SPDX + "\n" * checks.MOST_LINES, "701 lines"),
    ("tests_can_fail", "tests/core/a_test.cpp", SPDX + "TEST(A, b) { QVERIFY(false); }", "QVERIFY"),
    ("tests_can_fail", "tests/core/a_test.cpp", SPDX + "QTRY_COMPARE(a, b);", "QTRY_COMPARE"),
    ("tests_can_fail", "tests/core/a_test.cpp", SPDX + "TEST(A, DISABLED_b) {}", "DISABLED_b"),
    ("tests_can_fail", "tests/core/a_test.cpp", SPDX + "GTEST_SKIP();", "GTEST_SKIP"),
    ("tests_can_fail", "tests/core/a_test.cpp", SPDX + "    rc::check(\"x\", [] {});", "thrown away"),
    ("notices", "packaging/NOTICES.md", "| Qt | `Qt6 Core`, `Qt6 Network` |\n| curl | `CURL` |\n", "`yaml-0.1`"),
    ("notices", "packaging/cmake/dependencies.cmake", "find_package(Qt6 QUIET COMPONENTS Core Svg)\n",
     "`Qt6 Svg`"),
    ("licence", "core/base/a.cpp", "#include <string>\n", "first line"),
    ("licence", "core/base/a.h", SPDX, "#pragma once"),
    ("licence", "packaging/run.sh", "#!/bin/sh\n", "first three lines"),
    ("formatted", "core/base/a.cpp", SPDX + "int  f( );\n", "clang-format"),
    ("scripts", "packaging/run.sh", "#!/bin/sh\necho $1\n", "SC2086"),
    ("json_parses", "resources/connectors/x/spec.json", '{"id": "x",}', "spec.json"),
    ("json_parses", "resources/connectors/x/spec.json", '{"a": 1, "a": 2}', "twice"),
    ("json_parses", "resources/connectors/x/spec.json", '{"a": NaN}', "NaN"),
    ("json_parses", "CMakePresets.json", "{", "CMakePresets.json"),
    ("machine_paths", "docs/a.md", "see /" + "work/main", "one machine"),
    ("machine_paths", "core/base/a.cpp", SPDX + "// /" + "home/ann/x\n", "one machine"),
    ("open_ends", "core/base/a.cpp", SPDX + "// T" + "ODO: more\n", "left open"),
    ("open_ends", "packaging/run.sh", "# not i" + "mplemented\n", "left open"),
    ("plurals", "core/base/d.h", SPDX + '#pragma once\ntr("%n keys", nullptr, 3);\n', "no singular"),
    ("plurals", "core/base/c.h", SPDX + "#pragma once\nQ_DECLARE_TR_FUNCTIONS(C)\n", "any more"),
    ("plurals", "core/base/c.h", SPDX + '#pragma once\ntr("%1 rows", nullptr, 2);\n', "context is C"),
    ("plurals", "resources/translations/headgate_en.ts",
     "<TS><context><name>C</name><message><source>%1 rows</source><translation>"
     "<numerusform>a row</numerusform></translation></message></context></TS>\n", "places"),
    ("listed", "core/base/forgotten.cpp", SPDX, "does not name it"),
    ("listed", "core/base/deeper/forgotten.cpp", SPDX, "does not name it"),
]


class ChecksSelfTest(unittest.TestCase):
    def findings(self, check, changes):
        with tempfile.TemporaryDirectory() as root:
            for path, content in {**GOOD, **changes}.items():
                full = os.path.join(root, path)
                os.makedirs(os.path.dirname(full), exist_ok=True)
                with open(full, "w", encoding="utf-8") as file:
                    file.write(content)
            return list(getattr(checks, check)(root))

    def test_good_tree_passes(self):
        for check in checks.CHECKS:
            if check is not checks.linked:
                self.assertEqual(self.findings(check.__name__, {}), [], check.__name__)

    def test_each_fault_is_found(self):
        for check, path, content, expected in BAD:
            with self.subTest(check=check, path=path, expected=expected):
                found = self.findings(check, {path: content})
                self.assertTrue(found, "nothing was found")
                self.assertIn(expected, "\n".join(found))

    def test_every_check_has_a_fault(self):
        proven = {check for check, *_ in BAD} | {"linked"}
        self.assertEqual({check.__name__ for check in checks.CHECKS}, proven)

    def test_every_check_is_run(self):
        here = os.path.dirname(os.path.abspath(__file__))
        words = set(re.split(r"[\s()]+", checks.text(here, "CMakeLists.txt")))
        self.assertEqual({check.__name__ for check in checks.CHECKS} - words, set())

    def test_desktop_libraries_are_found(self):
        ldd = "\tlibQt6Core.so.6 => /x (0x1)\n\tlibQt6Gui.so.6 => /y (0x2)\n"
        self.assertEqual(checks.linked_to_gui(ldd), ["libQt6Gui.so.6 => /y (0x2)"])
        self.assertEqual(checks.linked_to_gui("\tlibQt6Core.so.6 => /x (0x1)\n"), [])

    def test_a_program_without_qt_is_found(self):
        self.assertTrue(list(checks.linked("/bin/sh")))
        self.assertTrue(list(checks.linked("/nonexistent")))


if __name__ == "__main__":
    unittest.main()
