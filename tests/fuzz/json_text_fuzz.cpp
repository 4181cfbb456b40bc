// SPDX-License-Identifier: GPL-3.0-or-later
#include "data/json.h"
#include "data/json_indent.h"
#include "data/json_members.h"
#include "fuzz/hold.h"

#include <cstdint>

using namespace headgate;

namespace {

constexpr data::JsonLimits limits{64 << 10, 64};

/// Every value that can be reached lies within the text that it came from.
void walk(std::string_view value, std::string_view whole, std::size_t depth)
{
    fuzz::hold(value.data() >= whole.data() &&
                   value.data() + value.size() <= whole.data() + whole.size(),
               "a value lies outside of its text");
    static_cast<void>(data::jsonText(value));
    if (depth == 0)
        return;
    if (const auto members = data::jsonMembers(value))
        for (const data::JsonMember& member : *members)
            walk(member.value, whole, depth - 1);
    if (const auto elements = data::jsonElements(value))
        for (const std::string_view element : *elements)
            walk(element, whole, depth - 1);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    data::TextPlace place;
    const auto parsed = data::parseJson(text, limits, place);
    // A number that no double holds passes the check, which builds nothing.
    fuzz::hold(!parsed || data::checkJson(text, limits), "what parses passes the check");
    walk(text, text, 8);
    static_cast<void>(data::jsonAt(text, "/a/0/~1"));
    if (!parsed) {
        fuzz::hold(place.line >= 1 && place.column >= 1, "a mistake has a place");
        return 0;
    }
    std::string compact;
    fuzz::hold(data::appendCompactJson(compact, text, limits).has_value(),
               "what parses can be compacted");
    std::string twice;
    fuzz::hold(data::appendCompactJson(twice, compact, limits) && twice == compact,
               "what is compact stays as it is");
    const auto again = data::parseJson(compact, limits);
    fuzz::hold(again && *again == *parsed, "compacting changes no value");
    std::string unindented;
    fuzz::hold(data::appendCompactJson(unindented, data::indentedJson(compact)) &&
                   unindented == compact,
               "laying out changes no byte but white space");
    return 0;
}
