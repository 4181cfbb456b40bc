// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/table_case.h"

#include <QDir>
#include <gtest/gtest.h>
#include <sys/resource.h>

using namespace headgate;
using namespace headgate::shape;

namespace {

/// The process may open so many more files for as long as this lives.
class FewMoreFiles
{
public:
    explicit FewMoreFiles(rlim_t more)
    {
        EXPECT_EQ(::getrlimit(RLIMIT_NOFILE, &m_old), 0);
        const QDir open(QStringLiteral("/dev/fd"));
        const auto now =
            static_cast<rlim_t>(open.entryList(QDir::AllEntries | QDir::System).size());
        const rlimit few{now + more, m_old.rlim_max};
        EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
    }
    ~FewMoreFiles() { EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &m_old), 0); }

private:
    rlimit m_old{};
};

} // namespace

TEST(RecordBuilderOpenFiles, oneLookUpThatEveryRecordSharesNeedsFew)
{
    TableCase table = TableCase::parse(R"({"rowKey":["id"],"recordKey":["id"],
        "columns":["id:integer","country:text"],"rows":[],
        "related":[{"name":"countries","join":{"country":"country"},"toOne":true,
        "columns":["country:text","title:text"],"rows":[["DE","Germany"]]}]})");
    constexpr std::size_t records = 3000;
    for (std::size_t i = 0; i < records; ++i)
        table.mainRows.push_back(
            {{data::ValueKind::Integer, std::to_string(i)}, {data::ValueKind::Text, "DE"}});
    table.options.memoryBudget = 1;
    const auto builder = table.builder(
        shapeOf(R"({"kind":"object","fields":[{"name":"title","kind":"column","column":"title",
            "model":"countries","missing":"invalid"}]})"),
        1000);
    std::vector<ShapedRecord> read;
    const FewMoreFiles few(16);
    while (true) {
        const auto step = builder->read(read);
        ASSERT_TRUE(step) << step.error().toString().toStdString();
        if (*step == RecordStep::Done)
            break;
    }
    ASSERT_EQ(read.size(), records);
    for (const ShapedRecord& record : read)
        EXPECT_EQ(record.payload, R"({"title":"Germany"})");
}
