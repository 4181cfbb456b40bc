// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/workspace.h"

namespace headgate::service {

/// Not more than `most` rows of a stream, and whether there are more.
[[nodiscard]] Result<Rows> readFirst(data::RowStream& stream, std::uint64_t most);

} // namespace headgate::service
