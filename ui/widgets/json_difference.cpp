// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/json_difference.h"

#include <algorithm>
#include <functional>

namespace headgate::ui {

namespace {

constexpr int mostEdits = 1000;

/// What a line says, without its comma.
std::size_t contentOf(const JsonLines& json, const JsonLine& line)
{
    std::size_t end = line.valueEnd;
    if (line.kind == JsonLineKind::Close)
        end = line.valueBegin + 1;
    const std::string_view text =
        std::string_view(json.json())
            .substr(line.begin, end - std::min<std::size_t>(line.begin, end));
    return std::hash<std::string_view>()(text) * 31 + line.depth;
}

std::vector<std::size_t> contentsOf(const JsonLines& json)
{
    std::vector<std::size_t> contents;
    contents.reserve(json.lines().size());
    for (const JsonLine& line : json.lines())
        contents.push_back(contentOf(json, line));
    return contents;
}

struct Kept
{
    std::vector<bool> before;
    std::vector<bool> after;
};

/// The longest common subsequence by Myers' greedy algorithm; false where it takes too many edits.
class CommonLines
{
public:
    CommonLines(const std::vector<std::size_t>& before, const std::vector<std::size_t>& after)
        : m_before(before), m_after(after), m_sizeBefore(static_cast<int>(before.size())),
          m_sizeAfter(static_cast<int>(after.size()))
    {}

    bool find(Kept& kept)
    {
        const int most = std::min(mostEdits, m_sizeBefore + m_sizeAfter);
        m_offset = most + 1;
        std::vector<int> furthest(static_cast<std::size_t>(2 * most + 3), 0);
        for (int edits = 0; edits <= most; ++edits) {
            m_trace.push_back(furthest);
            for (int diagonal = -edits; diagonal <= edits; diagonal += 2)
                if (advance(furthest, diagonal, edits)) {
                    walkBack(edits, kept);
                    return true;
                }
        }
        return false;
    }

private:
    [[nodiscard]] int& at(std::vector<int>& furthest, int diagonal) const
    {
        return furthest[static_cast<std::size_t>(diagonal + m_offset)];
    }

    [[nodiscard]] bool comesDown(std::vector<int>& furthest, int diagonal, int edits) const
    {
        return diagonal == -edits ||
               (diagonal != edits && at(furthest, diagonal - 1) < at(furthest, diagonal + 1));
    }

    bool advance(std::vector<int>& furthest, int diagonal, int edits)
    {
        int x = comesDown(furthest, diagonal, edits) ? at(furthest, diagonal + 1)
                                                     : at(furthest, diagonal - 1) + 1;
        int y = x - diagonal;
        while (x < m_sizeBefore && y < m_sizeAfter && same(x, y)) {
            ++x;
            ++y;
        }
        at(furthest, diagonal) = x;
        return x >= m_sizeBefore && y >= m_sizeAfter;
    }

    [[nodiscard]] bool same(int x, int y) const
    {
        return m_before[static_cast<std::size_t>(x)] == m_after[static_cast<std::size_t>(y)];
    }

    void walkBack(int edits, Kept& kept)
    {
        int x = m_sizeBefore;
        int y = m_sizeAfter;
        for (; edits >= 0; --edits) {
            std::vector<int>& furthest = m_trace[static_cast<std::size_t>(edits)];
            const int diagonal = x - y;
            const bool down = comesDown(furthest, diagonal, edits);
            const int fromDiagonal = down ? diagonal + 1 : diagonal - 1;
            const int fromX = edits == 0 ? 0 : at(furthest, fromDiagonal);
            const int fromY = edits == 0 ? 0 : fromX - fromDiagonal;
            while (x > fromX && y > fromY && same(x - 1, y - 1)) {
                --x;
                --y;
                kept.before[static_cast<std::size_t>(x)] = true;
                kept.after[static_cast<std::size_t>(y)] = true;
            }
            x = fromX;
            y = fromY;
        }
    }

    const std::vector<std::size_t>& m_before;
    const std::vector<std::size_t>& m_after;
    int m_sizeBefore;
    int m_sizeAfter;
    int m_offset = 0;
    std::vector<std::vector<int>> m_trace;
};

Kept keptByPlace(const JsonLines& before, const std::vector<std::size_t>& contentsBefore,
                 const JsonLines& after, const std::vector<std::size_t>& contentsAfter)
{
    Kept kept{std::vector<bool>(contentsBefore.size()), std::vector<bool>(contentsAfter.size())};
    for (std::size_t line = 0; line < contentsBefore.size(); ++line) {
        if (before.lines()[line].kind == JsonLineKind::Close)
            continue;
        const auto other = after.lineOfPath(before.lines()[line].path);
        if (other && contentsAfter[*other] == contentsBefore[line]) {
            kept.before[line] = kept.before[before.lines()[line].partner] = true;
            kept.after[*other] = kept.after[after.lines()[*other].partner] = true;
        }
    }
    return kept;
}

std::vector<JsonMark> marksOf(const JsonLines& json, const std::vector<bool>& kept, Tone tone)
{
    std::vector<JsonMark> marks;
    for (std::size_t line = 0; line < kept.size(); ++line) {
        const JsonLine& it = json.lines()[line];
        if (!kept[line])
            marks.push_back({it.begin, std::max(it.end, it.begin), 0, true, tone});
    }
    return marks;
}

} // namespace

JsonDifference differenceOf(const JsonLines& before, const JsonLines& after)
{
    const std::vector<std::size_t> contentsBefore = contentsOf(before);
    const std::vector<std::size_t> contentsAfter = contentsOf(after);
    Kept kept{std::vector<bool>(contentsBefore.size()), std::vector<bool>(contentsAfter.size())};
    if (!CommonLines(contentsBefore, contentsAfter).find(kept))
        kept = keptByPlace(before, contentsBefore, after, contentsAfter);
    return {marksOf(before, kept.before, Tone::Error), marksOf(after, kept.after, Tone::Success)};
}

} // namespace headgate::ui
