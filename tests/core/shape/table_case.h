// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "fakes/fake_row_stream.h"
#include "shape/record_builder.h"

#include <functional>
#include <random>
#include <string>

namespace headgate::shape {

/// A main model with its rows, related models with theirs, and what makes records of them: as
/// written in a test,
///   {"rowKey":["id"],"recordKey":["customer"],"columns":["id:integer","customer:text"],
///    "rows":[[1,"a"],[2,null],[3,{"invalid":"nan"}]],
///    "related":[{"name":"views","join":{"customer":"customer"},"toOne":false,"columns":...,
///                "rows":...,"eventTime":"at"}],
///    "match":"email" or "matchLeaf":"/email","filter":[...],"eventTime":"at","cursor":"at"}
struct TableCase
{
    using Rows = fakes::FakeRowStream::Rows;

    ShapeModels models;
    Rows mainRows;
    std::vector<Rows> relatedRows;
    RecordOptions options; ///< without shape
    bool keepsOrder = false;

    [[nodiscard]] static TableCase parse(std::string_view json);

    /// The rows of every model in another order.
    [[nodiscard]] TableCase shuffled(std::mt19937& random) const;
    [[nodiscard]] std::unique_ptr<RecordBuilder> builder(const Shape& shape,
                                                         std::size_t blockRows = 3) const;
    /// All records, by key text. Fails the test on an error.
    [[nodiscard]] std::vector<ShapedRecord> records(const Shape& shape,
                                                    std::size_t blockRows = 3) const;
};

[[nodiscard]] data::Schema schemaOf(const std::vector<std::string>& columns);
/// Fails the test on an issue.
[[nodiscard]] Shape shapeOf(std::string_view json);

/// [{"key":"1","payload":{...}},{"key":"2","problems":["map.key.null"]},{"key":"3","filtered":true}]
/// and match, eventTime and cursor where the case asks for them.
[[nodiscard]] std::string recordsJson(const std::vector<ShapedRecord>& records,
                                      const TableCase& table);

} // namespace headgate::shape
