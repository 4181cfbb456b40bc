// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/delivery_terms.h"
#include "service/sample_shaper.h"
#include "service/workspace.h"

namespace headgate::service {

/// Asks an exchange for its requests and answers them in the destination's place. Belongs to one
/// thread.
class RequestPreviewer
{
public:
    /// Outlives it, like the record.
    explicit RequestPreviewer(const ShownDelivery& delivery) : m_delivery(delivery) {}

    [[nodiscard]] RequestPreview preview(const ShapedSample& record);
    [[nodiscard]] RequestPreview preview(const plan::PlanSample& planned);

private:
    void fill(connector::Operation operation, const connector::OutgoingRecord& record);
    void askWithToken(const connector::DeliveryBatch& batch);
    void ask(const connector::DeliveryBatch& batch);
    /// What follows the search whose answer is `answer`.
    void askAfterSearch(const connector::DeliveryBatch& batch, const http::Answer& answer,
                        const QString& when);
    void add(const http::Request& request, const QString& when);
    void noteResult(const connector::BatchResult& result, const QString& when);

    const ShownDelivery& m_delivery;
    RequestPreview m_preview;
};

} // namespace headgate::service
