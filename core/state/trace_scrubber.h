// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace headgate::state {

/// Finds a person's key and match values in texts about other records and replaces them by
/// "[purged]". A short one must stand on its own: "anna" is not found in "annals". Texts under
/// four bytes are not looked for; they would be found everywhere.
class TraceScrubber
{
public:
    /// Adds the text and the forms in which JSON and URLs hold it.
    void add(std::string_view text);
    [[nodiscard]] bool isEmpty() const { return m_needles.empty(); }
    [[nodiscard]] const std::vector<std::string>& needles() const { return m_needles; }
    [[nodiscard]] bool finds(std::string_view text) const;
    [[nodiscard]] std::string scrubbed(std::string text) const;

private:
    [[nodiscard]] static std::size_t find(std::string_view text, std::string_view needle,
                                          std::size_t from);

    std::vector<std::string> m_needles; ///< longest first
};

} // namespace headgate::state
