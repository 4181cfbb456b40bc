// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/model_page.h"

#include "base/text.h"
#include "model/model_settings.h"
#include "model/query_pane.h"
#include "model/rows_pane.h"
#include "model/table_picker.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "sql/sql_editor.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/count_text.h"
#include "widgets/elided_label.h"
#include "widgets/message_strip.h"

#include <QAction>
#include <QButtonGroup>
#include <QComboBox>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int typingPause = 1000;
constexpr int settingsWidth = 300;

QString shownName(const project::ModelDefinition& model)
{
    return toQString(model.name.empty() ? model.slug : model.name);
}

QString shownName(const project::SourceDefinition& source)
{
    return toQString(source.name.empty() ? source.slug : source.name);
}

/// "One per view_id; event time viewed_at; only news, by viewed_at"
QString summaryOf(const project::ModelDefinition& model)
{
    QStringList parts;
    QStringList key;
    for (const std::string& column : model.rowKey)
        key.append(toQString(column));
    if (!key.isEmpty())
        parts << ModelPage::tr("one row per %1").arg(key.join(QStringLiteral(", ")));
    if (!model.eventTime.empty())
        parts << ModelPage::tr("event time %1").arg(toQString(model.eventTime));
    if (model.cursor)
        parts << ModelPage::tr("only news, by %1").arg(toQString(model.cursor->column));
    if (parts.isEmpty())
        parts << toQString(model.description).simplified();
    QString text = parts.join(QStringLiteral(" · "));
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

QToolButton* kindButton(const QString& text, Icon icon, const QString& name)
{
    auto* button = new QToolButton;
    button->setText(text);
    button->setIcon(themeIcon(icon));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setCheckable(true);
    button->setAccessibleName(name);
    return button;
}

/// Names of :name in the query, once each. The cursor's own is not among them.
std::vector<std::string> parametersIn(const std::string& sql, const SqlDialect& dialect)
{
    std::vector<std::string> names;
    for (const SqlToken& token : sqlTokens(sql, dialect)) {
        if (token.kind != SqlTokenKind::Parameter)
            continue;
        std::string name = sql.substr(token.begin + 1, token.end - token.begin - 1);
        if (name != "since" && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(std::move(name));
    }
    return names;
}

/// `work` with a token that either of two stops.
template <typename Work>
auto withStops(const StopToken& own, const StopToken& ending, Work work)
{
    StopSource both;
    const StopCallback first(own, [&both] { both.requestStop(); });
    const StopCallback second(ending, [&both] { both.requestStop(); });
    return work(both.token());
}

} // namespace

ModelPage::ModelPage(ProjectSession& session, std::string model, QWidget* parent)
    : Page({PageKind::Model, model}, parent), m_session(session),
      m_document(*session.documents().model(model)), m_message(new MessageStrip)
{
    m_message->clear();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_message);
    layout->addWidget(makeBody(), 1);
    m_pause.setSingleShot(true);
    m_pause.setInterval(typingPause);
    connectAll();
    showDocument();
    showTrust();
    showHistory();
    if (!value().table)
        setFirstFocus(m_query->editor());
    refresh();
}

ModelPage::~ModelPage()
{
    m_stop.requestStop();
    m_stopCheck.requestStop();
}

QString ModelPage::title() const
{
    return shownName(value());
}

QWidget* ModelPage::makeHeader()
{
    m_name = new QLabel;
    m_name->setFont(textFont(TextSize::Title, QFont::DemiBold));
    m_summary = new ElidedLabel;
    m_summary->setForegroundRole(QPalette::PlaceholderText);
    m_source = new QComboBox;
    m_source->setAccessibleName(tr("Source of the model"));
    m_source->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    for (const project::SourceDefinition& source : m_session.documents().edited().sources)
        m_source->addItem(themeIcon(Icon::Source), shownName(source), toQString(source.slug));
    m_queryKind = kindButton(tr("Query"), Icon::Code, tr("The model is a query"));
    m_tableKind = kindButton(tr("Table"), Icon::Table, tr("The model is a table"));
    auto* kinds = new QButtonGroup(this);
    kinds->addButton(m_queryKind);
    kinds->addButton(m_tableKind);
    auto* header = new QWidget;
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_name);
    texts->addWidget(m_summary);
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(grid::section, grid::gap + grid::unit, grid::section,
                               grid::gap + grid::unit);
    layout->setSpacing(grid::gap);
    layout->addLayout(texts, 1);
    layout->addWidget(m_source);
    layout->addSpacing(grid::gap);
    layout->addWidget(m_queryKind);
    layout->addWidget(m_tableKind);
    return header;
}

QWidget* ModelPage::makeBody()
{
    m_query = new QueryPane;
    m_query->editor()->setAccessibleName(tr("Query"));
    m_tables = new TablePicker;
    m_stack = new QStackedWidget;
    m_stack->addWidget(m_query);
    m_stack->addWidget(m_tables);
    m_rows = new RowsPane;
    auto* left = new QSplitter(Qt::Vertical);
    left->setObjectName(QStringLiteral("model.query"));
    left->setChildrenCollapsible(false);
    left->addWidget(m_stack);
    left->addWidget(m_rows);
    left->setSizes({300, 400});
    left->setStretchFactor(1, 1);
    m_settings = new ModelSettings(m_document);
    auto* scroll = new QScrollArea;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(m_settings);
    scroll->setMinimumWidth(settingsWidth - 40);
    auto* body = new QSplitter(Qt::Horizontal);
    body->setObjectName(QStringLiteral("model.body"));
    body->setChildrenCollapsible(false);
    body->addWidget(left);
    body->addWidget(scroll);
    body->setSizes({800, settingsWidth});
    body->setStretchFactor(0, 1);
    return body;
}

void ModelPage::connectAll()
{
    connect(&m_document, &Document::changed, this, &ModelPage::showDocument);
    connect(&m_session, &ProjectSession::trustChanged, this, [this] {
        showTrust();
        refresh();
    });
    connect(&m_pause, &QTimer::timeout, this, [this] { ++m_burst; });
    connect(m_query->editor(), &SqlEditor::edited, this, &ModelPage::typed);
    connect(m_query->editor(), &QsciScintilla::cursorPositionChanged, this,
            &ModelPage::placeChanged);
    connect(m_query->editor(), &SqlEditor::columnsWanted, this, &ModelPage::loadColumns);
    connect(m_query, &QueryPane::runWanted, this, &ModelPage::refresh);
    connect(m_query, &QueryPane::cancelWanted, this, &ModelPage::cancel);
    connect(m_tables, &TablePicker::columnsWanted, this, &ModelPage::loadColumns);
    connect(m_tables, &TablePicker::chosen, this, [this](const project::TableReference& table) {
        project::ModelDefinition next = value();
        next.table = table;
        m_pickingTable = false;
        m_document.change(tr("Use the table %1").arg(toQString(table.name)), std::move(next));
        refresh();
    });
    connect(m_queryKind, &QToolButton::clicked, this, [this] { chooseKind(false); });
    connect(m_tableKind, &QToolButton::clicked, this, [this] { chooseKind(true); });
    connect(m_source, &QComboBox::activated, this,
            [this] { chooseSource(m_source->currentData().toString().toStdString()); });
    connect(m_rows, &RowsPane::moreWanted, this, &ModelPage::run);
    connect(m_rows, &RowsPane::cancelWanted, this, &ModelPage::cancel);
    connect(m_rows, &RowsPane::described, this,
            [this](const std::string& column, const std::string& description) {
                project::ModelDefinition next = value();
                if (description.empty())
                    next.columns.erase(column);
                else
                    next.columns[column] = description;
                m_document.change(tr("Describe %1").arg(toQString(column)), std::move(next));
            });
    connect(m_settings, &ModelSettings::checkWanted, this, &ModelPage::checkKey);
    connect(m_settings, &ModelSettings::cancelWanted, this, [this] { m_stopCheck.requestStop(); });
    auto* read = new QAction(tr("Read the rows"), this);
    read->setObjectName(QStringLiteral("model.read"));
    read->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Return));
    connect(read, &QAction::triggered, this, &ModelPage::refresh);
    offer(read);
    offer("model.check_key", m_settings->checkButton());
}

bool ModelPage::isTrusted() const
{
    return m_session.contents() && m_session.contents()->trusted;
}

void ModelPage::showTrust()
{
    m_query->setRunnable(isTrusted());
    m_settings->setTrusted(isTrusted());
}

void ModelPage::showDocument()
{
    const QString before = m_name->text();
    m_name->setText(shownName(value()));
    m_summary->setText(summaryOf(value()));
    m_rows->setName(toQString(value().slug));
    m_rows->setDescriptions(value().columns);
    m_source->setCurrentIndex(m_source->findData(toQString(value().source)));
    const bool table = value().table.has_value() || m_pickingTable;
    (table ? m_tableKind : m_queryKind)->setChecked(true);
    m_stack->setCurrentIndex(table ? 1 : 0);
    m_tables->setTable(value().table);
    showDialect();
    if (!m_typing)
        m_query->editor()->setSql(value().sql);
    m_settings->setParameters(table ? std::vector<std::string>()
                                    : parametersIn(value().sql, m_dialect));
    m_rows->setOutdated(m_ran &&
                        (m_ran->sql != value().sql || m_ran->table != value().table ||
                         m_ran->source != value().source ||
                         m_ran->parameters != value().parameters || m_ran->zone != value().zone));
    if (before != m_name->text())
        Q_EMIT titleChanged();
}

QString ModelPage::place() const
{
    return QString::number(m_query->editor()->caret());
}

void ModelPage::setPlace(const QString& place)
{
    const auto caret = static_cast<std::size_t>(place.toULongLong());
    m_query->editor()->setCaret(std::min(caret, m_query->editor()->sql().size()));
}

void ModelPage::showDialect()
{
    if (m_dialectSource == value().source)
        return;
    m_dialectSource = value().source;
    const project::Project project = m_session.documents().edited();
    const project::SourceDefinition* source = project.source(*m_dialectSource);
    m_dialect = SqlDialect::ofWarehouse(source ? source->warehouse : std::string());
    m_query->editor()->setDialect(m_dialect);
}

void ModelPage::typed()
{
    const QScopedValueRollback typing(m_typing, true);
    project::ModelDefinition next = value();
    next.sql = m_query->editor()->sql();
    m_document.change(tr("Type in the query"), std::move(next),
                      QStringLiteral("sql %1").arg(m_burst));
    m_pause.start();
}

void ModelPage::chooseKind(bool table)
{
    m_pickingTable = table && !value().table;
    if (!table && value().table) {
        project::ModelDefinition next = value();
        if (next.sql.empty()) {
            const project::TableReference& from = *next.table;
            const std::string schema =
                from.schema.empty() ? std::string() : m_dialect.written(from.schema) + '.';
            next.sql = "select *\nfrom " + schema + m_dialect.written(from.name) + '\n';
        }
        next.table.reset();
        m_document.change(tr("Use a query"), std::move(next));
    }
    showDocument();
    if (table)
        loadTables();
    else
        m_query->editor()->setFocus();
}

void ModelPage::chooseSource(const std::string& source)
{
    project::ModelDefinition next = value();
    next.source = source;
    m_document.change(tr("Choose another source"), std::move(next));
    loadTables();
}

void ModelPage::refresh()
{
    run(firstRows);
    askTableKey();
}

void ModelPage::run(std::uint64_t rows)
{
    if (!isTrusted() || m_running || m_pickingTable)
        return;
    ++m_burst;
    project::ModelDefinition draft = value();
    SqlRange sent{0, draft.sql.size()};
    m_query->clearError();
    m_message->clear();
    if (!draft.table) {
        sent = m_query->editor()->statement();
        if (sent.begin == sent.end)
            return loadTables();
        draft.sql = draft.sql.substr(sent.begin, sent.end - sent.begin);
    }
    m_running = true;
    m_stop = StopSource();
    m_elapsed.start();
    m_query->setRunning(true);
    m_rows->setBusy(true, draft.table.has_value());
    m_session.askSource(
        this, draft.source,
        [draft, source = sourceOf(draft.source), rows,
         own = m_stop.token()](service::Workspace& workspace, const StopToken& ending) {
            return withStops(own, ending, [&](const StopToken& stop) {
                return workspace.previewQuery(source, draft, rows, stop);
            });
        },
        [this, asked = value(), sent](Result<service::Rows> answer) {
            take(std::move(answer), asked, sent);
        });
}

project::SourceDefinition ModelPage::sourceOf(const std::string& slug) const
{
    if (const SourceDocument* const document = m_session.documents().source(slug))
        return document->value();
    project::SourceDefinition unknown;
    unknown.slug = slug;
    return unknown;
}

void ModelPage::cancel()
{
    m_stop.requestStop();
    m_query->setCancelling();
}

void ModelPage::take(Result<service::Rows> rows, const project::ModelDefinition& asked,
                     SqlRange sent)
{
    m_running = false;
    m_query->setRunning(false);
    m_rows->setBusy(false, false);
    const std::string sql =
        asked.table ? std::string() : asked.sql.substr(sent.begin, sent.end - sent.begin);
    const bool cancelled = !rows && rows.error().kind == ErrorKind::Cancelled;
    if (!sql.empty() && !cancelled)
        remember(sql, rows);
    loadTables();
    if (!rows) {
        if (asked.table)
            m_message->showMessage(messageOf(rows.error()));
        else
            m_query->showError(rows.error(), asked.sql == value().sql ? sent : SqlRange());
        return;
    }
    const std::size_t last = asked.sql.find_last_not_of(" \t\r\n;");
    const std::size_t first = asked.sql.find_first_not_of(" \t\r\n");
    const SqlOutline outline(asked.sql, m_dialect);
    if (!asked.table && last != std::string::npos &&
        outline.statementAt(first) != outline.statementAt(last))
        m_query->showNote(tr("The query holds more than one statement; the one at the caret was "
                             "run."),
                          tr("A model is one SELECT: keep one before a sync uses it."));
    m_ran = asked;
    const std::size_t fetched = rows->block.rowCount();
    std::vector<data::RowBlock> blocks;
    blocks.push_back(std::move(rows->block));
    const auto set = std::make_shared<const RowSet>(std::move(rows->schema), std::move(blocks));
    m_rows->setRows(set, rows->complete, std::chrono::milliseconds(m_elapsed.elapsed()));
    const QLocale locale;
    const double seconds = static_cast<double>(m_elapsed.elapsed()) / 1000;
    const SourceDocument* const source = m_session.documents().source(asked.source);
    m_status = tr("%1: %2 in %3 s")
                   .arg(source ? source->name() : toQString(asked.source), rowsText(fetched),
                        locale.toString(seconds, 'f', 1));
    Q_EMIT statusChanged();
    m_settings->setRows(set, rows->complete);
    showDocument();
}

void ModelPage::remember(const std::string& sql, const Result<service::Rows>& rows)
{
    QueryRun run;
    run.at = QDateTime::currentSecsSinceEpoch();
    run.model = value().slug;
    run.sql = sql;
    run.failed = !rows;
    run.rows = rows ? rows->block.rowCount() : 0;
    m_session.ask(
        this,
        [run, history = QueryHistory::ofProject(m_session.contents()->project.id)](
            service::Workspace&, const StopToken&) { return history.add(run); },
        [this](Result<void> added) {
            if (!added)
                return m_message->showMessage(messageOf(added.error()));
            showHistory();
        });
}

void ModelPage::showHistory()
{
    m_session.ask(
        this,
        [history = QueryHistory::ofProject(m_session.contents()->project.id)](
            service::Workspace&, const StopToken&) -> Result<std::vector<QueryRun>> {
            return history.runs();
        },
        [this](const Result<std::vector<QueryRun>>& runs) {
            if (runs)
                m_query->showHistory(*runs, QDateTime::currentSecsSinceEpoch());
        });
}

void ModelPage::loadTables()
{
    const std::string source = value().source;
    if (!isTrusted() || source == m_catalogSource)
        return;
    m_catalogSource = source;
    m_columnsAsked.clear();
    setCatalog(std::make_shared<SqlCatalog>());
    m_session.askSource(
        this, source,
        [definition = sourceOf(source)](service::Workspace& workspace, const StopToken& stop) {
            return workspace.tables(definition, stop);
        },
        [this, source](const Result<std::vector<warehouse::TableInfo>>& tables) {
            if (source != m_catalogSource)
                return;
            if (!tables) {
                m_catalogSource.clear();
                // The query that was run before says the same of a source that is out
                // of reach.
                if (value().table || m_pickingTable)
                    m_message->showMessage(messageOf(tables.error()));
                return;
            }
            auto catalog = std::make_shared<SqlCatalog>();
            for (const warehouse::TableInfo& table : *tables)
                catalog->tables.push_back({table.schema, table.name, table.kind, std::nullopt});
            setCatalog(std::move(catalog));
        });
}

void ModelPage::setCatalog(std::shared_ptr<const SqlCatalog> catalog)
{
    m_catalog = std::move(catalog);
    m_query->editor()->setCatalog(m_catalog);
    m_tables->setCatalog(m_catalog);
}

void ModelPage::loadColumns(const std::vector<SqlTable>& tables)
{
    for (const SqlTable& table : tables) {
        if (!isTrusted() || !m_columnsAsked.insert(table.schema + '\n' + table.name).second)
            continue;
        m_session.askSource(
            this, m_catalogSource,
            [source = sourceOf(m_catalogSource), table](service::Workspace& workspace,
                                                        const StopToken& stop) {
                return workspace.columns(source, {table.schema, table.name, table.kind, {}}, stop);
            },
            [this, table, source = m_catalogSource](const Result<data::Schema>& schema) {
                if (source != m_catalogSource)
                    return;
                auto catalog = std::make_shared<SqlCatalog>(*m_catalog);
                for (SqlTable& each : catalog->tables)
                    if (each.schema == table.schema && each.name == table.name)
                        each.columns = schema ? schema->columns : std::vector<data::Column>();
                setCatalog(std::move(catalog));
            });
    }
}

void ModelPage::checkKey()
{
    m_stopCheck = StopSource();
    m_settings->setChecking(true);
    m_session.askSource(
        this, value().source,
        [draft = value(), source = sourceOf(value().source),
         own = m_stopCheck.token()](service::Workspace& workspace, const StopToken& ending) {
            return withStops(own, ending, [&](const StopToken& stop) {
                return workspace.checkRowKey(source, draft, stop);
            });
        },
        [this, key = value().rowKey](const Result<service::RowKeyCheck>& check) {
            m_settings->setChecking(false);
            if (!check)
                m_settings->showCheckError(check.error().message);
            else if (key == value().rowKey)
                m_settings->showCheck(*check);
        });
}

void ModelPage::askTableKey()
{
    m_settings->setTableKey({});
    if (!isTrusted() || !value().table || !value().rowKey.empty())
        return;
    m_session.askSource(
        this, value().source,
        [source = sourceOf(value().source), table = *value().table](service::Workspace& workspace,
                                                                    const StopToken& stop) {
            return workspace.primaryKey(source, {table.schema, table.name, {}, {}}, stop);
        },
        // What keeps a source from answering is said where its rows are missing.
        [this, table = value().table](const Result<std::vector<std::string>>& key) {
            if (!key || key->empty() || table != value().table)
                return;
            m_settings->setTableKey(*key);
            if (!m_document.isNew() || !value().rowKey.empty())
                return;
            project::ModelDefinition next = value();
            next.rowKey = *key;
            m_document.change(tr("Row key of the table"), std::move(next));
        });
}

} // namespace headgate::ui
