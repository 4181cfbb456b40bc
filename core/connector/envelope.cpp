// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/envelope.h"

#include "base/text.h"
#include "connector/object_reader.h"
#include "data/json_text.h"

#include <algorithm>

namespace headgate::connector {

namespace {

std::vector<std::string> tokensOf(std::string_view pointer)
{
    std::vector<std::string> tokens;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        std::string token(pointer.substr(0, pointer.find('/')));
        pointer.remove_prefix(token.size());
        for (const auto& [from, to] : {std::pair{"~1", "/"}, std::pair{"~0", "~"}})
            for (std::size_t at = 0; (at = token.find(from, at)) != std::string::npos; ++at)
                token.replace(at, 2, to);
        tokens.push_back(std::move(token));
    }
    return tokens;
}

Failure valueRefused(const QString& why)
{
    return fail(ErrorKind::Destination, "connector.record.value", why);
}

} // namespace

void appendLiteral(Pieces& pieces, std::string_view bytes)
{
    if (pieces.empty() || pieces.back().kind != Piece::Kind::Literal)
        pieces.push_back({});
    pieces.back().bytes += bytes;
}

Result<void> appendSlotValue(std::string& out, const SlotValue& slot, ValueForm form)
{
    const data::Value& value = slot.value;
    if (value.kind == data::ValueKind::Invalid)
        return valueRefused(Text::tr("A value that the request needs is not valid."));
    switch (form) {
    case ValueForm::Auto:
        data::appendJsonValue(out, value.view());
        return {};
    case ValueForm::String:
        if (value.isNull())
            return valueRefused(Text::tr("A value that the request needs is NULL."));
        data::appendJsonString(out, value.text);
        return {};
    case ValueForm::Number:
        if (!data::isJsonNumber(value.text))
            return valueRefused(Text::tr("The destination wants a number here."));
        out += value.text;
        return {};
    case ValueForm::List:
        out += '[';
        data::appendJsonValue(out, value.view());
        out += ']';
        return {};
    case ValueForm::Json:
        if (!data::appendCompactJson(out, value.text))
            return valueRefused(Text::tr("The destination wants JSON here."));
        return {};
    }
    return {};
}

Result<std::string> Envelope::pointerOf(const SlotText& at) const
{
    auto pointer = m_context.resolveText(at);
    if (!pointer || !isJsonPointer(*pointer))
        return fail(ErrorKind::Config, "connector.envelope.place",
                    Text::tr("The connector puts a value at a place that is no JSON Pointer."));
    return std::move(*pointer);
}

bool isWithinPlace(std::string_view pointer, std::string_view base)
{
    return pointer.size() > base.size() && pointer.substr(0, base.size()) == base &&
           pointer[base.size()] == '/';
}

Result<void> Envelope::put(const std::string& pointer, Piece piece)
{
    Node* node = &m_root;
    for (const std::string& token : tokensOf(pointer)) {
        const auto found = std::find_if(node->members.begin(), node->members.end(),
                                        [&](const Node& member) { return member.name == token; });
        if (found != node->members.end()) {
            node = &*found;
            continue;
        }
        node->members.push_back({token, {}, {}});
        node = &node->members.back();
    }
    if (!node->leaf.empty() || !node->members.empty())
        return fail(
            ErrorKind::Config, "connector.envelope.clash",
            Text::tr("The connector puts two values at the place '%1'.").arg(toQString(pointer)));
    m_isValue = pointer.empty();
    node->leaf = {std::move(piece)};
    return {};
}

Result<void> Envelope::add(const SlotText& at, Piece::Kind kind)
{
    const auto pointer = pointerOf(at);
    if (!pointer)
        return Failure(pointer.error());
    return put(*pointer, {kind, {}, {}, ValueForm::Auto});
}

Result<void> Envelope::add(const EnvelopeValue& value)
{
    auto pointer = pointerOf(value.at);
    if (!pointer)
        return Failure(pointer.error());
    if (!m_base.empty() && !isWithinPlace(*pointer, m_base))
        return {};
    pointer->erase(0, m_base.size());
    Piece piece;
    if (value.constant) {
        piece.bytes = value.constant->dump();
        return put(*pointer, std::move(piece));
    }
    if (value.slot.isPerRecord()) {
        piece = {Piece::Kind::Slot, {}, value.slot, value.form};
        return put(*pointer, std::move(piece));
    }
    const auto resolved = m_context.resolve(value.slot);
    if (!resolved)
        return {};
    HEADGATE_TRY(appendSlotValue(piece.bytes, *resolved, value.form));
    return put(*pointer, std::move(piece));
}

void Envelope::write(const Node& node, Pieces& into)
{
    if (!node.leaf.empty()) {
        for (const Piece& piece : node.leaf) {
            if (piece.kind == Piece::Kind::Literal)
                appendLiteral(into, piece.bytes);
            else
                into.push_back(piece);
        }
        return;
    }
    std::string text = "{";
    for (const Node& member : node.members) {
        data::appendJsonString(text, member.name);
        text += ':';
        appendLiteral(into, text);
        write(member, into);
        text = ",";
    }
    appendLiteral(into, node.members.empty() ? "{}" : "}");
}

Pieces Envelope::pieces() const
{
    Pieces all;
    if (m_isValue || !m_root.members.empty())
        write(m_root, all);
    return all;
}

std::vector<std::pair<std::string, Pieces>> Envelope::members() const
{
    std::vector<std::pair<std::string, Pieces>> all;
    for (const Node& member : m_root.members) {
        all.emplace_back(member.name, Pieces());
        write(member, all.back().second);
    }
    return all;
}

} // namespace headgate::connector
