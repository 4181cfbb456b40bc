// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/row_stream.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace headgate::service {

/// The values of a key as data::keyText() wrote it, by the kinds of its columns. Empty optional: it
/// is no key of these columns.
[[nodiscard]] std::optional<std::vector<data::Value>>
keyValues(const std::string& keyText, const std::vector<data::ValueKind>& kinds);

struct HeldColumn
{
    std::string quoted;
    data::ValueKind kind = data::ValueKind::Text; ///< of the source
};

/// The condition that a row has one of the keys, over the table alias `hg_held`, and its
/// parameters. Exact numbers against exact columns stand in the text, digits only: a parameter
/// would take the column's type and fail where that is too narrow.
struct HeldCondition
{
    std::string sql;
    std::map<std::string, data::Value> parameters;
};
[[nodiscard]] HeldCondition heldCondition(const std::vector<HeldColumn>& columns,
                                          const std::vector<std::vector<data::Value>>& keys);

/// What a cursor's read brings, then the rows of the keys that are held in state (semantics 12) and
/// were not among them: those go again without the cursor.
class HeldRows final : public data::RowStream
{
public:
    using Open = std::function<Result<std::unique_ptr<data::RowStream>>()>;

    /// `openHeld` is called when `news` is read. Both have the same columns.
    HeldRows(std::unique_ptr<data::RowStream> news, Open openHeld,
             std::vector<std::size_t> keyColumns, std::set<std::string> heldKeys);

    [[nodiscard]] const data::Schema& schema() const override { return m_current->schema(); }
    [[nodiscard]] Result<data::ReadStep> read(data::RowBlock& block) override;

private:
    [[nodiscard]] std::string keyOf(const data::RowBlock& block, std::size_t row) const;
    [[nodiscard]] Result<data::ReadStep> readNews(data::RowBlock& block);

    std::unique_ptr<data::RowStream> m_current;
    Open m_openHeld;
    std::vector<std::size_t> m_keyColumns;
    std::set<std::string> m_heldKeys; ///< canonical; those that the news brought are taken out
    bool m_held = false;
    data::RowBlock m_scratch;
};

} // namespace headgate::service
