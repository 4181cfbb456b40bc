// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/source_page.h"

#include "base/text.h"
#include "session/project_session.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/message_strip.h"
#include "widgets/search_field.h"
#include "widgets/spinner.h"
#include "widgets/table_view.h"
#include "widgets/verdict.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>
#include <array>

namespace headgate::ui {

namespace {

enum TablesColumn
{
    SchemaColumn,
    NameColumn,
    KindColumn,
    CommentColumn,
    ColumnCount
};

const project::SourceDefinition& sourceOf(const ProjectSession& session, const std::string& slug)
{
    static const project::SourceDefinition gone;
    const auto* source = session.contents() ? session.contents()->project.source(slug) : nullptr;
    return source ? *source : gone;
}

QString nameOf(const project::SourceDefinition& source)
{
    return toQString(source.name.empty() ? source.slug : source.name);
}

} // namespace

SourcePage::SourcePage(ProjectSession& session, std::string source, QWidget* parent)
    : Page({PageKind::Source, std::move(source)}, parent), m_session(session),
      m_message(new MessageStrip), m_verdict(new Verdict),
      m_search(new SearchField(tr("Search tables"))), m_tables(new QTableWidget(0, ColumnCount))
{
    m_message->clear();
    m_verdict->hide();
    m_verdict->setAction({});
    m_verdict->setContentsMargins(grid::section, 0, grid::section, grid::gap);
    m_tables->setAccessibleName(tr("Tables and views"));
    m_tables->setFrameShape(QFrame::NoFrame);
    m_tables->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tables->setHorizontalHeaderLabels({tr("Schema"), tr("Name"), tr("Kind"), tr("Comment")});
    m_tables->verticalHeader()->hide();
    m_tables->horizontalHeader()->setSectionResizeMode(CommentColumn, QHeaderView::Stretch);
    dressTable(m_tables);
    auto* search = new QHBoxLayout;
    search->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    search->addWidget(m_search);
    search->addStretch();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_message);
    layout->addWidget(m_verdict);
    layout->addLayout(search);
    layout->addWidget(m_tables, 1);
    connect(m_test, &QPushButton::clicked, this, &SourcePage::test);
    connect(m_search, &SearchField::searched, this, &SourcePage::filter);
    connect(&m_session, &ProjectSession::trustChanged, this, &SourcePage::refresh);
    refresh();
}

QString SourcePage::title() const
{
    return nameOf(sourceOf(m_session, id().slug));
}

QWidget* SourcePage::makeHeader()
{
    const project::SourceDefinition& source = sourceOf(m_session, id().slug);
    auto* name = new QLabel(nameOf(source));
    name->setFont(textFont(TextSize::Title, QFont::DemiBold));
    auto* warehouse = new QLabel(toQString(source.warehouse));
    warehouse->setForegroundRole(QPalette::PlaceholderText);
    m_spinner = new Spinner;
    m_spinner->setText(tr("Asking the warehouse"));
    m_test = new QPushButton(tr("Test"));
    m_test->setAccessibleName(tr("Test the connection"));
    auto* header = new QWidget;
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(name);
    texts->addWidget(warehouse);
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(grid::section, grid::gap + grid::unit, grid::section,
                               grid::gap + grid::unit);
    layout->addLayout(texts, 1);
    layout->addWidget(m_spinner);
    layout->addWidget(m_test);
    return header;
}

void SourcePage::refresh()
{
    const bool trusted = m_session.contents() && m_session.contents()->trusted;
    m_test->setEnabled(trusted);
    if (trusted)
        loadTables();
}

void SourcePage::test()
{
    m_spinner->start();
    const std::string source = id().slug;
    m_session.askFar(
        this,
        [source](service::Workspace& workspace, const StopToken& stop) {
            return workspace.testSource(source, stop);
        },
        [this](Result<warehouse::SourceReport> report) {
            m_spinner->stop();
            if (!report)
                return m_message->showMessage(messageOf(report.error()));
            m_message->clear();
            showReport(*report);
        });
}

void SourcePage::showReport(const warehouse::SourceReport& report)
{
    QStringList notes;
    notes.append(report.readOnly ? tr("The session is read-only.")
                                 : tr("The session could not be made read-only."));
    if (!report.streams)
        notes.append(tr("This driver holds whole results in memory."));
    for (const QString& caveat : report.caveats)
        notes.append(caveat);
    m_verdict->setVerdict(report.readOnly ? Tone::Success : Tone::Warning, toQString(report.server),
                          notes.join(QLatin1Char(' ')));
    m_verdict->show();
}

void SourcePage::loadTables()
{
    m_spinner->start();
    const std::string source = id().slug;
    m_session.askFar(
        this,
        [source](service::Workspace& workspace, const StopToken& stop) {
            return workspace.tables(source, {}, stop);
        },
        [this](Result<std::vector<warehouse::TableInfo>> tables) {
            m_spinner->stop();
            if (!tables)
                return m_message->showMessage(messageOf(tables.error()));
            m_message->clear();
            showTables(*tables);
        });
}

void SourcePage::showTables(const std::vector<warehouse::TableInfo>& tables)
{
    m_tables->setRowCount(static_cast<int>(tables.size()));
    for (int row = 0; row < m_tables->rowCount(); ++row) {
        const warehouse::TableInfo& table = tables[static_cast<std::size_t>(row)];
        const std::array<const std::string*, ColumnCount> cells{&table.schema, &table.name,
                                                                &table.kind, &table.comment};
        for (int column = 0; column < ColumnCount; ++column)
            m_tables->setItem(
                row, column,
                new QTableWidgetItem(toQString(*cells[static_cast<std::size_t>(column)])));
    }
    m_tables->resizeColumnsToContents();
    filter(m_search->text());
}

void SourcePage::filter(const QString& text)
{
    for (int row = 0; row < m_tables->rowCount(); ++row) {
        bool found = text.isEmpty();
        for (int column = 0; column < ColumnCount && !found; ++column)
            found = m_tables->item(row, column)->text().contains(text, Qt::CaseInsensitive);
        m_tables->setRowHidden(row, !found);
    }
}

} // namespace headgate::ui
