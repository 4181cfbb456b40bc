// SPDX-License-Identifier: GPL-3.0-or-later
#include "source/source_page.h"

#include "base/text.h"
#include "session/documents.h"
#include "session/secret_keeping.h"
#include "source/schema_browser.h"
#include "source/warehouse_fields.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/elided_label.h"
#include "widgets/message_strip.h"
#include "widgets/secret_input.h"
#include "widgets/settings_form.h"
#include "widgets/spinner.h"
#include "widgets/verdict.h"

#include <QDesktopServices>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
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
      m_document(session.documents().source(id().slug)),
      m_secrets(new SecretKeeping(session, this)), m_message(new MessageStrip),
      m_verdict(new Verdict), m_tabs(new QTabWidget), m_browser(new SchemaBrowser)
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
    layout->addWidget(makeHeader());
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

QWidget* SourcePage::makeHeader()
{
    m_name = new QLabel;
    m_name->setFont(textFont(TextSize::Title, QFont::DemiBold));
    m_name->setTextFormat(Qt::PlainText);
    m_about = new ElidedLabel;
    m_about->setForegroundRole(QPalette::PlaceholderText);
    m_spinner = new Spinner;
    m_cancel = new QPushButton(themeIcon(Icon::Cancel), tr("Cancel"));
    m_cancel->setAccessibleName(tr("Cancel the question"));
    m_cancel->hide();
    m_test = new QPushButton(tr("Test"));
    m_test->setAccessibleName(tr("Test the connection"));
    offer("source.test", m_test);
    auto* header = new QWidget;
    auto* texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_name);
    texts->addWidget(m_about);
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(grid::section, grid::gap + grid::unit, grid::section,
                               grid::gap + grid::unit);
    layout->setSpacing(grid::gap);
    layout->addLayout(texts, 1);
    layout->addWidget(m_spinner);
    layout->addWidget(m_cancel);
    layout->addWidget(m_test);
    connect(m_test, &QPushButton::clicked, this, &SourcePage::test);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_question.cancel();
        setAsking({});
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
    const auto refer = [this, target](const std::string& key, const std::string& reference) {
        edit(tr("Change where a secret is"), {}, [&](project::SourceDefinition& source) {
            source.settings.setSecret(target, key, reference);
        });
    };
    connect(m_form, &SettingsForm::secretEntered, this,
            [this](const std::string& key, secrets::SecretPlace place, const QString& text) {
                m_secrets->keep(SecretKeeping::ownerOf(definition().slug, definition().id), key,
                                place, text);
                m_form->secretInput(key)->showWaiting();
            });
    connect(m_form, &SettingsForm::variableNamed, this,
            [this, refer](const std::string& key, const QString& name) {
                const std::string reference = "env:" + name.toStdString();
                if (secrets::SecretRef::parse(reference))
                    return refer(key, reference);
                m_form->setProblems(
                    {{key, tr("The name of a variable has letters, digits and _ only.")}});
            });
    connect(m_form, &SettingsForm::confirmed, this, [this] { m_test->click(); });
    connect(m_form, &SettingsForm::secretRemoved, this,
            [refer](const std::string& key) { refer(key, {}); });
    connect(m_secrets, &SecretKeeping::kept, this,
            [this, refer](const std::string& key, const std::string& reference) {
                refer(key, reference);
                m_form->secretInput(key)->showKept(reference);
                showProblems();
                if (m_testWhenKept && !m_secrets->isBusy())
                    test();
            });
    connect(m_secrets, &SecretKeeping::found, this,
            [this](const std::string& key, const std::string& reference, bool isKept) {
                m_form->secretInput(key)->setKept(reference, isKept);
            });
    connect(m_secrets, &SecretKeeping::refused, this, &SourcePage::onSecretRefused);
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
    m_name->setText(title());
    QStringList about{m_spec ? toQString(m_spec->name) : toQString(source.warehouse)};
    if (const QString address = addressOf(now.fields); !address.isEmpty())
        about.append(address);
    about.append(tr("sources/%1.json").arg(toQString(source.slug)));
    m_about->setText(about.join(QStringLiteral("  \u00B7  ")));
    std::map<std::string, std::string> values = now.fields;
    values[nameKey] = source.name;
    m_form->setValues(values);
    m_form->setReferences(now.secrets);
    m_secrets->lookFor(now.secrets);
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
    m_test->setEnabled(trusted && m_spec);
    m_test->setToolTip(trusted ? QString() : tr("Trust this project first"));
}

void SourcePage::refresh()
{
    const bool trusted = m_session.contents() && m_session.contents()->trusted;
    if (trusted && m_spec && m_document && !m_document->isNew())
        loadTables();
}

void SourcePage::setAsking(const QString& what)
{
    m_spinner->setText(what);
    QPushButton* const shown = what.isEmpty() ? m_test : m_cancel;
    QPushButton* const hidden = what.isEmpty() ? m_cancel : m_test;
    shown->show();
    if (hidden->hasFocus())
        shown->setFocus();
    hidden->hide();
    if (what.isEmpty())
        m_spinner->stop();
    else
        m_spinner->start();
}

void SourcePage::test()
{
    m_wantsAll = true;
    m_testWhenKept = false;
    if (m_form->commitSecrets() || m_secrets->isBusy()) {
        m_testWhenKept = true;
        return;
    }
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
    setAsking(tr("Connecting"));
    m_question.ask(
        m_session, this,
        [source = definition()](service::Workspace& workspace, const StopToken& stop) {
            return workspace.testSource(source, stop);
        },
        [this](Result<warehouse::SourceReport> report) {
            setAsking({});
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
        m_test->setFocus();
    else
        m_form->focusField(problems.begin()->first);
}

void SourcePage::editField(const std::string& key)
{
    m_tabs->setCurrentIndex(ConnectionTab);
    m_form->focusField(key);
}

void SourcePage::onSecretRefused(const std::string& field, const Error& error,
                                 const QString& secret)
{
    m_testWhenKept = false;
    m_form->secretInput(field)->showRefused();
    m_message->showMessage(messageOf(error));
    connect(m_message->addButton(tr("Keep it for this session only")), &QPushButton::clicked, this,
            [this, field, secret] {
                m_message->clear();
                m_secrets->keep(SecretKeeping::ownerOf(definition().slug, definition().id), field,
                                secrets::SecretPlace::Session, secret);
            });
    connect(m_message->addButton(tr("Name a variable instead")), &QPushButton::clicked, this,
            [this, field] {
                m_message->clear();
                m_form->secretInput(field)->setPlace(secrets::SecretPlace::Environment);
                editField(field);
            });
}

void SourcePage::loadTables()
{
    setAsking(tr("Reading the list of tables"));
    m_question.ask(
        m_session, this,
        [source = definition()](service::Workspace& workspace, const StopToken& stop) {
            return workspace.tables(source, stop);
        },
        [this](Result<std::vector<warehouse::TableInfo>> tables) {
            setAsking({});
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
