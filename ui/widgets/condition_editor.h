// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "data/schema.h"
#include "shape/condition.h"

class QComboBox;
class QVBoxLayout;

namespace headgate::ui {

/// Edits a condition as rows of column, comparison and value, of which all or any must hold.
/// Groups inside are kept and shown as they are.
class ConditionEditor final : public QWidget
{
    Q_OBJECT

public:
    explicit ConditionEditor(QWidget* parent = nullptr);

    /// The columns that can be compared.
    void setSchema(const data::Schema& schema);
    void setCondition(const shape::Condition& condition);
    [[nodiscard]] const shape::Condition& condition() const { return m_condition; }

Q_SIGNALS:
    /// By the user; `typing`: another key is likely to follow.
    void edited(bool typing);

private:
    void rebuild();
    void addRow(std::size_t part);
    [[nodiscard]] QWidget* valueEdit(std::size_t part);
    [[nodiscard]] data::ValueKind kindOf(const std::string& column) const;
    void change(std::size_t part, const shape::Condition& to, bool typing);

    data::Schema m_schema;
    shape::Condition m_condition; ///< a group at its top
    QVBoxLayout* m_rows;
    QComboBox* m_all;
};

/// The JSON that `text` stands for when it is compared with values of this kind: numbers stay
/// digits, true and false are booleans, the rest is text.
[[nodiscard]] data::JsonNode literalOf(const QString& text, data::ValueKind kind);
[[nodiscard]] QString literalText(const data::JsonNode& value);

} // namespace headgate::ui
