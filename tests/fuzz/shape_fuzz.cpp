// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/hold.h"
#include "shape/shape_check.h"
#include "shape/shape_json.h"
#include "shape/shape_program.h"

#include <cstdint>

using namespace headgate;
using namespace headgate::shape;

namespace {

ShapeModels shopModels()
{
    using data::ValueKind;
    ShapeModels models;
    models.main.columns = {
        {"id", ValueKind::Integer, {}, {}},   {"customer", ValueKind::Text, {}, {}},
        {"name", ValueKind::Text, {}, {}},    {"price", ValueKind::Decimal, {}, {}},
        {"at", ValueKind::Timestamp, {}, {}}, {"ok", ValueKind::Bool, {}, {}},
        {"doc", ValueKind::Json, {}, {}}};
    models.rowKey = {"id"};
    models.recordKey = {"customer"};
    data::Schema views;
    views.columns = {{"customer", ValueKind::Text, {}, {}}, {"name", ValueKind::Text, {}, {}}};
    models.related = {{"views", views, {"customer"}, {"customer"}, false, {}},
                      {"account", views, {"customer"}, {"customer"}, true, {}}};
    return models;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    static const ShapeModels models = shopModels();
    const auto json = data::parseJson({reinterpret_cast<const char*>(bytes), size});
    if (!json)
        return 0;
    Issues issues;
    const auto shape = shapeFromJson(*json, "/shape", issues);
    fuzz::hold(shape.has_value() == !hasErrors(issues),
               "a shape is refused exactly if it is wrong");
    for (const Issue& issue : issues)
        fuzz::hold(issue.place.starts_with("/shape") && !issue.message.isEmpty(),
                   "a mistake has a place and a sentence");
    if (!shape)
        return 0;
    Issues none;
    const auto again = shapeFromJson(toJson(*shape), "/shape", none);
    fuzz::hold(again && *again == *shape, "what is written is read back as it was");
    const bool correct = !hasErrors(issuesOf(checkShape(*shape, models)));
    fuzz::hold(ShapeProgram::compile(*shape, models).has_value() == correct,
               "a shape compiles exactly if the check found nothing wrong");
    return 0;
}
