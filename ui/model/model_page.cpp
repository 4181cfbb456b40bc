// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_page.h"

#include "base/text.h"
#include "session/project_session.h"
#include "theme/fonts.h"
#include "widgets/elided_label.h"
#include "widgets/message_strip.h"
#include "widgets/search_field.h"
#include "widgets/spinner.h"
#include "widgets/table_view.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSplitter>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr std::uint64_t previewedRows = 1000;

const project::ModelDefinition& modelOf(const ProjectSession& session, const std::string& slug)
{
    static const project::ModelDefinition gone;
    const auto* model = session.contents() ? session.contents()->project.model(slug) : nullptr;
    return model ? *model : gone;
}

QString nameOf(const project::ModelDefinition& model)
{
    return toQString(model.name.empty() ? model.slug : model.name);
}

/// "Rows of Outdoor shop, one per view_id; event time viewed_at"
QString summaryOf(const project::ModelDefinition& model, const project::Project& project)
{
    const auto* source = project.source(model.source);
    QString text =
        ModelPage::tr("Rows of %1")
            .arg(toQString(source && !source->name.empty() ? source->name : model.source));
    QStringList key;
    for (const std::string& column : model.rowKey)
        key.append(toQString(column));
    if (!key.isEmpty())
        text += ModelPage::tr(", one per %1").arg(key.join(QStringLiteral(", ")));
    if (!model.eventTime.empty())
        text += ModelPage::tr("; event time %1").arg(toQString(model.eventTime));
    if (model.cursor)
        text += ModelPage::tr("; only news, by %1").arg(toQString(model.cursor->column));
    return text;
}

QString queryOf(const project::ModelDefinition& model)
{
    if (!model.table)
        return toQString(model.sql);
    const std::string name = model.table->schema.empty()
                                 ? model.table->name
                                 : model.table->schema + '.' + model.table->name;
    return ModelPage::tr("The table %1").arg(toQString(name));
}

} // namespace

ModelPage::ModelPage(ProjectSession& session, std::string model, QWidget* parent)
    : Page({PageKind::Model, std::move(model)}, parent), m_session(session),
      m_message(new MessageStrip)
{
    m_message->clear();
    auto* splitter = new QSplitter(Qt::Vertical);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeQuery());
    splitter->addWidget(makeRows());
    splitter->setSizes({220, 480});
    splitter->setStretchFactor(1, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_message);
    layout->addWidget(splitter, 1);
    connect(&m_session, &ProjectSession::trustChanged, this, &ModelPage::refresh);
    refresh();
}

QString ModelPage::title() const
{
    return nameOf(modelOf(m_session, id().slug));
}

QWidget* ModelPage::makeHeader()
{
    const project::ModelDefinition& model = modelOf(m_session, id().slug);
    auto* name = new QLabel(nameOf(model));
    name->setFont(textFont(TextSize::Title, QFont::DemiBold));
    auto* summary = new ElidedLabel(
        m_session.contents() ? summaryOf(model, m_session.contents()->project) : QString());
    summary->setForegroundRole(QPalette::PlaceholderText);
    m_spinner = new Spinner;
    m_spinner->setText(tr("Asking the warehouse"));
    auto* header = new QWidget;
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(name);
    texts->addWidget(summary);
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(grid::section, grid::gap + grid::unit, grid::section,
                               grid::gap + grid::unit);
    layout->addLayout(texts, 1);
    layout->addWidget(m_spinner);
    return header;
}

QWidget* ModelPage::makeQuery()
{
    auto* query = new QPlainTextEdit(queryOf(modelOf(m_session, id().slug)));
    query->setAccessibleName(tr("Query"));
    query->setReadOnly(true);
    query->setFrameShape(QFrame::NoFrame);
    query->setLineWrapMode(QPlainTextEdit::NoWrap);
    query->setFont(codeFont());
    return query;
}

QWidget* ModelPage::makeRows()
{
    m_filter = new SearchField(tr("Filter these rows"));
    m_count = new QLabel;
    m_count->setAccessibleName(tr("How many rows"));
    m_table = new TableView;
    m_table->setAccessibleName(tr("Rows"));
    m_table->setFrameShape(QFrame::NoFrame);
    auto* head = new QHBoxLayout;
    head->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    head->addWidget(m_filter);
    head->addStretch();
    head->addWidget(m_count);
    auto* box = new QWidget;
    auto* layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_table, 1);
    connect(m_filter, &SearchField::searched, m_table, &TableView::setFilter);
    connect(m_table, &TableView::orderChanged, this, [this](int shown, int all) {
        const QString count = QLocale().toString(all);
        const QString sum =
            m_complete ? tr("all %1 rows").arg(count) : tr("first %1 rows").arg(count);
        m_count->setText(shown == all ? sum
                                      : tr("%1 of the %2").arg(QLocale().toString(shown), sum));
    });
    return box;
}

void ModelPage::refresh()
{
    if (!m_session.contents() || !m_session.contents()->trusted)
        return;
    m_spinner->start();
    const std::string model = id().slug;
    m_session.askFar(
        this,
        [model](service::Workspace& workspace, const StopToken& stop) {
            return workspace.previewModel(model, previewedRows, stop);
        },
        [this](Result<service::Rows> rows) {
            m_spinner->stop();
            if (!rows) {
                m_message->showMessage(messageOf(rows.error()));
                connect(m_message->addButton(tr("Try again")), &QPushButton::clicked, this,
                        &ModelPage::refresh);
                return;
            }
            m_message->clear();
            showRows(*std::move(rows));
        });
}

void ModelPage::showRows(service::Rows rows)
{
    m_complete = rows.complete;
    std::vector<data::RowBlock> blocks;
    blocks.push_back(std::move(rows.block));
    m_table->setRows(std::make_shared<const RowSet>(std::move(rows.schema), std::move(blocks)));
}

} // namespace headgate::ui
