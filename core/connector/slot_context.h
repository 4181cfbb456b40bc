// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/account_values.h"
#include "connector/destination.h"
#include "connector/slot.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace headgate::connector {

/// Options of one request, read from its requestValues; numbers keep their digits.
class RequestValues
{
public:
    /// Fills in the defaults of `object`. Error: Internal "connector.request_values" if the text is
    /// not what requestValuesOf() writes.
    [[nodiscard]] static Result<RequestValues> read(const ObjectSpec& object,
                                                    std::string_view json);
    [[nodiscard]] const data::Value* find(std::string_view key) const;

private:
    std::map<std::string, data::Value, std::less<>> m_values;
};

struct SlotValue
{
    data::Value value;
    bool secret = false;
};

/// Everything that slots can stand for at one moment. What is not known yet is empty.
struct SlotContext
{
    const AccountValues* account = nullptr;
    const RequestValues* options = nullptr;
    std::string_view object;
    Operation operation = Operation::Upsert;
    std::string_view matchField;
    std::string_view idempotencyKey;
    const OutgoingRecord* record = nullptr;
    std::size_t trace = 0;
    std::string_view found;
    std::string_view receipt;

    /// Empty where the slot has no value (an option that nobody chose).
    [[nodiscard]] std::optional<SlotValue> resolve(const Slot& slot) const;
    /// All parts as one text; empty if a part has no value.
    [[nodiscard]] std::optional<std::string> resolveText(const SlotText& text) const;
};

} // namespace headgate::connector
