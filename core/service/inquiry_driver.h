// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/stop_token.h"
#include "base/text.h"
#include "connector/destination.h"

namespace headgate::service {

/// Drives an inquiry to its answer. Nothing else may be in flight on `http`.
template <typename T>
[[nodiscard]] Result<T> ask(std::unique_ptr<connector::Inquiry<T>> inquiry, http::Http& http,
                            const StopToken& stop)
{
    if (!inquiry)
        return fail(ErrorKind::Config, "destination.inquiry",
                    Text::tr("This connector cannot answer that."));
    const StopCallback wake(stop, [&http] { http.wake(); });
    auto step = inquiry->next(nullptr);
    while (step.request) {
        http.start(0, std::move(*step.request));
        std::vector<http::Answer> answers;
        while (answers.empty()) {
            if (stop.stopRequested())
                http.abandonAll();
            answers = http.wait(Milliseconds(500));
        }
        if (stop.stopRequested())
            return fail(ErrorKind::Cancelled, "cancelled", Text::tr("Cancelled."));
        step = inquiry->next(&answers.front());
    }
    if (!step.result)
        return fail(ErrorKind::Internal, "destination.inquiry",
                    Text::tr("The connector gave no answer."));
    return std::move(*step.result);
}

} // namespace headgate::service
