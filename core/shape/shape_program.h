// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shape/condition_program.h"
#include "shape/shape_models.h"
#include "shape/value_program.h"

#include <memory>

namespace headgate::shape {

/// A shape with every name resolved against the models, flat in document order, so that shaping a
/// row looks nothing up. Immutable, shared between threads. Models are numbered: 0 is the main
/// model, n is ShapeModels::related[n - 1].
struct ShapeProgram
{
    static constexpr std::size_t noColumn = static_cast<std::size_t>(-1);

    struct SortColumn
    {
        std::size_t column = 0;
        bool descending = false;
    };

    /// A total order of rows up to rows that read alike: keys, then ties ascending.
    struct RowOrder
    {
        std::vector<SortColumn> keys;
        std::vector<std::size_t> ties;
    };

    /// A default or replacement in the leaf's type.
    struct Literal
    {
        data::Value value;
        std::string json;
    };

    struct Leaf
    {
        std::size_t model = 0;
        bool isLookup = false; ///< of a related model that is not the scope's
        ValueProgram program;
        std::vector<std::size_t> cells; ///< columns, as program.cells(); noColumn: none
        bool isPlain = false; ///< of one row it yields the cell of its one column as it is
        Pick pick = Pick::None;
        RowOrder order;
        ConditionProgram where;
        LeafType type = LeafType::AsIs;
        std::optional<Literal> constant; ///< what the program yields for every row
        std::optional<Literal> whenInvalid;
        std::optional<Literal> whenNull;
        NullPolicy nulls = NullPolicy::SendNull;
        Missing missing = Missing::Null;
    };

    struct List
    {
        std::size_t model = 0;
        bool isRelated = false; ///< walks the related rows of the enclosing main rows
        bool isMap = false;
        ListForm form = ListForm::Dictionaries;
        ConditionProgram where;
        std::vector<std::size_t> itemColumns; ///< rows in which all of them are null are left out
        std::vector<std::size_t> groupBy;
        bool inQueryOrder = false;
        RowOrder order;
        std::vector<std::size_t> distinct;
        std::optional<std::uint64_t> limit;
        ValueProgram key;
        std::vector<std::size_t> keyCells;
        RepeatedKeys repeated = RepeatedKeys::Invalid;
    };

    struct Op
    {
        NodeKind kind = NodeKind::Object;
        NodeId id = 0;
        std::string member; ///< "\"name\":", or empty
        std::string path;   ///< Shape::pathOf
        WhenEmpty whenEmpty = WhenEmpty::Send;
        std::size_t end = 0;                   ///< past the last op of the subtree
        std::size_t detail = 0;                ///< into leaves or lists
        std::optional<std::uint32_t> leafPath; ///< into leafPaths
    };

    struct Related
    {
        std::vector<std::size_t> mainColumns;
        std::vector<std::size_t> columns;
        bool byRecordKey = false; ///< every related row of a record joins every main row of it
        bool toOne = false;
    };

    std::vector<Op> ops;
    std::vector<Leaf> leaves;
    std::vector<List> lists;
    std::vector<Related> related;
    std::vector<std::string> leafPaths;
    ShapeModels models;
    /// Whether a list, map or pick says what several rows of the main model mean for a record.
    bool takesSeveralRows = false;

    /// Error: Config "shape.check" with all findings of checkShape that are errors.
    [[nodiscard]] static Result<std::shared_ptr<const ShapeProgram>>
    compile(const Shape& shape, const ShapeModels& models);

    [[nodiscard]] const data::Schema& schemaOf(std::size_t model) const;
    /// "main", or the related model's name.
    [[nodiscard]] std::string_view nameOf(std::size_t model) const;
};

} // namespace headgate::shape
