// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/run_file.h"

#include "base/text.h"
#include "data/json.h"
#include "data/json_text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace headgate::connector {

namespace {

constexpr std::uint64_t journalLimit = 256 << 20;
constexpr int journalVersion = 1;

[[nodiscard]] Failure damagedFailure(const std::string& path)
{
    return fail(ErrorKind::Destination, "file.damaged",
                Text::tr("%1 does not hold what its journal says: it was changed or its disk lost "
                         "data. Move it and its journal away and send everything again.")
                    .arg(toQString(path)));
}

std::string journalHeader(const std::string& run, const std::string& dataPath)
{
    std::string line = R"({"headgate":"run file","version":)" + std::to_string(journalVersion);
    line += R"(,"run":)";
    data::appendJsonString(line, run);
    line += R"(,"data":)";
    data::appendJsonString(line, QFileInfo(toQString(dataPath)).fileName().toStdString());
    return line + "}\n";
}

std::string batchLine(const std::string& key, std::uint64_t end, const std::string& note)
{
    std::string line = R"({"key":)";
    data::appendJsonString(line, key);
    line += R"(,"end":)" + std::to_string(end);
    if (!note.empty()) {
        line += R"(,"note":)";
        data::appendJsonString(line, note);
    }
    return line + "}\n";
}

bool isThere(const std::string& path)
{
    return QFile::exists(toQString(path));
}

} // namespace

Result<std::unique_ptr<RunFile>> RunFile::open(RunFilePaths paths, const std::string& run)
{
    std::unique_ptr<RunFile> file(new RunFile(std::move(paths)));
    const bool existed = isThere(file->m_paths.data);
    if (existed && !isThere(file->m_paths.journal))
        return fail(ErrorKind::Destination, "file.foreign",
                    Text::tr("%1 is there already and is not of this run. Choose another file "
                             "name or move it away.")
                        .arg(toQString(file->m_paths.data)));
    HEADGATE_TRY(file->openJournal());
    if (file->m_run.empty())
        HEADGATE_TRY(file->start(run));
    if (file->m_run != run)
        return damagedFailure(file->m_paths.journal);
    HEADGATE_TRY(file->openData(existed));
    return file;
}

Result<void> RunFile::abandon(const std::string& journal)
{
    RunFile file({{}, {}, journal});
    HEADGATE_TRY(file.openJournal());
    const std::string& data = file.m_paths.data;
    if (!data.empty() && !file.m_committed && isThere(data)) {
        const bool inPlace = QFileInfo(toQString(data)).suffix() != QLatin1String("part");
        HEADGATE_TRY(inPlace ? file.openData(true) : removeFile(data));
    }
    return removeFile(journal);
}

Result<void> RunFile::openJournal()
{
    auto journal = DurableFile::openLocked(m_paths.journal);
    if (!journal)
        return propagate(std::move(journal));
    m_journal = std::move(*journal);
    auto text = m_journal->read(journalLimit);
    if (!text)
        return propagate(std::move(text));
    return recover(*text);
}

Result<void> RunFile::start(const std::string& run)
{
    const std::string header = journalHeader(run, m_paths.data);
    HEADGATE_TRY(m_journal->append(header));
    HEADGATE_TRY(m_journal->sync());
    m_journalEnd = header.size();
    m_run = run;
    return {};
}

/// The last line counts only if it is whole.
Result<void> RunFile::recover(const std::string& journal)
{
    std::size_t at = 0;
    for (std::size_t end = journal.find('\n'); end != std::string::npos;
         end = journal.find('\n', at)) {
        if (!readLine(journal.substr(at, end - at)))
            return damagedFailure(m_paths.journal);
        at = end + 1;
    }
    m_journalEnd = at;
    HEADGATE_TRY(m_journal->truncate(m_journalEnd));
    return m_journal->sync();
}

bool RunFile::readLine(const std::string& line)
{
    const auto node = data::parseJson(line);
    if (!node || !node->is_object())
        return false;
    if (m_run.empty())
        return readHeader(*node);
    if (node->contains("committed")) {
        m_committed = true;
        return true;
    }
    const auto key = node->find("key");
    const auto end = node->find("end");
    if (key == node->end() || !key->is_string() || end == node->end() ||
        !end->is_number_unsigned() || end->get<std::uint64_t>() < m_end)
        return false;
    m_keys.insert(key->get<std::string>());
    m_end = end->get<std::uint64_t>();
    if (const auto note = node->find("note"); note != node->end() && note->is_string())
        m_note = note->get<std::string>();
    return true;
}

bool RunFile::readHeader(const data::JsonNode& node)
{
    const auto version = node.find("version");
    const auto run = node.find("run");
    const auto name = node.find("data");
    if (version == node.end() || *version != journalVersion || run == node.end() ||
        !run->is_string() || name == node.end() || !name->is_string())
        return false;
    m_run = run->get<std::string>();
    if (m_paths.data.empty())
        m_paths.data = QFileInfo(toQString(m_paths.journal))
                           .dir()
                           .filePath(toQString(name->get<std::string>()))
                           .toStdString();
    if (m_paths.target.empty())
        m_paths.target = m_paths.data;
    return !m_run.empty();
}

Result<void> RunFile::openData(bool existed)
{
    if (m_committed)
        return {};
    const bool renames = m_paths.data != m_paths.target;
    if (!existed && !m_keys.empty()) {
        if (!renames || !isThere(m_paths.target))
            return damagedFailure(m_paths.data);
        return commit();
    }
    auto file = DurableFile::open(m_paths.data);
    if (!file)
        return propagate(std::move(file));
    m_data = std::move(*file);
    const auto size = m_data->size();
    if (!size)
        return Failure(size.error());
    if (*size < m_end)
        return damagedFailure(m_paths.data);
    HEADGATE_TRY(m_data->truncate(m_end));
    return m_data->sync();
}

AppendResult RunFile::append(std::string_view bytes, const std::string& key,
                             const std::string& note)
{
    if (m_dirty)
        if (auto clean = rollBack(); !clean)
            return {Appended::NotAtAll, clean.error()};
    const std::string line = batchLine(key, m_end + bytes.size(), note);
    m_dirty = true;
    if (auto written = writeBatch(bytes, line); !written) {
        const auto clean = rollBack();
        return {clean ? Appended::NotAtAll : Appended::Unknown, written.error()};
    }
    m_dirty = false;
    m_end += bytes.size();
    m_journalEnd += line.size();
    m_keys.insert(key);
    if (!note.empty())
        m_note = note;
    return {};
}

Result<void> RunFile::writeBatch(std::string_view bytes, const std::string& line)
{
    HEADGATE_TRY(m_data->append(bytes));
    HEADGATE_TRY(m_data->sync());
    HEADGATE_TRY(m_journal->append(line));
    return m_journal->sync();
}

Result<void> RunFile::rollBack()
{
    HEADGATE_TRY(m_journal->truncate(m_journalEnd));
    HEADGATE_TRY(m_journal->sync());
    HEADGATE_TRY(m_data->truncate(m_end));
    HEADGATE_TRY(m_data->sync());
    m_dirty = false;
    return {};
}

Result<void> RunFile::commit()
{
    if (m_committed)
        return {};
    if (m_dirty)
        HEADGATE_TRY(rollBack());
    if (m_end == 0 && m_paths.data == m_paths.target)
        return leaveNothing();
    if (m_data)
        HEADGATE_TRY(m_data->sync());
    if (m_paths.data != m_paths.target && isThere(m_paths.data))
        HEADGATE_TRY(renameDurably(m_paths.data, m_paths.target));
    m_dirty = true;
    HEADGATE_TRY(m_journal->append("{\"committed\":true}\n"));
    HEADGATE_TRY(m_journal->sync());
    m_dirty = false;
    m_committed = true;
    return {};
}

Result<void> RunFile::leaveNothing()
{
    m_data.reset();
    if (isThere(m_paths.data))
        HEADGATE_TRY(removeFile(m_paths.data));
    HEADGATE_TRY(removeFile(m_paths.journal));
    m_committed = true;
    return {};
}

} // namespace headgate::connector
