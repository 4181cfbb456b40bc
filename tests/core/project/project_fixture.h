// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/issue.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

namespace headgate::project::test {

using Files = std::map<std::string, std::string>;

inline Files readFolder(const std::filesystem::path& root)
{
    Files files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
        if (!entry.is_regular_file())
            continue;
        std::ifstream in(entry.path(), std::ios::binary);
        files[entry.path().lexically_relative(root).generic_string()] =
            std::string(std::istreambuf_iterator<char>(in), {});
    }
    return files;
}

inline Files goldenFiles()
{
    return readFolder(std::filesystem::path(HEADGATE_SOURCE_DIR) / "tests/golden/project/format-1");
}

inline void writeText(const std::filesystem::path& path, const std::string& text)
{
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
}

inline void writeFolder(const std::filesystem::path& root, const Files& files)
{
    for (const auto& [file, text] : files)
        writeText(root / file, text);
}

/// Files that differ, with what is there now.
inline Files differences(const Files& now, const Files& before)
{
    Files different;
    for (const auto& [file, text] : now) {
        const auto found = before.find(file);
        if (found == before.end() || found->second != text)
            different[file] = text;
    }
    for (const auto& [file, text] : before) {
        if (now.find(file) == now.end())
            different[file] = "(removed)";
    }
    return different;
}

inline std::size_t errorCount(const Issues& issues)
{
    return static_cast<std::size_t>(
        std::count_if(issues.begin(), issues.end(),
                      [](const Issue& issue) { return issue.severity == Severity::Error; }));
}

/// "code at file:line:column" of the first error, or "".
inline std::string firstError(const Issues& issues)
{
    for (const Issue& issue : issues) {
        if (issue.severity == Severity::Error)
            return issue.code + " at " + issue.place.substr(0, issue.place.find(" /"));
    }
    return {};
}

} // namespace headgate::project::test
