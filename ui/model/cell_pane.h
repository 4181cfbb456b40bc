// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/text.h" // Qt 6.4's moc fails where <compare> comes before any other header
#include "data/schema.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QStackedWidget;

namespace headgate::ui {

class ElidedLabel;
class JsonView;

/// One cell, whole: JSON laid out, other texts as they are.
class CellPane final : public QWidget
{
    Q_OBJECT

public:
    explicit CellPane(QWidget* parent = nullptr);

    void showCell(const data::Column& column, const data::Value& value);
    void clear();

Q_SIGNALS:
    void closeWanted();

private:
    void showText(const std::string& text);

    ElidedLabel* m_name;
    QLabel* m_facts;
    QStackedWidget* m_stack;
    QPlainTextEdit* m_text;
    JsonView* m_json;
    std::string m_value;
};

} // namespace headgate::ui
