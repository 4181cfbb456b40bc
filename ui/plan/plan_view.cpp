// SPDX-License-Identifier: GPL-3.0-or-later
#include "plan/plan_view.h"

#include "base/text.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/count_text.h"
#include "widgets/empty_state.h"
#include "widgets/json_difference.h"
#include "widgets/message_strip.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

using plan::Category;

constexpr std::array shownCategories{Category::Added,     Category::Changed,  Category::Rekeyed,
                                     Category::Retried,   Category::Removed,  Category::Invalid,
                                     Category::Unchanged, Category::Filtered, Category::Held};

QString categoryText(Category category)
{
    switch (category) {
    case Category::Added:
        return PlanView::tr("Added");
    case Category::Changed:
        return PlanView::tr("Changed");
    case Category::Rekeyed:
        return PlanView::tr("Re-keyed");
    case Category::Retried:
        return PlanView::tr("Retried");
    case Category::Removed:
        return PlanView::tr("Removed");
    case Category::Unchanged:
        return PlanView::tr("Unchanged");
    case Category::Filtered:
        return PlanView::tr("Filtered");
    case Category::Invalid:
        return PlanView::tr("Invalid");
    case Category::Held:
        return PlanView::tr("Held");
    }
    return {};
}

QString meaningOf(Category category)
{
    switch (category) {
    case Category::Added:
        return PlanView::tr("New to the destination as far as this state knows.");
    case Category::Changed:
        return PlanView::tr("Their payload differs from the one that was accepted last.");
    case Category::Rekeyed:
        return PlanView::tr("The value that finds them at the destination changed.");
    case Category::Retried:
        return PlanView::tr("Refused or unanswered before, and due again.");
    case Category::Removed:
        return PlanView::tr("Delivered before, and not in the model any more.");
    case Category::Unchanged:
        return PlanView::tr("As they were accepted last: not sent.");
    case Category::Filtered:
        return PlanView::tr("Left out by the filter of the sync: not sent.");
    case Category::Invalid:
        return PlanView::tr("They make no payload that can be sent.");
    case Category::Held:
        return PlanView::tr("Parked, skipped, paused or awaiting a decision: not sent.");
    }
    return {};
}

Icon planIcon(Category category)
{
    switch (category) {
    case Category::Added:
        return Icon::Add;
    case Category::Changed:
        return Icon::Changed;
    case Category::Rekeyed:
        return Icon::Key;
    case Category::Retried:
        return Icon::Refresh;
    case Category::Removed:
        return Icon::Trash;
    case Category::Unchanged:
        return Icon::Check;
    case Category::Filtered:
        return Icon::Filter;
    case Category::Invalid:
        return Icon::Warning;
    case Category::Held:
        return Icon::Held;
    }
    return Icon::Info;
}

QWidget* planPane(QLabel** title, QWidget* content)
{
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    *title = new QLabel;
    (*title)->setFont(textFont(TextSize::Small, QFont::DemiBold));
    (*title)->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    layout->addWidget(*title);
    layout->addWidget(content, 1);
    return box;
}

QListWidget* planList(const QString& name)
{
    auto* list = new QListWidget;
    list->setAccessibleName(name);
    list->setFrameShape(QFrame::NoFrame);
    list->setUniformItemSizes(true);
    return list;
}

JsonView* planPayload(const QString& name)
{
    auto* view = new JsonView;
    view->setAccessibleName(name);
    view->setFrameShape(QFrame::NoFrame);
    return view;
}

} // namespace

PlanView::PlanView(QWidget* parent) : QWidget(parent)
{
    build();
}

void PlanView::build()
{
    m_nothing = new EmptyState(Icon::Plan, tr("No plan yet"),
                               tr("A dry run reads and compares, shows what a run would do, and "
                                  "sends nothing."));
    connect(m_nothing->addButton(tr("Dry run")), &QPushButton::clicked, this,
            &PlanView::planWanted);
    m_sum = new QLabel;
    m_sum->setAccessibleName(tr("Sums of the plan"));
    m_sum->setWordWrap(true);
    m_again = new QPushButton(themeIcon(Icon::Refresh), tr("Plan again"));
    connect(m_again, &QPushButton::clicked, this, &PlanView::planWanted);
    m_gates = new MessageStrip;
    m_gates->clear();
    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    head->addWidget(m_sum, 1);
    head->addWidget(m_again);
    auto* planned = new QWidget;
    auto* column = new QVBoxLayout(planned);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(head);
    column->addWidget(m_gates);
    column->addWidget(makeRecords(), 1);
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_nothing);
    m_stack->addWidget(planned);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_stack);
}

QWidget* PlanView::makeRecords()
{
    m_list = planList(tr("Kinds of records"));
    m_records = planList(tr("Records of the plan"));
    m_old = planPayload(tr("Accepted last"));
    m_new = planPayload(tr("Would be sent"));
    m_request = new QPlainTextEdit;
    m_request->setReadOnly(true);
    m_request->setFrameShape(QFrame::NoFrame);
    m_request->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_request->setFont(codeFont());
    m_request->setAccessibleName(tr("Exact request"));
    m_note = new QLabel;
    m_note->setWordWrap(true);
    m_note->setForegroundRole(QPalette::PlaceholderText);
    m_note->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    auto* left = new QWidget;
    auto* leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 0, 0);
    leftColumn->addWidget(m_list, 1);
    leftColumn->addWidget(m_note);
    QLabel* recordsTitle = nullptr;
    auto* records = planPane(&recordsTitle, m_records);
    recordsTitle->setText(tr("Records"));
    m_oldPane = planPane(&m_oldTitle, m_old);
    m_oldTitle->setText(tr("Accepted last"));
    auto* fresh = planPane(&m_newTitle, m_new);
    QLabel* requestTitle = nullptr;
    m_requestPane = planPane(&requestTitle, m_request);
    requestTitle->setText(tr("Exact request"));
    m_requestPane->hide();
    auto* payloads = new QSplitter(Qt::Horizontal);
    payloads->setObjectName(QStringLiteral("plan.payloads"));
    payloads->setChildrenCollapsible(false);
    payloads->addWidget(m_oldPane);
    payloads->addWidget(fresh);
    auto* details = new QSplitter(Qt::Vertical);
    details->setObjectName(QStringLiteral("plan.details"));
    details->setChildrenCollapsible(false);
    details->addWidget(payloads);
    details->addWidget(m_requestPane);
    details->setStretchFactor(0, 2);
    details->setStretchFactor(1, 1);
    auto* all = new QSplitter(Qt::Horizontal);
    all->setObjectName(QStringLiteral("plan.all"));
    all->setChildrenCollapsible(false);
    all->addWidget(left);
    all->addWidget(records);
    all->addWidget(details);
    all->setSizes({170, 200, 700});
    all->setStretchFactor(2, 1);
    connect(m_list, &QListWidget::currentRowChanged, this, &PlanView::showGroup);
    connect(m_records, &QListWidget::currentRowChanged, this, &PlanView::showRecord);
    return all;
}

void PlanView::showPlan(const run::RunReport& report)
{
    m_report = report;
    m_stack->setCurrentIndex(1);
    const std::uint64_t sent = report.planned.sent();
    const QString read =
        tr("Read %1 as %2.").arg(rowsText(report.planned.rows), recordsText(report.planned.read));
    m_sum->setText(report.error ? report.error->toString()
                   : sent == 0  ? tr("%1 Nothing would be sent.").arg(read)
                                : tr("%1 %2 would be sent.").arg(read, countText(sent)));
    showGates();
    showGroups();
}

void PlanView::showGates()
{
    m_gates->clear();
    if (m_report.stops.empty())
        return;
    QStringList stops;
    for (const plan::GateStop& stop : m_report.stops)
        stops.append(stop.message);
    const bool isDry = m_report.kind == run::RunKind::DryRun;
    m_gates->showMessage({Tone::Warning,
                          stops.join(QLatin1Char('\n')),
                          isDry ? tr("A run would stop here and send nothing.")
                                : tr("Nothing was sent. Look at the records before you decide."),
                          toQString(m_report.stops.front().code),
                          {}});
    m_gates->setDismissable(false);
    if (!isDry && !m_report.plan.empty())
        connect(m_gates->addButton(tr("Send exactly this plan")), &QPushButton::clicked, this,
                [this] { Q_EMIT confirmWanted(m_report.plan); });
}

void PlanView::showGroups()
{
    m_list->clear();
    m_groups.clear();
    for (const Category category : shownCategories) {
        const std::uint64_t count = m_report.planned[category];
        if (count == 0 && category != Category::Added)
            continue;
        m_groups.push_back({category, count});
        auto* item =
            new QListWidgetItem(themeIcon(planIcon(category)),
                                tr("%1  %2").arg(categoryText(category), countText(count)), m_list);
        item->setToolTip(meaningOf(category));
    }
    const auto most = std::find_if(m_groups.begin(), m_groups.end(),
                                   [](const Group& group) { return group.count > 0; });
    m_list->setCurrentRow(most == m_groups.end() ? 0 : static_cast<int>(most - m_groups.begin()));
}

void PlanView::showGroup(int row)
{
    m_records->clear();
    m_shown.clear();
    m_old->setJson({}, JsonChange::Other);
    m_new->setJson({}, JsonChange::Other);
    if (row < 0 || static_cast<std::size_t>(row) >= m_groups.size())
        return;
    const Group& group = m_groups[static_cast<std::size_t>(row)];
    m_note->setText(meaningOf(*group.category));
    for (const plan::PlanSample& sample : m_report.samples)
        if (sample.category == *group.category) {
            m_shown.push_back(&sample);
            m_records->addItem(toQString(sample.match.empty() ? sample.keyText : sample.match));
        }
    if (*group.category == Category::Invalid)
        for (const run::ReasonCount& reason : m_report.invalid) {
            auto* item = new QListWidgetItem(
                tr("%1: %2").arg(countText(reason.count), toQString(reason.message)), m_records);
            item->setToolTip(
                tr("%1, for example %2").arg(toQString(reason.message), toQString(reason.example)));
        }
    if (!m_shown.empty() && m_shown.size() < group.count)
        m_note->setText(tr("%1 The first %2 are listed.")
                            .arg(meaningOf(*group.category), countText(m_shown.size())));
    const bool hasOld = std::any_of(m_shown.begin(), m_shown.end(), [](const auto* sample) {
        return !sample->previousPayload.empty();
    });
    m_oldPane->setVisible(hasOld);
    m_newTitle->setText(*group.category == Category::Removed ? tr("Would be sent to remove it")
                                                             : tr("Would be sent"));
    if (!m_shown.empty())
        m_records->setCurrentRow(0);
}

void PlanView::showRecord(int row)
{
    if (row < 0 || static_cast<std::size_t>(row) >= m_shown.size())
        return;
    const plan::PlanSample& sample = *m_shown[static_cast<std::size_t>(row)];
    m_old->setJson(sample.previousPayload, JsonChange::Other);
    m_new->setJson(sample.payload, JsonChange::Other);
    if (!sample.previousPayload.empty() && !sample.payload.empty()) {
        const JsonDifference difference = differenceOf(m_old->lines(), m_new->lines());
        m_old->setMarks(difference.before);
        m_new->setMarks(difference.after);
    }
    showRequest({});
    Q_EMIT recordShown(sample);
}

void PlanView::showRequest(const QString& text)
{
    m_request->setPlainText(text);
    m_requestPane->setVisible(!text.isEmpty());
}

} // namespace headgate::ui
