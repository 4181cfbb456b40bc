// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <tl/expected.hpp>
#include <utility>

namespace headgate {

/// The only way a function of ours reports failure. No exception crosses a function of ours.
template <typename T>
using Result = tl::expected<T, Error>;

using Failure = tl::unexpected<Error>;

[[nodiscard]] inline Failure fail(ErrorKind kind, std::string code, QString message,
                                  QString detail = {})
{
    return Failure(Error{kind, std::move(code), std::move(message), std::move(detail), {}, {}});
}

template <typename T>
[[nodiscard]] Failure propagate(Result<T>&& result)
{
    return Failure(std::move(result).error());
}

template <typename T>
[[nodiscard]] Failure propagate(Result<T>&& result, QString where)
{
    return Failure(result.error().within(std::move(where)));
}

} // namespace headgate

/// Returns from the calling function when `expression`, a Result<void> or Result<T>, failed.
#define HEADGATE_TRY(expression)                                                                   \
    do {                                                                                           \
        if (auto headgateTried = (expression); !headgateTried)                                     \
            return ::headgate::Failure(std::move(headgateTried).error());                          \
    } while (false)
