// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "data/csv.h"
#include "data/json_text.h"
#include "service/run_history.h"

#include <QSaveFile>
#include <array>

namespace headgate::service {

namespace {

constexpr std::uint32_t recordsPerPage = 500;

struct RecordColumn
{
    const char* name;
    std::string (*of)(const state::HistoryRow&);
};

constexpr std::array recordColumns{
    RecordColumn{"key", [](const state::HistoryRow& row) { return row.keyText; }},
    RecordColumn{"category", [](const state::HistoryRow& row) { return row.category; }},
    RecordColumn{"outcome", [](const state::HistoryRow& row) { return row.outcome; }},
    RecordColumn{"code", [](const state::HistoryRow& row) { return row.code; }},
    RecordColumn{"message", [](const state::HistoryRow& row) { return row.message; }},
    RecordColumn{"at", [](const state::HistoryRow& row) { return toIso(row.at); }},
    RecordColumn{"payload", [](const state::HistoryRow& row) { return row.payload; }},
    RecordColumn{"answer", [](const state::HistoryRow& row) { return row.answer; }}};

void appendCsvRecord(std::string& out, const state::HistoryRow& row)
{
    for (std::size_t i = 0; i < recordColumns.size(); ++i) {
        out += i > 0 ? "," : "";
        data::appendCsvCell(out, recordColumns[i].of(row));
    }
    out += "\r\n";
}

void appendJsonRecord(std::string& out, const state::HistoryRow& row)
{
    out += '{';
    for (std::size_t i = 0; i < recordColumns.size(); ++i) {
        out += i > 0 ? "," : "";
        data::appendJsonString(out, recordColumns[i].name);
        out += ':';
        data::appendJsonString(out, recordColumns[i].of(row));
    }
    out += "}\n";
}

Failure notWritten(const QSaveFile& file)
{
    return fail(ErrorKind::State, "export.write",
                Text::tr("%1 could not be written: %2. What was there before is untouched.")
                    .arg(file.fileName(), file.errorString()));
}

Result<void> writeAll(QSaveFile& file, const std::string& text)
{
    const auto size = static_cast<qint64>(text.size());
    return file.write(text.data(), size) == size ? Result<void>() : notWritten(file);
}

} // namespace

Result<std::uint64_t> exportRecords(RunHistory& history, RecordQuery query,
                                    const std::set<Hash128>& keys, RecordFormat format,
                                    const std::string& path, const StopToken& stop)
{
    QSaveFile file(toQString(path));
    if (!file.open(QIODevice::WriteOnly))
        return notWritten(file);
    std::string out;
    if (format == RecordFormat::Csv) {
        for (const RecordColumn& column : recordColumns)
            out += (out.empty() ? "" : ",") + std::string(column.name);
        out += "\r\n";
    }
    query.limit = recordsPerPage;
    query.bodies = true;
    query.after.clear();
    std::uint64_t count = 0;
    do {
        if (stop.stopRequested())
            return fail(ErrorKind::Cancelled, "cancelled",
                        Text::tr("The export was cancelled; no file was written."));
        const auto page = history.find(query, keys);
        if (!page)
            return Failure(page.error());
        for (const RunRecord& record : page->records)
            format == RecordFormat::Csv ? appendCsvRecord(out, record.row)
                                        : appendJsonRecord(out, record.row);
        count += page->records.size();
        query.after = page->next;
        HEADGATE_TRY(writeAll(file, out));
        out.clear();
    } while (!query.after.empty());
    // commit() alone would put a cut file in place where the disk is full.
    if (!file.flush() || file.error() != QFileDevice::NoError || !file.commit())
        return notWritten(file);
    return count;
}

} // namespace headgate::service
