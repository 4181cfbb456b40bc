// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <vector>

class QLabel;
class QTableWidget;
class QWidget;

namespace headgate::ui {

/// A few records that a decision is about, as a table as high as they are.
[[nodiscard]] QTableWidget* recordsTable(const QString& name, const QStringList& columns,
                                         const std::vector<QStringList>& rows);
/// A heading and a line of what it means, at the head of a section of a card.
[[nodiscard]] QLabel* sectionHeading(const QString& text);
[[nodiscard]] QLabel* sectionText(const QString& text);

} // namespace headgate::ui
