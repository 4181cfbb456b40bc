// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::ui {

enum class JsonLineKind : std::uint8_t
{
    Value, ///< a whole value; empty containers too
    Open,  ///< "key": {
    Close  ///< },
};

/// A line of a payload laid out for people. Offsets are bytes of the payload.
struct JsonLine
{
    std::uint32_t begin = 0;      ///< of the key, or of the value where there is none
    std::uint32_t valueBegin = 0; ///< of a Close: its bracket
    std::uint32_t valueEnd = 0;   ///< of an Open: behind its bracket
    std::uint32_t end = 0;        ///< behind the comma
    std::uint32_t parent = 0;     ///< line of the container; the first line's is itself
    std::uint32_t partner = 0;    ///< of an Open its Close, of a Close its Open, else itself
    std::uint32_t children = 0;   ///< of an Open: how many it holds
    std::uint32_t index = 0;      ///< number in its container
    std::uint16_t depth = 0;
    JsonLineKind kind = JsonLineKind::Value;
    bool hasKey = false;
    std::uint64_t path = 0; ///< the same for the same place in another payload
};

enum class JsonToken : std::uint8_t
{
    Key,
    String,
    Number,
    Literal,
    Punctuation
};

/// What a line shows, with the byte behind each of its UTF-16 units.
struct JsonLineText
{
    struct Span
    {
        int begin = 0;
        int end = 0;
        JsonToken token = JsonToken::Punctuation;
    };
    QString text;
    std::vector<Span> spans;
    std::vector<std::uint32_t> bytes; ///< one more than units: the end
    bool cut = false;                 ///< the line is longer than is shown

    /// Unit that shows the byte; the nearest one for bytes that are not shown.
    [[nodiscard]] int unitOf(std::size_t byte) const;
};

/// A JSON text as lines, in one pass and without a tree. White space between tokens is allowed and
/// not shown. What is no JSON is shown as well as can be.
class JsonLines
{
public:
    static constexpr std::size_t longestLine = 4000; ///< UTF-16 units that are shown of a line

    JsonLines() = default;
    explicit JsonLines(std::string json);

    [[nodiscard]] const std::string& json() const { return m_json; }
    [[nodiscard]] const std::vector<JsonLine>& lines() const { return m_lines; }
    [[nodiscard]] bool isEmpty() const { return m_lines.empty(); }
    [[nodiscard]] JsonLineText textOf(std::size_t line) const;
    /// An Open together with its Close and what is between: "key": [ ... ],
    [[nodiscard]] JsonLineText foldedTextOf(std::size_t line) const;
    /// Indented as data::indentedJson does; the whole line, however long.
    [[nodiscard]] std::string plainTextOf(std::size_t line) const;
    [[nodiscard]] std::size_t lineOfByte(std::size_t byte) const;
    /// Compact JSON of the value of a line: of an Open or Close the whole container.
    [[nodiscard]] std::string_view valueOf(std::size_t line) const;
    /// RFC 6901.
    [[nodiscard]] QString pointerOf(std::size_t line) const;
    [[nodiscard]] std::optional<std::size_t> lineOfPath(std::uint64_t path) const;

private:
    friend class JsonLineReader;

    std::string m_json;
    std::vector<JsonLine> m_lines;
    std::vector<std::pair<std::uint64_t, std::uint32_t>> m_paths; ///< sorted; no Close lines
};

} // namespace headgate::ui
