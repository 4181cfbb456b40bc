// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/check_report.h"

#include <algorithm>
#include <numeric>

namespace headgate::shape {

namespace {

std::size_t editDistance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t(0));
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

QString nearestColumn(std::string_view name, const std::vector<std::string>& names)
{
    constexpr std::size_t longestName = 100;
    const auto nearest = std::min_element(
        names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
            return editDistance(name, std::string_view(a).substr(0, longestName)) <
                   editDistance(name, std::string_view(b).substr(0, longestName));
        });
    if (nearest == names.end())
        return {};
    return Text::tr("The nearest name is “%1”.").arg(toQString(*nearest));
}

} // namespace

void CheckReport::error(std::string_view field, std::string code, QString message,
                        QString remedy) const
{
    m_findings.push_back({m_node,
                          {Severity::Error, std::move(code), m_place + std::string(field),
                           std::move(message), std::move(remedy)}});
}

void CheckReport::warning(std::string_view field, std::string code, QString message,
                          QString remedy) const
{
    m_findings.push_back({m_node,
                          {Severity::Warning, std::move(code), m_place + std::string(field),
                           std::move(message), std::move(remedy)}});
}

std::optional<std::size_t> CheckReport::column(std::string_view field, const std::string& name,
                                               const data::Schema& schema) const
{
    const auto index = schema.indexOf(name);
    if (!index)
        error(field, "shape.column.unknown",
              Text::tr("There is no column “%1”.").arg(toQString(name)),
              nearestColumn(std::string_view(name).substr(0, 100), schema.addressableNames()));
    return index;
}

} // namespace headgate::shape
