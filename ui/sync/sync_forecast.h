// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/document.h"
#include "session/question.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;

namespace headgate::ui {

class Spinner;

/// How many records a sync makes as it is edited, and how many of those that were delivered would
/// go again. Asks the warehouse while it is seen, and again only where what is read changes.
class SyncForecast final : public QWidget
{
    Q_OBJECT

public:
    SyncForecast(ProjectSession& session, SyncDocument& document, QWidget* parent = nullptr);

protected:
    void showEvent(QShowEvent* event) override;

private:
    using Sample = std::shared_ptr<const service::RecordSample>;

    void follow();
    void readSample();
    void askCost();
    void countAll();
    void showCount(std::uint64_t records, bool isExact);
    void showCost(const service::EditCost& cost);
    [[nodiscard]] bool isReadable() const;

    ProjectSession& m_session;
    SyncDocument& m_document;
    QLabel* m_count;
    QPushButton* m_countAll;
    QLabel* m_cost;
    Spinner* m_spinner;
    QTimer m_soon;
    Question m_sampling;
    Question m_costing;
    Question m_counting;
    project::SyncDefinition m_read; ///< that the sample was read for
    Sample m_sample;
};

} // namespace headgate::ui
