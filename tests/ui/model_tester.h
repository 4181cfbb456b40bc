// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModelTester>

namespace headgate::ui {

/// Watches a model while it lives: whatever QAbstractItemModelTester finds fails the running test.
/// Qt's own class aborts the program or only prints, neither of which GoogleTest takes for a
/// failure of the test.
class ModelTester
{
public:
    explicit ModelTester(QAbstractItemModel* model);
    ~ModelTester();
    Q_DISABLE_COPY_MOVE(ModelTester)

private:
    bool m_listening; ///< declared first: findings come from m_tester's constructor already
    QAbstractItemModelTester m_tester;
};

} // namespace headgate::ui
