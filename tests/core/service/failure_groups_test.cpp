// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/failure_groups.h"

#include <gtest/gtest.h>

namespace headgate::service {

namespace {

shape::Node node(const char* name, std::vector<shape::Node> children = {})
{
    shape::Node made;
    made.name = name;
    made.kind = children.empty() ? shape::NodeKind::Column : shape::NodeKind::List;
    made.children = std::move(children);
    return made;
}

shape::Shape customer()
{
    shape::Shape shape;
    shape.root.children = {node("email"), node("name"), node("address1"),
                           node("recently_viewed", {node("price"), node("name")})};
    shape.numberNodes();
    return shape;
}

FailedRecord failed(std::uint8_t key, const char* code, const char* message, bool invalid = false)
{
    FailedRecord record;
    record.keyHash.bytes[0] = key;
    record.keyText = std::to_string(key);
    record.code = code;
    record.message = message;
    record.invalid = invalid;
    return record;
}

} // namespace

TEST(FailureGroups, valuesInMessagesMakeNoCauses)
{
    struct Case
    {
        const char* message;
        const char* pattern;
    };
    const shape::Shape shape = customer();
    for (const Case& each : {
             Case{"Invalid email: ann@example.com", "Invalid email: …"},
             Case{"Invalid email: bob.b+x@example.co.uk.", "Invalid email: …."},
             Case{"User 4711 was not found", "User … was not found"},
             Case{"'Ann Lee' is too long (max 32)", "… is too long (max …)"},
             Case{"Field \"email\" is required", "Field \"email\" is required"},
             Case{"address1 must not be 'x'", "address1 must not be …"},
             Case{"recently_viewed[3].price: 12.50 is no integer",
                  "recently_viewed[…].price: … is no integer"},
             Case{"Don't send 7c9e6679-7425-40de-944b-e07fc1f90ae7 again", "Don't send … again"},
             Case{"", ""},
         })
        EXPECT_EQ(messagePattern(each.message, shape), each.pattern) << each.message;
}

TEST(FailureGroups, theFieldThatIsMeantIsFound)
{
    struct Case
    {
        const char* message;
        const char* path; ///< empty: none
    };
    const shape::Shape shape = customer();
    for (const Case& each : {
             Case{"Invalid email: ann@example.com", "/email"},
             Case{"recently_viewed[3].price is no integer", "/recently_viewed/*/price"},
             Case{"/recently_viewed/3/name is null", "/recently_viewed/*/name"},
             Case{"The price is wrong", "/recently_viewed/*/price"},
             Case{"Required property name is missing", "/name"},
             Case{"\"name\" is too long", "/name"},
             Case{"The name of this thing is strange", ""},
             Case{"Too many requests", ""},
             Case{"", ""},
         }) {
        const shape::NodeId id = nodeNamedIn(each.message, shape);
        EXPECT_EQ(id == 0 ? std::string() : shape.pathOf(id), each.path) << each.message;
    }
}

TEST(FailureGroups, groupsByCodeAndWordsTheMostFrequentFirst)
{
    const std::vector<FailedRecord> failures = {
        failed(1, "bad_email", "Invalid email: a@x.y"),
        failed(2, "too_long", "name is too long"),
        failed(3, "bad_email", "Invalid email: b@x.y"),
        failed(4, "bad_email", "Invalid email: c@x.y"),
        failed(5, "bad_email", "Invalid email: d@x.y"),
        failed(6, "bad_email", "Blocked domain"),
        failed(7, "too_long", "name is too long", true),
    };
    const auto groups = groupFailures(failures, customer());
    ASSERT_EQ(groups.size(), 4U);
    EXPECT_EQ(groups[0].count, 4U);
    EXPECT_EQ(groups[0].code, "bad_email");
    EXPECT_EQ(groups[0].message, "Invalid email: a@x.y");
    EXPECT_EQ(groups[0].field, "/email");
    ASSERT_EQ(groups[0].examples.size(), 3U);
    EXPECT_EQ(groups[0].examples[2].keyText, "4");
    EXPECT_EQ(groups[0].records.size(), 4U);
    EXPECT_FALSE(groups[0].invalid);
    std::uint64_t sum = 0;
    std::size_t invalid = 0;
    for (const FailureGroup& group : groups) {
        sum += group.count;
        invalid += group.invalid ? 1 : 0;
    }
    EXPECT_EQ(sum, failures.size());
    EXPECT_EQ(invalid, 1U) << "not fit to be sent is another cause than refused";
    EXPECT_TRUE(groupFailures({}, customer()).empty());
}

} // namespace headgate::service
