// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/spec_library.h"
#include "fakes/print_to.h"

#include <gtest/gtest.h>

namespace headgate::connector {
namespace {

/// The vocabulary says what other vendors need, and nobody had to bend it.
TEST(PaperSpecs, LoadWithoutAMistake)
{
    SpecLibrary library;
    library.addFolder(QStringLiteral(HEADGATE_SOURCE_DIR "/tests/core/connector/paper"));
    EXPECT_EQ(toString(library.issues()), QString());
    for (const char* id : {"mailchimp", "hubspot", "amplitude", "mixpanel", "attio", "intercom",
                           "salesforce", "braze", "customerio", "marketo", "klaviyo", "bulk_csv",
                           "audience", "tracking", "airtable"})
        EXPECT_TRUE(library.find(id)) << id;
}

} // namespace
} // namespace headgate::connector
