// SPDX-License-Identifier: GPL-3.0-or-later
// How fast rows become records. Build the target bench_core_shape in a release configuration; one
// line a measurement: what, rows, seconds, rows per second, peak growth of resident memory.
#include "core/shape/table_case.h"

#include <QDir>
#include <QFile>
#include <chrono>
#include <cstdio>

using namespace headgate;
using namespace headgate::shape;

namespace {

/// Rows made as they are read: id, then `fanout` rows a key, scattered.
class SyntheticRows final : public data::RowStream
{
public:
    SyntheticRows(data::Schema schema, std::uint64_t rows, std::uint64_t keys)
        : m_schema(std::move(schema)), m_rows(rows), m_keys(keys)
    {}
    [[nodiscard]] const data::Schema& schema() const override { return m_schema; }
    [[nodiscard]] Result<data::ReadStep> read(data::RowBlock& block) override
    {
        block.reset(m_schema.columns.size());
        for (; !block.isFull() && m_next < m_rows; ++m_next) {
            appendNumber(block, m_next);
            appendNumber(block, m_next * 2654435761u % m_keys);
            for (std::size_t column = 2; column < m_schema.columns.size(); ++column)
                appendCell(block, m_schema.columns[column].kind, column);
        }
        return m_next < m_rows ? data::ReadStep::More : data::ReadStep::Done;
    }

private:
    static void appendNumber(data::RowBlock& block, std::uint64_t number)
    {
        const std::size_t begin = block.bytes().size();
        block.bytes() += std::to_string(number);
        block.closeCell(data::ValueKind::Integer, begin);
    }
    void appendCell(data::RowBlock& block, data::ValueKind kind, std::size_t column)
    {
        const std::uint64_t seed = m_next * 31 + column;
        const std::size_t begin = block.bytes().size();
        if (kind == data::ValueKind::Text)
            block.bytes() += "a product name " + std::to_string(seed % 1000);
        else if (kind == data::ValueKind::Decimal)
            block.bytes() += std::to_string(seed % 500) + ".90";
        else if (kind == data::ValueKind::Timestamp)
            block.bytes() += "2026-11-22T10:00:" + std::to_string(10 + seed % 50);
        else
            block.bytes() += std::to_string(seed % 100000);
        block.closeCell(kind, begin);
    }

    data::Schema m_schema;
    std::uint64_t m_rows;
    std::uint64_t m_keys;
    std::uint64_t m_next = 0;
};

/// Peak resident memory in KiB where the system tells, else 0.
long peakMemory()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray& line : status.readAll().split('\n'))
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').front().toLong();
    return 0;
}

void measure(const char* what, const char* shapeJson, const ShapeModels& models, std::uint64_t rows,
             std::uint64_t keys)
{
    const auto program = ShapeProgram::compile(shapeOf(shapeJson), models);
    if (!program) {
        std::printf("%s: %s\n", what, qPrintable(program.error().toString()));
        return;
    }
    RecordOptions options;
    options.shape = *program;
    options.temporaryDirectory = QDir::tempPath().toStdString();
    std::vector<OpenRows> open{[&]() -> Result<std::unique_ptr<data::RowStream>> {
        return std::make_unique<SyntheticRows>(models.main, rows, keys);
    }};
    auto builder = RecordBuilder::create(options, std::move(open));
    const long before = peakMemory();
    const auto start = std::chrono::steady_clock::now();
    std::vector<ShapedRecord> records;
    std::uint64_t count = 0;
    std::uint64_t bytes = 0;
    while (true) {
        const auto step = (*builder)->read(records);
        if (!step) {
            std::printf("%s: %s\n", what, qPrintable(step.error().toString()));
            return;
        }
        for (const ShapedRecord& record : records)
            bytes += record.payload.size();
        count += records.size();
        records.clear();
        if (*step == RecordStep::Done)
            break;
    }
    const double seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    std::printf("%-28s %9llu rows %9llu records %6.2f s %10.0f rows/s %5llu MB +%ld MiB\n", what,
                static_cast<unsigned long long>(rows), static_cast<unsigned long long>(count),
                seconds, double(rows) / seconds, static_cast<unsigned long long>(bytes >> 20),
                (peakMemory() - before) / 1024);
}

constexpr const char* flatShape = R"({"kind":"object","fields":[
    {"name":"id","kind":"column","column":"id"},{"name":"key","kind":"column","column":"key"},
    {"name":"a","kind":"column","column":"a"},{"name":"b","kind":"column","column":"b"},
    {"name":"c","kind":"column","column":"c"},{"name":"d","kind":"column","column":"d"},
    {"name":"e","kind":"column","column":"e"},{"name":"f","kind":"column","column":"f"},
    {"name":"g","kind":"column","column":"g"},{"name":"h","kind":"column","column":"h"}]})";

constexpr const char* listShape = R"({"kind":"object","fields":[
    {"name":"key","kind":"column","column":"key"},
    {"name":"views","kind":"list","form":"dictionaries",
     "sortBy":[{"column":"at","descending":true}],"limit":5,"element":[
        {"name":"name","kind":"column","column":"name"},
        {"name":"price","kind":"column","column":"price"},
        {"name":"at","kind":"column","column":"at"}]}]})";

} // namespace

int main(int argc, char** argv)
{
    const std::uint64_t millions = argc > 1 ? std::stoull(argv[1]) : 1;
    ShapeModels flat{schemaOf({"id:integer", "key:integer", "a:text", "b:text", "c:decimal",
                               "d:decimal", "e:timestamp", "f:integer", "g:integer", "h:text"}),
                     {"id"},
                     {"id"},
                     {}};
    measure("flat, 10 columns", flatShape, flat, millions * 1000000, 1000);
    ShapeModels list{
        schemaOf({"id:integer", "key:integer", "name:text", "price:decimal", "at:timestamp"}),
        {"id"},
        {"key"},
        {}};
    measure("list of 10 rows", listShape, list, millions * 1000000, millions * 100000);
    measure("list of 1000 rows", listShape, list, millions * 1000000, millions * 1000);
    return 0;
}
