// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/archive_file.h"

#include "base/text.h"
#include "data/json_text.h"

#include <QByteArray>
#include <QFileInfo>

namespace headgate::state {

namespace {

constexpr std::size_t archiveBufferSize = 1 << 20;
constexpr data::JsonLimits archiveLimits = {std::size_t(1) << 30, 8};

std::optional<std::string> decodedMember(const data::JsonNode& cell, const char* member)
{
    if (!cell.is_object() || cell.size() != 1 || !cell.contains(member) ||
        !cell[member].is_string())
        return std::nullopt;
    const auto& text = cell[member].get_ref<const std::string&>();
    const auto decoded = QByteArray::fromBase64Encoding(
        QByteArray::fromRawData(text.data(), static_cast<qsizetype>(text.size())),
        QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok)
        return std::nullopt;
    return decoded.decoded.toStdString();
}

/// A link that leads nowhere is there too.
bool isThere(const std::string& path)
{
    const QFileInfo file(toQString(path));
    return file.exists() || file.isSymLink();
}

std::filesystem::path folderOf(const std::string& path)
{
    const std::filesystem::path folder = std::filesystem::path(path).parent_path();
    return folder.empty() ? "." : folder;
}

/// Why nothing can be made at this path; nothing where the system must say it.
std::optional<Failure> obstacle(const std::string& path)
{
    std::error_code ignored;
    if (isThere(path))
        return fail(ErrorKind::Usage, "state.export.exists",
                    Text::tr("%1 is there already and stays as it is. Name another file, or move "
                             "this one away first.")
                        .arg(toQString(path)));
    const std::filesystem::path folder = folderOf(path);
    if (!std::filesystem::is_directory(folder, ignored))
        return fail(ErrorKind::Usage, "state.export.folder",
                    Text::tr("The state cannot be written to %1: there is no folder %2. Make it "
                             "first, or name a file in another one.")
                        .arg(toQString(path), toQString(folder.string())));
    return std::nullopt;
}

void addToChecksum(Hash128& checksum, std::string_view line)
{
    checksum = fastHash(std::string(checksum.view()).append(line));
}

} // namespace

Result<ArchiveWriter> ArchiveWriter::create(const std::string& path)
{
    auto file = PrivateFile::create(path);
    if (!file) {
        if (auto known = obstacle(path))
            return std::move(*known);
        return propagate(std::move(file));
    }
    return ArchiveWriter(std::move(*file));
}

Result<void> ArchiveWriter::write(const data::JsonNode& line)
{
    const std::string text = line.dump(-1, ' ', false, data::JsonNode::error_handler_t::replace);
    addToChecksum(m_checksum, text);
    m_buffer.append(text).append(1, '\n');
    if (m_buffer.size() < archiveBufferSize)
        return {};
    HEADGATE_TRY(m_file.write(m_buffer));
    m_buffer.clear();
    return {};
}

Result<void> ArchiveWriter::finish()
{
    data::JsonNode last;
    last["end"] = m_checksum.hex();
    m_buffer.append(last.dump()).append(1, '\n');
    HEADGATE_TRY(m_file.write(m_buffer));
    HEADGATE_TRY(m_file.sync());
    return m_file.close();
}

Result<ArchiveReader> ArchiveReader::open(const std::string& path)
{
    auto file = PrivateFile::openForReading(path);
    if (!file)
        return propagate(std::move(file));
    return ArchiveReader(std::move(*file));
}

Failure ArchiveReader::wrongFormat(const QString& what) const
{
    return fail(ErrorKind::Config, "state.import.format",
                Text::tr("%1, line %2: %3. Nothing was imported.")
                    .arg(toQString(m_file.path()))
                    .arg(m_line)
                    .arg(what));
}

Result<std::string> ArchiveReader::nextLine()
{
    ++m_line;
    std::size_t searched = 0;
    while (true) {
        const std::size_t end = m_buffer.find('\n', searched);
        if (end != std::string::npos) {
            std::string line = m_buffer.substr(0, end);
            m_buffer.erase(0, end + 1);
            return line;
        }
        searched = m_buffer.size();
        std::string more;
        HEADGATE_TRY(m_file.readAt(m_offset, archiveBufferSize, more));
        if (more.empty())
            return wrongFormat(Text::tr("the file ends too early"));
        m_offset += more.size();
        m_buffer += more;
    }
}

Result<std::optional<data::JsonNode>> ArchiveReader::next()
{
    const auto line = nextLine();
    if (!line)
        return Failure(line.error());
    auto node = data::parseJson(*line, archiveLimits);
    if (!node)
        return wrongFormat(node.error().message);
    if (!node->is_object())
        return wrongFormat(Text::tr("an object was expected"));
    if (!node->contains("end")) {
        addToChecksum(m_checksum, *line);
        return std::move(*node);
    }
    if ((*node)["end"] != m_checksum.hex())
        return wrongFormat(Text::tr("the checksum is wrong; the file was changed"));
    return std::nullopt;
}

data::JsonNode archivedBytes(std::string_view bytes)
{
    return {{"b", toBase64(bytes)}};
}

data::JsonNode archivedText(std::string_view text)
{
    if (data::findInvalidUtf8(text) == std::string_view::npos)
        return text;
    return {{"t", toBase64(text)}};
}

std::optional<std::string> bytesFromArchive(const data::JsonNode& cell)
{
    return decodedMember(cell, "b");
}

std::optional<std::string> textFromArchive(const data::JsonNode& cell)
{
    return cell.is_string() ? cell.get<std::string>() : decodedMember(cell, "t");
}

} // namespace headgate::state
