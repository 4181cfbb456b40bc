// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/json_lines.h"

#include <unordered_set>

namespace headgate::ui {

/// Which lines are seen: all but those inside folded containers. A fold is remembered by its place
/// in the payload, also while a payload lacks that place.
class JsonFolds
{
public:
    /// `lines` outlives this, or the next call.
    void setLines(const JsonLines& lines);

    [[nodiscard]] std::size_t rowCount() const { return m_seen.size(); }
    [[nodiscard]] std::size_t lineOfRow(std::size_t row) const { return m_seen[row]; }
    /// Of a line that is not seen, the row of the container that hides it.
    [[nodiscard]] std::size_t rowOfLine(std::size_t line) const;
    [[nodiscard]] bool isFolded(std::size_t line) const;
    [[nodiscard]] bool isSeen(std::size_t line) const;

    /// Of an Open or Close; others have nothing to fold.
    void setFolded(std::size_t line, bool folded);
    /// Every container but the outermost.
    void foldAll();
    void unfoldAll();
    /// Unfolds what hides the line.
    void reveal(std::size_t line);

private:
    void rebuild();

    const JsonLines* m_lines = nullptr;
    std::unordered_set<std::uint64_t> m_folded;
    std::vector<std::uint32_t> m_seen; ///< by row
};

} // namespace headgate::ui
