// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_models.h"

#include <algorithm>

namespace headgate::shape {

bool ShapeModels::isRowPerRecord() const
{
    return std::all_of(rowKey.begin(), rowKey.end(), [&](const std::string& column) {
        return std::find(recordKey.begin(), recordKey.end(), column) != recordKey.end();
    });
}

} // namespace headgate::shape
