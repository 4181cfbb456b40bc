// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/byte_buffer.h"
#include "shape/leaf_reader.h"
#include "shape/list_selector.h"
#include "shape/related_rows.h"

#include <memory>

namespace headgate::shape {

/// Turns the rows of one record into its payload: the same rows, in whatever order, into the same
/// bytes. Reads nothing, writes nothing, and keeps memory only for the next record. One per thread.
class Shaper
{
public:
    explicit Shaper(std::shared_ptr<const ShapeProgram> program);
    Shaper(const Shaper&) = delete;
    Shaper& operator=(const Shaper&) = delete;

    [[nodiscard]] const ShapeProgram& program() const { return *m_program; }
    /// The leaf whose value becomes ShapedRecord::match, as an index of leafPaths.
    void setMatchLeaf(std::optional<std::uint32_t> leafPath) { m_matchLeaf = leafPath; }

    /// Sets payload, leaves and match (if a match leaf is set) of `into` and adds to its problems;
    /// with problems there is no payload and no leaf. `own` has at least one row; `related` are
    /// the rows that join to them, one entry per related model. `provenance` may be null, and
    /// costs nothing then.
    void shape(const ModelRows& own, std::span<const ModelRows> related, ShapedRecord& into,
               Provenance* provenance = nullptr);
    /// The same in two steps, of which the second is for those that need it: writePayload() leaves
    /// the leaves out, hashLeaves() adds them to the record that was written last.
    void writePayload(const ModelRows& own, std::span<const ModelRows> related, ShapedRecord& into,
                      Provenance* provenance = nullptr);
    void hashLeaves(ShapedRecord& into) const;

private:
    struct LeafPlace
    {
        std::uint32_t leafPath;
        std::size_t begin; ///< in the payload
        std::size_t size;
    };
    enum class Written
    {
        Value,
        Nothing
    };

    Written writeNode(std::size_t op, const RowScope& scope);
    Written writeObject(std::size_t op, const RowScope& scope);
    /// The braces and what is between them; false if there was nothing.
    bool writeMembers(std::size_t op, const RowScope& scope);
    Written writeEmpty(std::size_t op, std::size_t begin);
    void writeNull(std::size_t op, std::size_t begin);

    Written writeLeaf(std::size_t op, const RowScope& scope);
    Written writeLookup(std::size_t op, const RowScope& scope);
    Written writeRows(std::size_t op, std::span<const std::uint32_t> rows);
    Written writeValue(std::size_t op, data::ValueView value);
    Written writePlain(std::size_t op, data::ValueView value);
    void keepMatch(std::size_t op, data::ValueView value);

    Written writeList(std::size_t op, const RowScope& scope);
    void writeDictionaries(std::size_t op, const RowScope& outer);
    /// False if there was nothing.
    bool writeValues(std::size_t op, const RowScope& outer);
    void writeDictionaryOfLists(std::size_t op, const RowScope& outer);
    void writeDictionaryByKey(std::size_t op, const RowScope& outer);
    [[nodiscard]] RowScope elementScope(std::size_t op, const RowScope& outer, std::size_t element);

    void noteLeaf(std::size_t op, std::size_t begin);
    void noteContainer(std::size_t op, std::size_t begin);
    void noteElement(std::size_t op, std::size_t element, std::size_t begin);
    void noteLeftOut(std::size_t op, DropReason reason);
    void placeLeaf(std::size_t op, std::size_t begin);

    std::shared_ptr<const ShapeProgram> m_program;
    RecordContext m_context;
    RelatedRows m_related;
    LeafReader m_reader;
    ListSelector m_selector;
    std::vector<ListSelection> m_selections; ///< one per list: none is entered twice at a time
    ValueProgram::Scratch m_scratch;
    std::optional<std::uint32_t> m_matchLeaf;
    ShapedRecord* m_record = nullptr;
    std::vector<LeafPlace> m_leafPlaces; ///< of the last record
    data::ByteBuffer m_out;
    std::string m_json;
};

} // namespace headgate::shape
