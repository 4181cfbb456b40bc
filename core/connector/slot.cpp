// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/slot.h"

#include "base/hash.h"

#include <QCryptographicHash>

#include <algorithm>
#include <utility>

namespace headgate::connector {

namespace {

constexpr std::pair<std::string_view, SlotKind> plainSlots[] = {
    {"object", SlotKind::Object},
    {"operation", SlotKind::Operation},
    {"matchField", SlotKind::MatchField},
    {"match", SlotKind::Match},
    {"previousMatch", SlotKind::PreviousMatch},
    {"key", SlotKind::Key},
    {"idempotencyKey", SlotKind::IdempotencyKey},
    {"trace", SlotKind::Trace},
    {"found", SlotKind::Found},
    {"receipt", SlotKind::Receipt},
};

constexpr std::pair<std::string_view, SlotFilter> slotFilters[] = {
    {"md5", SlotFilter::Md5},
    {"sha256", SlotFilter::Sha256},
    {"lower", SlotFilter::Lower},
};

bool isSlotKey(std::string_view key)
{
    return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_';
    });
}

std::optional<SlotFilter> parseFilter(std::string_view text)
{
    for (const auto& [name, filter] : slotFilters)
        if (name == text)
            return filter;
    return std::nullopt;
}

std::optional<Slot> parseUnfiltered(std::string_view text)
{
    for (const auto& [name, kind] : plainSlots)
        if (name == text)
            return Slot{kind, {}, SlotFilter::None};
    for (const auto& [prefix, kind] : {std::pair{std::string_view("account."), SlotKind::Account},
                                       std::pair{std::string_view("option."), SlotKind::Option}}) {
        if (text.substr(0, prefix.size()) == prefix && isSlotKey(text.substr(prefix.size())))
            return Slot{kind, std::string(text.substr(prefix.size())), SlotFilter::None};
    }
    return std::nullopt;
}

void appendLiteral(SlotText& into, std::string_view text)
{
    if (text.empty())
        return;
    if (into.parts.empty() || into.parts.back().kind != SlotKind::Literal)
        into.parts.push_back({});
    into.parts.back().text += text;
}

} // namespace

bool Slot::isPerRecord() const
{
    switch (kind) {
    case SlotKind::Match:
    case SlotKind::PreviousMatch:
    case SlotKind::Key:
    case SlotKind::Trace:
    case SlotKind::Found:
        return true;
    case SlotKind::Literal:
    case SlotKind::Account:
    case SlotKind::Option:
    case SlotKind::Object:
    case SlotKind::Operation:
    case SlotKind::MatchField:
    case SlotKind::IdempotencyKey:
    case SlotKind::Receipt:
        return false;
    }
    return false;
}

bool SlotText::isPerRecord() const
{
    return std::any_of(parts.begin(), parts.end(), [](const Slot& s) { return s.isPerRecord(); });
}

std::optional<Slot> parseSlot(std::string_view text)
{
    const std::size_t colon = text.find(':');
    auto slot = parseUnfiltered(text.substr(0, colon));
    if (!slot || colon == std::string_view::npos)
        return slot;
    const auto filter = parseFilter(text.substr(colon + 1));
    if (!filter)
        return std::nullopt;
    slot->filter = *filter;
    return slot;
}

std::optional<SlotText> parseSlotText(std::string_view text)
{
    SlotText parsed;
    while (!text.empty()) {
        const std::size_t brace = text.find_first_of("{}");
        appendLiteral(parsed, text.substr(0, brace));
        if (brace == std::string_view::npos)
            break;
        text.remove_prefix(brace);
        if (text.size() > 1 && text[1] == text[0]) {
            appendLiteral(parsed, text.substr(0, 1));
            text.remove_prefix(2);
            continue;
        }
        const std::size_t close = text.find('}');
        if (text[0] == '}' || close == std::string_view::npos)
            return std::nullopt;
        auto slot = parseSlot(text.substr(1, close - 1));
        if (!slot)
            return std::nullopt;
        parsed.parts.push_back(std::move(*slot));
        text.remove_prefix(close + 1);
    }
    return parsed;
}

std::string applyFilter(SlotFilter filter, std::string text)
{
    switch (filter) {
    case SlotFilter::None:
        return text;
    case SlotFilter::Md5: {
        const QByteArray digest = QCryptographicHash::hash(
            QByteArrayView(text.data(), qsizetype(text.size())), QCryptographicHash::Md5);
        return toHex({digest.constData(), static_cast<std::size_t>(digest.size())});
    }
    case SlotFilter::Sha256:
        return sha256Hex(text);
    case SlotFilter::Lower:
        std::transform(text.begin(), text.end(), text.begin(), [](char c) {
            return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        });
        return text;
    }
    return text;
}

} // namespace headgate::connector
