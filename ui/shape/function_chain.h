// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "data/schema.h"
#include "shape/format_fields.h"
#include "shape/shape.h"

class QFormLayout;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace headgate::ui {

/// What is done to a value step by step, with the value of the record at hand after each:
/// " Zoë " > trim > "Zoë" > lower > "zoë". Steps are added, set up and removed in place.
class FunctionChain final : public QWidget
{
    Q_OBJECT

public:
    explicit FunctionChain(QWidget* parent = nullptr);

    /// The columns that operands may name.
    void setSchema(const data::Schema& schema) { m_schema = schema; }
    void setFunctions(const std::vector<shape::Function>& functions);
    [[nodiscard]] const std::vector<shape::Function>& functions() const { return m_functions; }
    /// The value before the first step and after each, as JSON.
    void setTrace(const std::vector<std::string>& values);

Q_SIGNALS:
    void edited(bool typing);

private:
    void rebuild();
    void addStep(std::size_t step);
    void addSettings(std::size_t step, QFormLayout* form);
    void addText(std::size_t step, QFormLayout* form, const QString& label, const QString& text,
                 std::function<void(shape::Function&, const QString&)> set);
    void change(std::size_t step, const std::function<void(shape::Function&)>& edit, bool typing);
    void showTrace();
    void focusLastStep();
    [[nodiscard]] FormatEdit formatEdit(std::size_t step);

    data::Schema m_schema;
    std::vector<shape::Function> m_functions;
    std::vector<std::string> m_trace;
    QVBoxLayout* m_steps;
    QPushButton* m_add;
    std::vector<QLabel*> m_values;
};

[[nodiscard]] QString functionName(shape::FunctionKind kind);

} // namespace headgate::ui
