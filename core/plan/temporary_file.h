// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QTemporaryFile>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace headgate::plan {

/// Scratch space of a plan: a file of the current user alone (0600), gone with the object. Every
/// short write is an error: State "spool.disk".
class TemporaryFile
{
public:
    [[nodiscard]] static Result<TemporaryFile> create(const std::string& directory);

    [[nodiscard]] Result<void> append(std::span<const char> bytes);
    /// Fills `into`; the range must have been written.
    [[nodiscard]] Result<void> read(std::uint64_t offset, std::span<char> into);
    [[nodiscard]] std::uint64_t size() const { return m_size; }

private:
    explicit TemporaryFile(std::unique_ptr<QTemporaryFile> file) : m_file(std::move(file)) {}
    [[nodiscard]] Failure failed(const QString& what) const;

    std::unique_ptr<QTemporaryFile> m_file;
    std::uint64_t m_size = 0;
};

} // namespace headgate::plan
