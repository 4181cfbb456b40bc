// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/source_state.h"

#include <gtest/gtest.h>

namespace headgate::ui {

TEST(SourceState, whatAnAnswerSaysOfTheSource)
{
    struct Case
    {
        const char* code; ///< null: no error
        std::optional<SourceReach> reach;
    };
    const Case cases[] = {{nullptr, SourceReach::Answers},
                          {"source.query.syntax", SourceReach::Answers},
                          {"source.query.permission", SourceReach::Answers},
                          {"source.connect.refused", SourceReach::Fails},
                          {"source.connection.lost", SourceReach::Fails},
                          {"source.tunnel.timeout", SourceReach::Fails},
                          {"secret.missing", SourceReach::Fails},
                          {"source.options.missing", std::nullopt},
                          {"source.statement.writes", std::nullopt},
                          {"model.key.empty", std::nullopt},
                          {"cancelled", std::nullopt}};
    for (const auto& [code, reach] : cases) {
        Error error;
        if (code != nullptr) {
            error.code = code;
            error.message = QStringLiteral("Why.");
        }
        const auto state = stateAfter(code != nullptr ? &error : nullptr);
        ASSERT_EQ(state.has_value(), reach.has_value()) << (code ? code : "no error");
        if (!state)
            continue;
        EXPECT_EQ(state->reach, *reach) << code;
        EXPECT_EQ(!state->trouble.isEmpty(), *reach == SourceReach::Fails) << code;
    }
}

} // namespace headgate::ui
