// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "data/schema.h"
#include "shape/leaf.h"

#include <QPushButton>
#include <QStyleOptionComboBox>

class QVBoxLayout;

namespace headgate::ui {

/// Chooses any number of columns, in the order in which they were chosen. Looks as a combo box
/// does: what is chosen at the left, cut off where it does not fit.
class ColumnChoice final : public QPushButton
{
    Q_OBJECT

public:
    explicit ColumnChoice(QWidget* parent = nullptr);

    void setColumns(const data::Schema& schema, const std::vector<std::string>& chosen);
    /// What it says while none is chosen.
    void setNone(const QString& text);
    [[nodiscard]] const std::vector<std::string>& chosen() const { return m_chosen; }

    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void edited();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QStyleOptionComboBox comboOption() const;
    void showChosen();

    std::vector<std::string> m_chosen;
    QString m_none;
};

/// Sort keys as rows of column and direction; the first one counts most.
class SortChoice final : public QWidget
{
    Q_OBJECT

public:
    explicit SortChoice(QWidget* parent = nullptr);

    void setKeys(const data::Schema& schema, const std::vector<shape::SortKey>& keys);
    [[nodiscard]] const std::vector<shape::SortKey>& keys() const { return m_keys; }

Q_SIGNALS:
    void edited();

private:
    void rebuild();
    void addRow(std::size_t key);

    data::Schema m_schema;
    std::vector<shape::SortKey> m_keys;
    QVBoxLayout* m_rows;
};

} // namespace headgate::ui
