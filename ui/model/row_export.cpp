// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/row_export.h"

#include "base/text.h"
#include "data/csv.h"
#include "data/json_text.h"

#include <QSaveFile>

namespace headgate::ui {

namespace {

constexpr std::size_t writtenAtOnce = 1 << 20;

class RowWriter
{
public:
    RowWriter(const RowExport& what, QSaveFile& file)
        : m_what(what), m_file(file), m_names(what.rows->schema().addressableNames())
    {}

    Result<std::uint64_t> run(const StopToken& stop)
    {
        if (!m_file.open(QIODevice::WriteOnly))
            return problem();
        begin();
        for (std::size_t i = 0; i < m_what.order.size(); ++i) {
            if (stop.stopRequested())
                return fail(ErrorKind::Cancelled, "cancelled",
                            Text::tr("The export was cancelled; no file was written."));
            row(m_what.order[i], i == 0);
            if (m_out.size() > writtenAtOnce)
                HEADGATE_TRY(flush());
        }
        if (m_what.format == RowFormat::Json)
            m_out += m_what.order.empty() ? "]\n" : "\n]\n";
        HEADGATE_TRY(flush());
        // commit() alone would put a cut file in place where the disk is full.
        if (!m_file.flush() || m_file.error() != QFileDevice::NoError || !m_file.commit())
            return problem();
        return m_what.order.size();
    }

private:
    [[nodiscard]] Failure problem() const
    {
        return fail(ErrorKind::State, "export.write",
                    Text::tr("%1 could not be written: %2. What was there before is untouched.")
                        .arg(m_what.file, m_file.errorString()));
    }

    Result<void> flush()
    {
        const auto size = static_cast<qint64>(m_out.size());
        if (m_file.write(m_out.data(), size) != size)
            return problem();
        m_out.clear();
        return {};
    }

    void begin()
    {
        switch (m_what.format) {
        case RowFormat::Csv:
            for (std::size_t i = 0; i < m_what.columns.size(); ++i) {
                m_out += i > 0 ? "," : "";
                data::appendCsvCell(m_out, m_names[m_what.columns[i]]);
            }
            m_out += "\r\n";
            break;
        case RowFormat::Json:
            m_out += '[';
            break;
        case RowFormat::JsonLines:
            break;
        }
    }

    void row(std::uint32_t number, bool first)
    {
        switch (m_what.format) {
        case RowFormat::Csv:
            for (std::size_t i = 0; i < m_what.columns.size(); ++i) {
                m_out += i > 0 ? "," : "";
                data::appendCsvCell(m_out, m_what.rows->at(number, m_what.columns[i]).text);
            }
            m_out += "\r\n";
            break;
        case RowFormat::Json:
            m_out += first ? "\n" : ",\n";
            object(number);
            break;
        case RowFormat::JsonLines:
            object(number);
            m_out += '\n';
            break;
        }
    }

    void object(std::uint32_t number)
    {
        m_out += '{';
        for (std::size_t i = 0; i < m_what.columns.size(); ++i) {
            m_out += i > 0 ? "," : "";
            data::appendJsonString(m_out, m_names[m_what.columns[i]]);
            m_out += ':';
            const data::ValueView value = m_what.rows->at(number, m_what.columns[i]);
            data::appendJsonValue(m_out, value.kind == data::ValueKind::Invalid ? data::ValueView()
                                                                                : value);
        }
        m_out += '}';
    }

    const RowExport& m_what;
    QSaveFile& m_file;
    std::vector<std::string> m_names;
    std::string m_out;
};

} // namespace

const char* fileEnding(RowFormat format)
{
    switch (format) {
    case RowFormat::Csv:
        return "csv";
    case RowFormat::Json:
        return "json";
    case RowFormat::JsonLines:
        return "jsonl";
    }
    return "";
}

Result<std::uint64_t> exportRows(const RowExport& what, const StopToken& stop)
{
    QSaveFile file(what.file);
    return RowWriter(what, file).run(stop);
}

} // namespace headgate::ui
