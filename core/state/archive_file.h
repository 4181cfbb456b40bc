// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/hash.h"
#include "data/json.h"
#include "state/private_file.h"

namespace headgate::state {

/// Lines of JSON with a checksum over all of them in the last.
class ArchiveWriter
{
public:
    /// Error: Usage "state.export.exists" where something of that name is there.
    [[nodiscard]] static Result<ArchiveWriter> create(const std::string& path);
    [[nodiscard]] Result<void> write(const data::JsonNode& line);
    /// Writes the last line; the file is on the disk when it returns.
    [[nodiscard]] Result<void> finish();

private:
    explicit ArchiveWriter(PrivateFile file) : m_file(std::move(file)) {}

    PrivateFile m_file;
    std::string m_buffer;
    Hash128 m_checksum;
};

class ArchiveReader
{
public:
    [[nodiscard]] static Result<ArchiveReader> open(const std::string& path);
    /// Nothing after the last line, whose checksum has been compared. Error: Config
    /// "state.import.format" with the line's number.
    [[nodiscard]] Result<std::optional<data::JsonNode>> next();
    [[nodiscard]] Failure wrongFormat(const QString& what) const;

private:
    explicit ArchiveReader(PrivateFile file) : m_file(std::move(file)) {}
    [[nodiscard]] Result<std::string> nextLine();

    PrivateFile m_file;
    std::string m_buffer;
    std::uint64_t m_offset = 0;
    std::uint64_t m_line = 0;
    Hash128 m_checksum;
};

/// Cells of an archive: numbers and texts as they are, bytes as {"b": base64}, texts that are not
/// UTF-8 as {"t": base64}.
[[nodiscard]] data::JsonNode archivedBytes(std::string_view bytes);
[[nodiscard]] data::JsonNode archivedText(std::string_view text);
[[nodiscard]] std::optional<std::string> bytesFromArchive(const data::JsonNode& cell);
[[nodiscard]] std::optional<std::string> textFromArchive(const data::JsonNode& cell);

} // namespace headgate::state
