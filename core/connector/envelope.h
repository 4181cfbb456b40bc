// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/request_spec.h"
#include "connector/slot_context.h"

#include <string>
#include <vector>

namespace headgate::connector {

/// A piece of a request's text that is known before its records are, or is not yet.
struct Piece
{
    enum class Kind
    {
        Literal,
        Slot,
        Payload, ///< as it is, or encoded
        List     ///< where the entries go
    };
    Kind kind = Kind::Literal;
    std::string bytes;
    Slot slot;
    ValueForm form = ValueForm::Auto;
};
using Pieces = std::vector<Piece>;

/// Values at JSON pointers, put together to the text of one object, in the order of the spec. A
/// slot that is known at this moment becomes a literal; one without a value is left out with its
/// member; those of single records stay pieces.
class Envelope
{
public:
    /// Places are taken relative to `base`; what is not within it is left out.
    explicit Envelope(const SlotContext& context, std::string base = {})
        : m_context(context), m_base(std::move(base))
    {}

    /// Error: Config "connector.envelope.*".
    [[nodiscard]] Result<void> add(const EnvelopeValue& value);
    [[nodiscard]] Result<void> add(const SlotText& at, Piece::Kind kind);

    /// Empty pieces if nothing was added.
    [[nodiscard]] Pieces pieces() const;
    /// By name of the outermost member: its pieces without the name.
    [[nodiscard]] std::vector<std::pair<std::string, Pieces>> members() const;

private:
    struct Node
    {
        std::string name; ///< empty at the root
        std::vector<Node> members;
        Pieces leaf;
    };
    [[nodiscard]] Result<std::string> pointerOf(const SlotText& at) const;
    [[nodiscard]] Result<void> put(const std::string& pointer, Piece piece);
    static void write(const Node& node, Pieces& into);

    const SlotContext& m_context;
    std::string m_base;
    Node m_root;
    bool m_isValue = false; ///< the whole is one value, no object
};

/// The pointer names something below `base`.
[[nodiscard]] bool isWithinPlace(std::string_view pointer, std::string_view base);
/// Adds to the last literal where it can.
void appendLiteral(Pieces& pieces, std::string_view bytes);

/// Error: Destination "connector.record.value" if the value cannot take this form.
[[nodiscard]] Result<void> appendSlotValue(std::string& out, const SlotValue& slot, ValueForm form);

} // namespace headgate::connector
