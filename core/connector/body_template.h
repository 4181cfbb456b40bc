// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/envelope.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace headgate::connector {

/// How the bodies of one operation's requests are written: everything that its records share is
/// resolved once, payload bytes are inserted as they are.
class BodyTemplate
{
public:
    /// `spec` outlives it. Error: Config "connector.envelope.*" or Destination
    /// "connector.record.value".
    [[nodiscard]] static Result<BodyTemplate>
    make(const BodySpec& spec, const PayloadEncoding& encoding, const SlotContext& batch);

    /// The body is begin(), then append() for each record, then finish().
    [[nodiscard]] const std::string& begin() const { return m_head; }
    /// Leaves `body` as it was when the record cannot be sent.
    /// Error: Destination "connector.record.*": this record is refused, others are not.
    [[nodiscard]] Result<void> append(std::string& body, const SlotContext& record) const;
    void finish(std::string& body) const;
    /// How many bytes append() adds, where no more than the payload's size decides that.
    [[nodiscard]] std::optional<std::size_t> sizeOf(std::string_view payload) const;

    /// A finished body of n > 0 records has fixedSize() bytes more than append() added.
    [[nodiscard]] std::size_t fixedSize() const;
    [[nodiscard]] std::string_view contentType() const;

private:
    [[nodiscard]] Result<void> prepare(const SlotContext& batch);
    [[nodiscard]] Result<void> prepareEntry(const SlotContext& batch);
    [[nodiscard]] Result<void> prepareList(const SlotContext& batch);
    [[nodiscard]] Result<void> prepareForm(const SlotContext& batch);
    [[nodiscard]] Result<void> appendPieces(std::string& out, const Pieces& pieces,
                                            const SlotContext& record) const;
    [[nodiscard]] Result<void> appendMerged(std::string& out, const SlotContext& record) const;
    [[nodiscard]] Result<void> appendFormFields(std::string& out, const SlotContext& record) const;
    [[nodiscard]] Result<void> appendCsvRow(std::string& out, const SlotContext& record) const;
    [[nodiscard]] Result<void> appendPayload(std::string& out, const SlotContext& record) const;

    const BodySpec* m_spec = nullptr;
    PayloadEncoding m_encoding;
    std::string m_matchField;
    Pieces m_entry;
    std::vector<std::pair<std::string, Pieces>> m_beside; ///< within the payload
    std::string m_head;
    std::string m_tail;
    std::string m_separator;
};

} // namespace headgate::connector
