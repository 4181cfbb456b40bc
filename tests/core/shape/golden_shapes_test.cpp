// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/table_case.h"
#include "data/json.h"
#include "shape/shape_json.h"

#include <QDir>
#include <QFile>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::shape;

namespace {

QDir goldenFolder()
{
    return QDir(QStringLiteral(HEADGATE_SOURCE_DIR "/tests/golden/shapes"));
}

std::vector<std::string> goldenNames()
{
    std::vector<std::string> names;
    for (const QString& name : goldenFolder().entryList(QDir::Dirs | QDir::NoDotAndDotDot))
        names.push_back(name.toStdString());
    return names;
}

std::string contentOf(const QString& path)
{
    QFile file(path);
    EXPECT_TRUE(file.open(QIODevice::ReadOnly)) << path.toStdString();
    return file.readAll().toStdString();
}

/// A folder of tests/golden/shapes: the rows of rows.json through shape.json are expected.json,
/// byte for byte but for white space. Set HEADGATE_WRITE_GOLDEN to print what came out.
class GoldenShapes : public testing::TestWithParam<std::string>
{
protected:
    [[nodiscard]] std::string content(const char* name) const
    {
        return contentOf(goldenFolder().filePath(QString::fromStdString(GetParam())) +
                         QLatin1Char('/') + QLatin1String(name));
    }
};

} // namespace

TEST_P(GoldenShapes, comeOutAsExpected)
{
    const TableCase table = TableCase::parse(content("rows.json"));
    const Shape shape = shapeOf(content("shape.json"));
    const std::string actual = recordsJson(table.records(shape), table);
    if (qEnvironmentVariableIsSet("HEADGATE_WRITE_GOLDEN"))
        std::cout << actual << '\n';
    std::string expected;
    ASSERT_TRUE(data::appendCompactJson(expected, content("expected.json")));
    EXPECT_EQ(actual, expected);
}

TEST_P(GoldenShapes, doNotDependOnOrderBlocksOrMemory)
{
    TableCase table = TableCase::parse(content("rows.json"));
    const Shape shape = shapeOf(content("shape.json"));
    const std::string expected = recordsJson(table.records(shape), table);
    std::mt19937 random(7);
    for (const std::size_t blockRows : {1u, 2u, 100u}) {
        if (!table.keepsOrder)
            table = table.shuffled(random);
        EXPECT_EQ(recordsJson(table.records(shape, blockRows), table), expected);
    }
}

TEST_P(GoldenShapes, fileFormIsStable)
{
    const Shape shape = shapeOf(content("shape.json"));
    EXPECT_EQ(nlohmann::json::parse(toJson(shape).dump()),
              nlohmann::json::parse(content("shape.json")));
}

INSTANTIATE_TEST_SUITE_P(Shape, GoldenShapes, testing::ValuesIn(goldenNames()),
                         [](const auto& golden) { return golden.param; });
