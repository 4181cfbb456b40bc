// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/answer_reader.h"
#include "connector/spec_library.h"
#include "data/json_text.h"
#include "fuzz/hold.h"

#include <array>
#include <cstdint>

using namespace headgate;
using namespace headgate::connector;

namespace {

struct Rules
{
    SharedSpec spec;
    const ObjectSpec* object;
    const OperationSpec* operation;
};

/// Every operation of every connector, the vendors' paper specs among them.
std::vector<Rules> allRules()
{
    SpecLibrary library = SpecLibrary::builtIn();
    library.addFolder(QStringLiteral(HEADGATE_SOURCE_DIR "/tests/core/connector/paper"));
    std::vector<Rules> rules;
    for (const SharedSpec& spec : library.all())
        for (const ObjectSpec& object : spec->objects)
            for (const OperationSpec& operation : object.operations)
                rules.push_back({spec, &object, &operation});
    fuzz::hold(rules.size() > 10, "there are rules to read answers by");
    return rules;
}

void check(const BatchResult& result, std::size_t records)
{
    fuzz::hold(result.verdict != Verdict::PerRecord || result.outcomes.size() == records,
               "every record has an outcome");
    fuzz::hold(data::findInvalidUtf8(result.message) == std::string::npos &&
                   data::findInvalidUtf8(result.code) == std::string::npos,
               "what a destination said can be shown");
    for (const RecordOutcome& outcome : result.outcomes)
        fuzz::hold(data::findInvalidUtf8(outcome.message) == std::string::npos &&
                       data::findInvalidUtf8(outcome.code) == std::string::npos,
                   "what a destination said can be shown");
    fuzz::hold(!result.retryAfter || result.retryAfter->count() >= 0, "a wait is not negative");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    static const std::vector<Rules> all = allRules();
    const std::array<OutgoingRecord, 3> records{
        {{"1", {data::ValueKind::Text, "a@example.com"}, {}, R"({"a":1})", {}},
         {"2", {data::ValueKind::Text, "b@example.com"}, {}, R"({"a":2})", {}},
         {"3", {data::ValueKind::Text, "c@example.com"}, {}, R"({"a":3})", {}}}};
    const std::array<std::size_t, 3> traces{0, 1, 2};
    std::size_t choice = size;
    for (std::size_t i = 0; i < size; ++i)
        choice = choice * 31 + bytes[i];
    const Rules& rules = all[choice % all.size()];
    const std::string matchField =
        rules.object->matchFields.empty() ? std::string() : rules.object->matchFields.front().name;
    http::Answer answer;
    answer.transport = http::Transport::Complete;
    answer.headers = {{"Content-Type", "application/json", false}};
    answer.body.assign(reinterpret_cast<const char*>(bytes), size);
    for (const int status : {200, 202, 207, 400, 404, 409, 413, 422, 429, 503}) {
        answer.status = status;
        const AnswerReader reader(*rules.spec, *rules.object, *rules.operation, matchField,
                                  choice % 2 == 0, WallTime(std::chrono::seconds(1'795'000'000)));
        check(reader.read(answer, records, traces), records.size());
        for (const AnswerSpec& rule : rules.operation->answers)
            check(reader.readRule(rule, answer, records, traces), records.size());
        static_cast<void>(reader.failureOf(answer, records.size()));
    }
    return 0;
}
