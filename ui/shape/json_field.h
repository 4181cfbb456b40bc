// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "data/json.h"

#include <QWidget>

class QLabel;
class QPlainTextEdit;

namespace headgate::ui {

/// A piece of JSON that is typed over several lines. What is no JSON, or holds a number whose
/// digits would not survive, is said below with its place, and changes nothing.
class JsonField final : public QWidget
{
    Q_OBJECT

public:
    explicit JsonField(const data::JsonNode& value, QWidget* parent = nullptr);

Q_SIGNALS:
    void edited(const headgate::data::JsonNode& value);

private:
    void take();
    void showError(const QString& error);

    QPlainTextEdit* m_text;
    QLabel* m_error;
};

} // namespace headgate::ui
