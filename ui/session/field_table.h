// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/spec_library.h"
#include "service/workspace.h"

#include <QTableWidget>
#include <functional>

namespace headgate::ui {

/// The fields of a destination's object, those that are needed first.
class FieldTable final : public QTableWidget
{
    Q_OBJECT

public:
    /// What the last column, which `title` names, says of a field; with an icon where somebody
    /// has to do something.
    struct Remark
    {
        QString text;
        bool isTrouble = false;
    };

    explicit FieldTable(const QString& title, QWidget* parent = nullptr);

    void setFields(std::vector<connector::FieldInfo> fields,
                   const std::function<Remark(const connector::FieldInfo&)>& remark);
    /// Only those whose names hold `text`; empty: all.
    void filter(const QString& text);
};

} // namespace headgate::ui
