// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <vector>

namespace headgate::cli {

/// Left-aligned columns for a terminal, numbers right-aligned; foreign text is made printable. The
/// last column is cut where the terminal ends, others never.
class TextTable
{
public:
    explicit TextTable(const QStringList& header);
    void addRow(const QStringList& row);
    [[nodiscard]] bool isEmpty() const { return m_rows.size() < 2; }
    /// Lines with their ends. `width` 0: uncut.
    [[nodiscard]] QString text(int width) const;

private:
    std::vector<QStringList> m_rows;
};

/// Columns that `text` takes on a terminal: two for wide East Asian characters and emoji, none for
/// combining marks.
[[nodiscard]] int displayWidth(const QString& text);

} // namespace headgate::cli
