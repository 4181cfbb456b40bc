// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace headgate::warehouse {

/// How a dialect writes quotes and comments; from resources/warehouses/<id>.json. Single and double
/// quotes, -- and /* */ are everybody's.
struct SqlSyntax
{
    bool backslashEscapes = false;   ///< 'it\'s', "say \"x\""
    bool escapeStrings = false;      ///< E'it\'s'
    bool dollarQuotes = false;       ///< $$text$$, $tag$text$tag$
    bool tripleQuotes = false;       ///< """text""", '''text'''
    bool rawStrings = false;         ///< r'C:\', with backslashEscapes
    bool backticks = false;          ///< `name`
    bool brackets = false;           ///< [name]
    bool nestedComments = false;     ///< /* a /* b */ c */
    bool hashComments = false;       ///< # to the end of the line
    bool dashNeedsSpace = false;     ///< --x is no comment
    bool executableComments = false; ///< what stands in /*! */ is executed, so it counts as code

    bool operator==(const SqlSyntax&) const = default;
};

/// One statement, taken apart as far as needed to run it safely.
struct SqlText
{
    struct Parameter
    {
        std::string name;
        std::size_t begin; ///< of the colon, in text
        std::size_t end;
    };

    std::string text;                  ///< as typed, without the semicolon at its end
    std::vector<Parameter> parameters; ///< :name outside quotes and comments, in order
    std::vector<std::string> words;    ///< bare words in lower case, in order
};

/// Finds the end of the statement, its parameters and its words. A colon directly after a name, a
/// digit, a closing bracket or another colon begins no parameter: casts (x::int), slices (a[1:n])
/// and paths (payload:id) are left alone.
/// Error: Config "source.statement.empty", ".several", ".unterminated", ".bytes"; the message
/// names line and column.
[[nodiscard]] Result<SqlText> scanSql(std::string_view sql, const SqlSyntax& syntax);

enum class MarkerStyle
{
    Numbered, ///< $1; a repeated name has one number
    Question  ///< ?; a repeated name is bound again
};

/// The statement as a driver takes it.
struct BoundSql
{
    std::string text;
    std::vector<std::string> names; ///< per value to bind, in the driver's order

    /// Position in the text as typed of an offset in `text`: servers name places in what we send.
    [[nodiscard]] std::size_t typedOffset(std::size_t offset) const;

    struct Shift
    {
        std::size_t sent;  ///< from this offset on
        std::size_t typed; ///< this one in the typed text
    };
    std::vector<Shift> shifts;
};

/// `before` and `after` are put around the statement.
[[nodiscard]] BoundSql bindMarkers(const SqlText& sql, MarkerStyle style,
                                   std::string_view before = {}, std::string_view after = {});

[[nodiscard]] TextPlace placeOf(std::string_view text, std::size_t offset);

} // namespace headgate::warehouse
