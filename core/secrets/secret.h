// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>

namespace headgate::secrets {

/// A resolved credential. Cannot be printed, compared or converted by accident; reveal() is
/// greppable. Created by SecretStore, which registers the value with Redaction.
class Secret
{
public:
    Secret() = default;
    explicit Secret(std::string value) : m_value(std::move(value)) {}
    [[nodiscard]] const std::string& reveal() const { return m_value; }
    [[nodiscard]] bool empty() const { return m_value.empty(); }

private:
    std::string m_value;
};

} // namespace headgate::secrets
