// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/text_template.h"

#include "base/text.h"

namespace headgate::shape {

Result<TextTemplate> TextTemplate::parse(std::string_view text)
{
    TextTemplate parsed;
    std::string literal;
    const auto closeLiteral = [&] {
        if (!literal.empty())
            parsed.pieces.push_back({false, std::exchange(literal, {})});
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c != '{' && c != '}') {
            literal += c;
            continue;
        }
        if (i + 1 < text.size() && text[i + 1] == c) {
            literal += c;
            ++i;
            continue;
        }
        const std::size_t end = text.find('}', i + 1);
        if (c == '}' || end == std::string_view::npos || end == i + 1)
            return fail(ErrorKind::Config, "shape.text",
                        Text::tr("A brace in the text has no partner or no column name. Write "
                                 "{column}, or {{ and }} for braces."));
        closeLiteral();
        parsed.pieces.push_back({true, std::string(text.substr(i + 1, end - i - 1))});
        i = end;
    }
    closeLiteral();
    return parsed;
}

} // namespace headgate::shape
