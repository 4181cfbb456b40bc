// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/source_page.h"

#include "base/text.h"
#include "session/account_secrets.h"
#include "session/documents.h"
#include "session/secret_keeping.h"
#include "source/schema_browser.h"
#include "source/warehouse_fields.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/message_strip.h"
#include "widgets/page_header.h"
#include "widgets/settings_form.h"
#include "widgets/verdict.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTabWidget>
#include <QUrl>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr std::uint64_t sampledRows = 100;
constexpr const char* nameKey = "name";
constexpr int caveatsWidth = 608; ///< of the form

enum SourceTab
{
    TablesTab,
    ConnectionTab
};

/// Which field an error of connecting is about; empty: none in particular.
std::string fieldOfFailure(const std::string& code)
{
    if (code == "source.connect.auth")
        return "password";
    if (code == "source.connect.database")
        return "database";
    if (code == "source.connect.tls")
        return "tls";
    return code.starts_with("source.connect.") || code.starts_with("source.options.") ? "host" : "";
}

} // namespace

SourcePage::SourcePage(ProjectSession& session, std::string source, QWidget* parent)
    : Page({PageKind::Source, std::move(source)}, parent), m_session(session),
      m_document(session.documents().source(id().slug)), m_header(makeHeader()),
      m_message(new MessageStrip), m_verdict(new Verdict), m_tabs(new QTabWidget),
      m_browser(new SchemaBrowser)
{
    if (auto spec = warehouse::loadWarehouseSpec(definition().warehouse))
        m_spec = *std::move(spec);
    else
        m_message->showMessage(messageOf(spec.error()));
    m_verdict->hide();
    m_verdict->setAction({});
    m_verdict->setContentsMargins(grid::section, 0, grid::section, grid::gap);
    m_tabs->setAccessibleName(tr("Parts of the source"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(m_browser, themeIcon(Icon::Table), tr("Tables"));
    m_tabs->addTab(makeConnection(), themeIcon(Icon::Link), tr("Connection"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    layout->addWidget(m_message);
    layout->addWidget(m_verdict);
    layout->addWidget(m_tabs, 1);
    if (m_document)
        connect(m_document, &Document::changed, this, &SourcePage::showDefinition);
    connect(&m_session, &ProjectSession::trustChanged, this, [this] {
        showTrust();
        refresh();
    });
    setButtonKind(m_verdict->button(), ButtonKind::Secondary);
    connect(m_verdict, &Verdict::actionTriggered, this,
            [this] { m_tabs->setCurrentIndex(TablesTab); });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int tab) {
        if (tab == TablesTab)
            m_verdict->setAction({});
    });
    connect(m_browser, &SchemaBrowser::tableChosen, this, &SourcePage::loadDetails);
    connect(m_browser, &SchemaBrowser::tableLeft, this, [this] { m_details.cancel(); });
    m_browser->setNothing(tr("Not connected"),
                          tr("Test the connection to see what is in the warehouse."));
    m_wantsAll = m_document && !m_document->isNew();
    m_tabs->setCurrentIndex(m_wantsAll ? TablesTab : ConnectionTab);
    showDefinition();
    showTrust();
    refresh();
    if (m_document && m_document->isNew() && m_spec)
        QMetaObject::invokeMethod(this, &SourcePage::focusFirst, Qt::QueuedConnection);
}

SourcePage::~SourcePage() = default;

const project::SourceDefinition& SourcePage::definition() const
{
    static const project::SourceDefinition gone;
    return m_document ? m_document->value() : gone;
}

project::AccountSettings SourcePage::settings() const
{
    return definition().settings.resolved(m_session.contents()->target);
}

QString SourcePage::title() const
{
    return m_document ? m_document->name() : toQString(id().slug);
}

PageHeader* SourcePage::makeHeader()
{
    auto* test = new QPushButton(tr("Test"));
    test->setAccessibleName(tr("Test the connection"));
    offer("source.test", test);
    auto* header = new PageHeader(test);
    connect(header, &PageHeader::askWanted, this, &SourcePage::test);
    connect(header, &PageHeader::cancelWanted, this, [this] {
        m_question.cancel();
        m_header->setAsking({});
    });
    return header;
}

QWidget* SourcePage::makeConnection()
{
    std::vector<SettingsField> fields;
    SettingsField name;
    name.key = nameKey;
    name.label = tr("Name");
    fields.push_back(name);
    if (m_spec)
        for (SettingsField& field : fieldsOf(*m_spec))
            fields.push_back(std::move(field));
    m_form = new SettingsForm(fields);
    m_form->setFolder(toQString(m_session.directory()));
    m_caveats = new QLabel;
    m_caveats->setAccessibleName(tr("What to know about this warehouse"));
    m_caveats->setTextFormat(Qt::PlainText);
    m_caveats->setWordWrap(true);
    m_caveats->setFixedWidth(caveatsWidth);
    m_caveats->setForegroundRole(QPalette::PlaceholderText);
    QStringList caveats;
    if (m_spec)
        for (const std::string& caveat : m_spec->caveats)
            caveats.append(toQString(caveat));
    showCaveats(caveats);
    auto* heading = new QLabel(tr("What to know"));
    heading->setFont(textFont(TextSize::Body, QFont::DemiBold));
    heading->setVisible(!caveats.isEmpty());
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(grid::section, grid::section, grid::section, grid::section);
    column->setSpacing(grid::gap);
    column->addWidget(m_form);
    column->addSpacing(grid::section);
    column->addWidget(heading);
    column->addWidget(m_caveats);
    column->addStretch(1);
    auto* scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Connection"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    connectForm();
    return scroll;
}

void SourcePage::connectForm()
{
    const std::string target = m_session.contents()->target;
    connect(m_form, &SettingsForm::edited, this,
            [this, target](const std::string& key, const std::string& value) {
                const QString step = key == nameKey ? tr("Rename") : tr("Change the connection");
                edit(step, toQString(key), [&](project::SourceDefinition& source) {
                    if (key == nameKey)
                        source.name = value;
                    else
                        source.settings.setField(target, key, value);
                });
            });
    connect(m_form, &SettingsForm::confirmed, m_header->askButton(), &QPushButton::click);
    m_secrets =
        new AccountSecrets(m_session, *m_form, *m_message,
                           SecretKeeping::ownerOf(definition().slug, definition().id), this);
    connect(m_secrets, &AccountSecrets::referred, this,
            [this, target](const std::string& field, const std::string& reference) {
                edit(tr("Change where a secret is"), {}, [&](project::SourceDefinition& source) {
                    source.settings.setSecret(target, field, reference);
                });
                showProblems();
            });
    connect(m_secrets, &AccountSecrets::keptAll, this, &SourcePage::test);
    connect(m_secrets, &AccountSecrets::inputWanted, this, &SourcePage::editField);
}

void SourcePage::edit(const QString& step, const QString& mergeKey,
                      const std::function<void(project::SourceDefinition&)>& change)
{
    if (!m_document)
        return;
    project::SourceDefinition next = m_document->value();
    change(next);
    m_document->change(step, std::move(next), mergeKey);
}

void SourcePage::showDefinition()
{
    const project::SourceDefinition& source = definition();
    const project::AccountSettings now = settings();
    m_header->setTitle(title());
    QStringList about{m_spec ? toQString(m_spec->name) : toQString(source.warehouse)};
    if (const QString address = addressOf(now.fields); !address.isEmpty())
        about.append(address);
    about.append(tr("sources/%1.json").arg(toQString(source.slug)));
    m_header->setAbout(about);
    std::map<std::string, std::string> values = now.fields;
    values[nameKey] = source.name;
    m_form->setValues(values);
    m_secrets->setReferences(now.secrets);
    showProblems();
    Q_EMIT titleChanged();
}

void SourcePage::showProblems()
{
    if (m_spec)
        m_form->setProblems(problemsOf(*m_spec, settings(), m_wantsAll));
}

void SourcePage::showTrust()
{
    const bool trusted = m_session.contents() && m_session.contents()->trusted;
    m_header->askButton()->setEnabled(trusted && m_spec);
    m_header->askButton()->setToolTip(trusted ? QString() : tr("Trust this project first"));
}

void SourcePage::refresh()
{
    const bool trusted = m_session.contents() && m_session.contents()->trusted;
    if (trusted && m_spec && m_document && !m_document->isNew())
        loadTables();
}

void SourcePage::test()
{
    m_wantsAll = true;
    if (m_secrets->handOver())
        return;
    showProblems();
    const auto problems = problemsOf(*m_spec, settings(), true);
    if (!problems.empty()) {
        m_message->showMessage({Tone::Warning,
                                tr("The connection is not filled in yet."),
                                problems.begin()->second,
                                {},
                                {}});
        return editField(problems.begin()->first);
    }
    m_message->clear();
    m_verdict->hide();
    m_header->setAsking(tr("Connecting"));
    m_question.ask(
        m_session, this,
        [source = definition()](service::Workspace& workspace, const StopToken& stop) {
            return workspace.testSource(source, stop);
        },
        [this](Result<warehouse::SourceReport> report) {
            m_header->setAsking({});
            m_session.noteAnswer(id().slug, report ? nullptr : &report.error());
            if (!report)
                return showFailure(report.error());
            showReport(*report);
            loadTables();
        });
}

void SourcePage::showReport(const warehouse::SourceReport& report)
{
    m_message->clear();
    QStringList notes;
    notes.append(report.readOnly ? tr("The server keeps this session read-only.")
                                 : tr("The server does not keep this session read-only: Headgate "
                                      "sends queries only."));
    if (!report.streams)
        notes.append(tr("This driver holds whole results in memory."));
    m_verdict->setVerdict(report.readOnly ? Tone::Success : Tone::Warning,
                          tr("Connected to %1").arg(toQString(report.server)),
                          notes.join(QLatin1Char(' ')));
    m_verdict->setAction(m_tabs->currentIndex() == TablesTab ? QString()
                                                             : tr("Look at the tables"));
    m_verdict->show();
    QStringList caveats;
    for (const QString& caveat : report.caveats)
        caveats.append(caveat);
    if (!caveats.isEmpty())
        showCaveats(caveats);
}

void SourcePage::showCaveats(const QStringList& caveats)
{
    m_caveats->setText(caveats.join(QStringLiteral("\n\n")));
    m_caveats->setFixedHeight(m_caveats->heightForWidth(caveatsWidth));
}

void SourcePage::showFailure(const Error& error)
{
    m_message->showMessage(messageOf(error));
    const auto offer = [this](const QString& text, auto work) {
        connect(m_message->addButton(text), &QPushButton::clicked, this, work);
    };
    const std::string field = fieldOfFailure(error.code);
    if (error.code == "source.connect.driver" && m_spec && !m_spec->driverUrl.empty())
        offer(tr("Get the driver"),
              [url = QUrl(toQString(m_spec->driverUrl))] { QDesktopServices::openUrl(url); });
    else if (error.code.starts_with("secret."))
        offer(tr("Enter it again"), [this] { editField("password"); });
    else if (!field.empty())
        offer(field == "password" ? tr("Enter the password") : tr("Edit the connection"),
              [this, field] { editField(field); });
    offer(tr("Try again"), [this] { test(); });
}

void SourcePage::focusFirst()
{
    const auto problems = problemsOf(*m_spec, settings(), true);
    if (settings().fields.empty() && !m_spec->fields.empty())
        m_form->focusField(m_spec->fields.front().id);
    else if (problems.empty())
        m_header->askButton()->setFocus();
    else
        m_form->focusField(problems.begin()->first);
}

void SourcePage::editField(const std::string& key)
{
    m_tabs->setCurrentIndex(ConnectionTab);
    m_form->focusField(key);
}

void SourcePage::loadTables()
{
    m_header->setAsking(tr("Reading the list of tables"));
    m_question.ask(
        m_session, this,
        [source = definition()](service::Workspace& workspace, const StopToken& stop) {
            return workspace.tables(source, stop);
        },
        [this](Result<std::vector<warehouse::TableInfo>> tables) {
            m_header->setAsking({});
            m_session.noteAnswer(id().slug, tables ? nullptr : &tables.error());
            if (!tables) {
                m_browser->setNothing(tr("Not connected"), tr("See above what is in the way."));
                return showFailure(tables.error());
            }
            m_browser->setTables(*tables);
        });
}

void SourcePage::loadDetails(const warehouse::TableInfo& table)
{
    m_details.ask(
        m_session, this,
        [source = definition(), table](service::Workspace& workspace, const StopToken& stop) {
            return workspace.tableDetails(source, table, sampledRows, stop);
        },
        [this](Result<service::TableDetails> details) {
            if (details)
                m_browser->showDetails(*std::move(details));
            else
                m_browser->showTrouble(details.error());
        });
}

} // namespace headgate::ui
