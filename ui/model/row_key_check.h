// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"
#include "theme/tokens.h"
#include "widgets/row_set.h"

#include <QString>

namespace headgate::ui {

/// How these rows keep a row key, whose columns they all have. Nothing: it was
/// stopped.
[[nodiscard]] std::optional<service::RowKeyCheck>
checkRowKey(const RowSet& rows, const std::vector<std::string>& key, const StopToken& stop);

/// A column that tells all these rows apart, the likeliest by its name: an id rather than a price.
/// Empty: there is none, or no rows. Nothing: it was stopped.
[[nodiscard]] std::optional<std::string> uniqueColumn(const RowSet& rows, const StopToken& stop);

/// Which rows were looked at.
enum class KeyScope
{
    Fetched,    ///< the first ones
    FetchedAll, ///< all there are: they were all fetched
    Warehouse
};

struct KeySentence
{
    Tone tone = Tone::Neutral;
    QString sentence;
    QString detail; ///< examples; may be empty
};

/// "Unique in the first 1,000 rows", "3 rows share (7, x)".
[[nodiscard]] KeySentence keySentence(const service::RowKeyCheck& check, KeyScope scope);

} // namespace headgate::ui
