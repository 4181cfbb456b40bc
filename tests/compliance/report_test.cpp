// SPDX-License-Identifier: GPL-3.0-or-later
#include "compliance/compliance_case.h"
#include "fakes/run_world.h"
#include "project/mode_operations.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace headgate::compliance {
namespace {

using connector::Operation;
using testing::HasSubstr;

constexpr std::size_t recordsSent = 10;
constexpr std::size_t refusedRecord = 3; ///< of which the hand-written answers speak

std::optional<project::SyncMode> modeThatWrites(Operation operation)
{
    using project::SyncMode;
    for (const SyncMode mode : {SyncMode::Upsert, SyncMode::Update, SyncMode::Insert,
                                SyncMode::Replace, SyncMode::Append, SyncMode::Delete})
        if (project::writeOperation(mode) == operation)
            return mode;
    return std::nullopt;
}

std::string matchOf(const ComplianceCase& tested, std::size_t record)
{
    std::string match = tested.matchPattern;
    return match.replace(match.find('%'), 1, std::to_string(record));
}

std::string keyOf(std::size_t record)
{
    return "key-" + std::to_string(record);
}

/// A destination that answers ten records as its documentation says, refusing one of them.
class HandWrittenAnswers
{
public:
    explicit HandWrittenAnswers(const ComplianceCase& tested) : m_case(tested) {}

    [[nodiscard]] http::Answer answer(const http::Request& request)
    {
        const std::vector<std::size_t> held = recordsIn(request);
        const bool holdsIt = std::find(held.begin(), held.end(), refusedRecord) != held.end();
        if (m_case.refusedWhole)
            return holdsIt ? m_case.refused.front() : m_case.accepted.front();
        if (m_case.records == 1) {
            const auto& steps = holdsIt ? m_case.refused : m_case.accepted;
            return steps[std::min(m_steps[held.empty() ? 0 : held.front()]++, steps.size() - 1)];
        }
        if (m_order.empty())
            m_order = held;
        const std::size_t step = m_steps[0]++;
        return step < m_case.refused.size() ? m_case.refused[step] : m_case.rest.back();
    }

    /// The record that the answers speak of: by its match value, or as the fourth that was sent.
    [[nodiscard]] std::size_t named() const
    {
        const std::string match = matchOf(m_case, refusedRecord);
        const bool echoed = std::any_of(m_case.refused.begin(), m_case.refused.end(),
                                        [&](const http::Answer& answer) {
                                            return answer.body.find(match) != std::string::npos;
                                        });
        const bool isOrdered = !echoed && m_order.size() == recordsSent;
        return isOrdered ? m_order[refusedRecord] : refusedRecord;
    }

private:
    /// In the order in which they were sent.
    [[nodiscard]] std::vector<std::size_t> recordsIn(const http::Request& request) const
    {
        const std::string sent = request.url + '\n' + (request.body ? *request.body : "");
        std::map<std::size_t, std::size_t> places;
        for (std::size_t i = 0; i < recordsSent; ++i) {
            const std::string name = "Name " + std::to_string(i);
            const std::size_t at = std::min(sent.find(name), sent.find(matchOf(m_case, i)));
            if (at != std::string::npos)
                places.emplace(at, i);
        }
        std::vector<std::size_t> records;
        for (const auto& [place, record] : places)
            records.push_back(record);
        return records;
    }

    const ComplianceCase& m_case;
    std::map<std::size_t, std::size_t> m_steps; ///< of each record, or of the batch
    std::vector<std::size_t> m_order;
};

class Report : public testing::TestWithParam<ComplianceCase>
{};

TEST_P(Report, NamesTheOneRecordOfTenThatWasRefused)
{
    const ComplianceCase& tested = GetParam();
    Subject subject(tested);
    connector::Destination& destination = subject.destination();
    const auto can = destination.capabilities(tested.object);
    ASSERT_TRUE(can);
    fakes::RunWorldFixture world;
    HandWrittenAnswers answers(tested);
    world.http.setHandler([&](const http::Request& request) { return answers.answer(request); });

    run::SyncRunOptions options;
    options.sync = world.sync;
    options.sync.object = tested.object;
    options.sync.mode = *modeThatWrites(tested.operation);
    options.sync.matching.field = tested.matchField;
    options.target = "development";
    options.state = world.state();
    options.firstRun = true;
    options.capabilities = *can;
    options.requestValues = subject.batch(std::size_t{1}).requestValues;
    options.spoolDirectory = world.directory();
    options.openRecords = [&]() -> Result<std::unique_ptr<shape::RecordStream>> {
        std::vector<shape::ShapedRecord> records;
        for (std::size_t i = 0; i < recordsSent; ++i)
            records.push_back(fakes::record(keyOf(i), matchOf(tested, i), subject.payload(i)));
        return std::make_unique<fakes::ScriptedRecords>(std::move(records));
    };
    run::SyncRun run(
        options, {destination, world.http, world.store(), world.ledger, world.clock, world.random},
        world.stop.token(), world.abandon.token());
    while (run.step() == run::SyncRun::Step::More) {
    }
    const run::RunReport& report = run.report();
    EXPECT_TRUE(report.addsUp());
    EXPECT_FALSE(report.error) << report.error->toString().toStdString();
    EXPECT_EQ(report.outcomes[run::Outcome::Rejected], 1U);
    EXPECT_EQ(report.outcomes[run::Outcome::Successful], recordsSent - 1);
    ASSERT_EQ(report.rejections.size(), 1U);
    EXPECT_EQ(report.rejections[0].example, keyOf(answers.named()));
    EXPECT_EQ(report.rejections[0].code, tested.code);
    EXPECT_THAT(report.rejections[0].message, HasSubstr(tested.words));
}

/// Left out: what no run writes by itself, answers that name no record, refusals of a whole
/// request that may not be parted, and deletions one by one, of which a request may show a hash.
std::vector<ComplianceCase> namingCases()
{
    std::vector<ComplianceCase> cases;
    for (const ComplianceCase& tested : allCases()) {
        const bool parts = !tested.refusedWhole || tested.splittable || tested.records == 1;
        const bool shows = tested.records > 1 || tested.operation != Operation::Delete;
        if (modeThatWrites(tested.operation) && tested.refusedRecord && parts && shows)
            cases.push_back(tested);
    }
    return cases;
}

std::string reportCaseName(const testing::TestParamInfo<ComplianceCase>& info)
{
    std::string name = info.param.connector.id + '_' + info.param.name;
    for (char& c : name)
        c = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ? c : '_';
    return name;
}

INSTANTIATE_TEST_SUITE_P(All, Report, testing::ValuesIn(namingCases()), reportCaseName);

} // namespace
} // namespace headgate::compliance
