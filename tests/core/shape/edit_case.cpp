// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/shape/edit_case.h"

#include "data/json.h"
#include "shape/shape_json.h"

#include <gtest/gtest.h>

namespace headgate::shape {

const ShapeModels& editModels()
{
    static const ShapeModels models = [] {
        ShapeModels made;
        made.main = schemaOf({"id:integer", "who:text", "email:text", "price:decimal", "doc:json"});
        made.rowKey = {"id"};
        made.recordKey = {"who"};
        made.related = {
            {"views",
             schemaOf({"who:text", "sku:text", "cost:decimal", "at:timestamp", "extra:json"}),
             {"who"},
             {"who"},
             false,
             "at"},
            {"orders", schemaOf({"who:text", "no:integer"}), {"who"}, {"who"}, false, {}},
            {"account", schemaOf({"who:text", "plan:text"}), {"who"}, {"who"}, true, {}}};
        return made;
    }();
    return models;
}

std::string views(const std::string& element, const std::string& options)
{
    return R"({"name":"views","kind":"list","form":"dictionaries","source":{"model":"views"},)" +
           options + R"("element":[)" + element + "]}";
}

std::string column(const std::string& name)
{
    return R"({"name":")" + name + R"(","kind":"column","column":")" + name + "\"}";
}

std::string object(const std::string& name, const std::string& fields)
{
    return R"({"name":")" + name + R"(","kind":"object","fields":[)" + fields + "]}";
}

NodeId idOf(const Shape& shape, const std::string& path)
{
    for (const auto& [id, known] : shape.paths())
        if (known == path)
            return id;
    ADD_FAILURE() << "no node at " << path;
    return 0;
}

void PrintTo(const EditCase& edit, std::ostream* out)
{
    *out << edit.name;
}

void EditCase::check() const
{
    const Editing before{shapeOf(R"({"kind":"object","fields":[)" + fields + "]}")};
    const auto edited = edit(before);
    if (!edited) {
        EXPECT_EQ(edited.error().code, "shape.edit." + expected)
            << edited.error().message.toStdString();
        EXPECT_EQ(edited.error().kind, ErrorKind::Usage);
        EXPECT_TRUE(edited.error().message.endsWith(QLatin1Char('.')));
        return;
    }
    const auto wanted = data::parseJson('[' + expected + ']');
    ASSERT_TRUE(wanted) << expected
                        << " was expected, it was done: " << toJson(edited->shape).dump();
    EXPECT_EQ(toJson(edited->shape)["fields"].dump(1), wanted->dump(1));
    EXPECT_EQ(edited->shape.pathOf(edited->selected), selected);
    Issues issues;
    const auto reread = shapeFromJson(toJson(edited->shape), {}, issues);
    ASSERT_TRUE(reread) << toString(issues).toStdString();
    EXPECT_EQ(toJson(*reread), toJson(edited->shape));
}

} // namespace headgate::shape
