// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/csv.h"

namespace headgate::data {

void appendCsvCell(std::string& out, std::string_view text, char separator, bool quote)
{
    if (!quote && text.find_first_of("\"\r\n") == std::string_view::npos &&
        text.find(separator) == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

} // namespace headgate::data
