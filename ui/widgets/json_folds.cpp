// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/json_folds.h"

#include <algorithm>

namespace headgate::ui {

void JsonFolds::setLines(const JsonLines& lines)
{
    m_lines = &lines;
    rebuild();
}

std::size_t JsonFolds::rowOfLine(std::size_t line) const
{
    const auto behind = std::upper_bound(m_seen.begin(), m_seen.end(), line);
    return behind == m_seen.begin() ? 0 : static_cast<std::size_t>(behind - m_seen.begin()) - 1;
}

bool JsonFolds::isFolded(std::size_t line) const
{
    const JsonLine& one = m_lines->lines()[line];
    return one.kind == JsonLineKind::Open && m_folded.count(one.path) > 0;
}

bool JsonFolds::isSeen(std::size_t line) const
{
    return std::binary_search(m_seen.begin(), m_seen.end(), line);
}

void JsonFolds::setFolded(std::size_t line, bool folded)
{
    const JsonLine& one = m_lines->lines()[line];
    if (one.kind == JsonLineKind::Value)
        return;
    if (folded)
        m_folded.insert(one.path);
    else
        m_folded.erase(one.path);
    rebuild();
}

void JsonFolds::foldAll()
{
    for (const JsonLine& line : m_lines->lines()) {
        if (line.kind == JsonLineKind::Open && line.depth > 0)
            m_folded.insert(line.path);
    }
    rebuild();
}

void JsonFolds::unfoldAll()
{
    m_folded.clear();
    rebuild();
}

void JsonFolds::reveal(std::size_t line)
{
    if (isSeen(line))
        return;
    const std::vector<JsonLine>& lines = m_lines->lines();
    std::size_t at = lines[line].kind == JsonLineKind::Close ? lines[line].partner : line;
    m_folded.erase(lines[at].kind == JsonLineKind::Open && at != line ? lines[at].path : 0);
    while (lines[at].depth > 0) {
        at = lines[at].parent;
        m_folded.erase(lines[at].path);
    }
    rebuild();
}

void JsonFolds::rebuild()
{
    m_seen.clear();
    const std::vector<JsonLine>& lines = m_lines->lines();
    m_seen.reserve(lines.size());
    for (std::size_t line = 0; line < lines.size(); ++line) {
        m_seen.push_back(static_cast<std::uint32_t>(line));
        if (isFolded(line))
            line = std::max<std::size_t>(line, lines[line].partner);
    }
}

} // namespace headgate::ui
