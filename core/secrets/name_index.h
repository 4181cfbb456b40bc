// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <string>
#include <vector>

namespace headgate::secrets {

/// The names of what is in the keychain, which cannot be asked for them: a text file (0600), one
/// name a line, never a value. Shared by processes. Error: State "secret.index".
class NameIndex
{
public:
    explicit NameIndex(std::string file) : m_file(std::move(file)) {}

    /// Sorted.
    [[nodiscard]] Result<std::vector<std::string>> names() const;
    [[nodiscard]] Result<void> add(const std::string& name);
    [[nodiscard]] Result<void> remove(const std::string& name);

private:
    template <typename Change>
    [[nodiscard]] Result<void> change(Change apply);
    [[nodiscard]] Result<void> write(const std::vector<std::string>& names) const;
    [[nodiscard]] Failure failure(const QString& why) const;

    std::string m_file;
};

} // namespace headgate::secrets
