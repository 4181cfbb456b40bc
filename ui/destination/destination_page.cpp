// SPDX-License-Identifier: GPL-3.0-or-later
#include "destination/destination_page.h"

#include "base/text.h"
#include "destination/connector_fields.h"
#include "destination/object_browser.h"
#include "session/account_secrets.h"
#include "session/documents.h"
#include "session/secret_keeping.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/card.h"
#include "widgets/message_strip.h"
#include "widgets/page_header.h"
#include "widgets/secret_input.h"
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

constexpr const char* standInValue = "stand-in"; ///< for what an account lacks
constexpr int widestSyncs = 720;
constexpr const char* accountNameKey = "@name";

enum DestinationTab
{
    AccountTab,
    ObjectsTab,
    SyncsTab
};

QScrollArea* scrolled(QWidget* content, const QString& name)
{
    auto* scroll = new QScrollArea;
    scroll->setAccessibleName(name);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    return scroll;
}

} // namespace

DestinationPage::DestinationPage(ProjectSession& session, std::string destination, QWidget* parent)
    : Page({PageKind::Destination, std::move(destination)}, parent), m_session(session),
      m_document(session.documents().destination(id().slug)), m_header(makeHeader()),
      m_message(new MessageStrip), m_verdict(new Verdict), m_tabs(new QTabWidget),
      m_objects(new ObjectBrowser)
{
    m_verdict->hide();
    m_verdict->setAction({});
    setButtonKind(m_verdict->button(), ButtonKind::Secondary);
    m_verdict->setContentsMargins(grid::section, grid::gap, grid::section, grid::gap);
    m_tabs->setAccessibleName(tr("Parts of the destination"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeAccount(), themeIcon(Icon::Link), tr("Account"));
    m_tabs->addTab(m_objects, themeIcon(Icon::TypeJson), tr("Objects and fields"));
    m_tabs->addTab(makeSyncs(), themeIcon(Icon::Sync), tr("Syncs"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_header);
    m_standInNote = new MessageStrip;
    m_standInNote->clear();
    layout->addWidget(m_standInNote);
    layout->addWidget(m_message);
    layout->addWidget(m_verdict);
    layout->addWidget(m_tabs, 1);
    if (m_document)
        connect(m_document, &Document::changed, this, &DestinationPage::showDefinition);
    connect(&m_session, &ProjectSession::trustChanged, this, &DestinationPage::showTrust);
    connect(&m_session, &ProjectSession::contentsChanged, this, &DestinationPage::showSyncs);
    connect(&m_session, &ProjectSession::inboxStarted, this, [this] {
        showStandIn();
        endStartingStandIn(true);
    });
    connect(&m_session, &ProjectSession::failed, this, [this] { endStartingStandIn(false); });
    connect(m_objects, &ObjectBrowser::objectChosen, this, &DestinationPage::loadDetails);
    connect(m_verdict, &Verdict::actionTriggered, this,
            [this] { m_tabs->setCurrentIndex(ObjectsTab); });
    connect(m_tabs, &QTabWidget::currentChanged, this, [this](int tab) {
        if (tab == ObjectsTab)
            m_verdict->setAction({});
    });
    m_objects->setNothing(tr("Not asked yet"),
                          tr("Test the account to see what can be written to it."));
    m_wantsAll = m_document && !m_document->isNew();
    showDefinition();
    showSyncs();
    showTrust();
    showStandIn();
    askConnector();
}

DestinationPage::~DestinationPage() = default;

const project::DestinationDefinition& DestinationPage::definition() const
{
    static const project::DestinationDefinition gone;
    return m_document ? m_document->value() : gone;
}

project::AccountSettings DestinationPage::settings() const
{
    return definition().settings.resolved(m_session.contents()->target);
}

project::DestinationDefinition DestinationPage::reached() const
{
    return m_session.reached(definition());
}

QString DestinationPage::title() const
{
    return m_document ? m_document->name() : toQString(id().slug);
}

PageHeader* DestinationPage::makeHeader()
{
    auto* test = new QPushButton(tr("Test"));
    test->setAccessibleName(tr("Test the account"));
    offer("destination.test", test);
    m_standIn = new QPushButton(themeIcon(Icon::Inbox), tr("Try with a stand-in"));
    m_standIn->setAccessibleName(tr("Try with a stand-in"));
    m_standIn->setToolTip(tr("Syncs go to a stand-in on this machine that answers as the service "
                             "would, until the window closes"));
    m_standIn->hide();
    offer("destination.stand_in", m_standIn);
    connect(m_standIn, &QPushButton::clicked, this, &DestinationPage::startStandIn);
    auto* header = new PageHeader(test);
    header->addButton(m_standIn);
    connect(header, &PageHeader::askWanted, this, &DestinationPage::test);
    connect(header, &PageHeader::cancelWanted, this, [this] {
        m_question.cancel();
        m_header->setAsking({});
    });
    return header;
}

QWidget* DestinationPage::makeAccount()
{
    auto* content = new QWidget;
    m_account = new QVBoxLayout(content);
    m_account->setContentsMargins(grid::section, grid::section, grid::section, grid::section);
    m_account->addStretch(1);
    return scrolled(content, tr("Account"));
}

QWidget* DestinationPage::makeSyncs()
{
    auto* content = new QWidget;
    content->setMaximumWidth(widestSyncs);
    m_syncs = new QVBoxLayout(content);
    m_syncs->setContentsMargins(grid::section, grid::section, grid::section, grid::section);
    m_syncs->setSpacing(grid::gap + grid::unit);
    return scrolled(content, tr("Syncs"));
}

void DestinationPage::askConnector()
{
    m_session.ask(
        this,
        [connector = definition().connector](service::Workspace& workspace, const StopToken&) {
            return Result<connector::SharedSpec>(workspace.connectors().find(connector));
        },
        [this](Result<connector::SharedSpec> spec) {
            if (!spec)
                return m_message->showMessage(messageOf(spec.error()));
            if (*spec)
                return makeForm(*spec);
            m_message->showMessage(
                {Tone::Error,
                 tr("There is no connector \"%1\", or its description has mistakes.")
                     .arg(toQString(definition().connector)),
                 tr("'headgate connectors list' shows those at hand."),
                 QStringLiteral("project.connector.unknown"),
                 {}});
        });
}

void DestinationPage::makeForm(const connector::SharedSpec& spec)
{
    m_spec = spec;
    std::vector<SettingsField> fields(1);
    fields.front().key = accountNameKey;
    fields.front().label = tr("Name");
    for (SettingsField& field : fieldsOf(*spec))
        fields.push_back(std::move(field));
    m_form = new SettingsForm(fields);
    m_form->setFolder(toQString(m_session.directory()));
    m_account->insertWidget(0, m_form);
    if (!spec->documentation.empty()) {
        auto* documentation =
            new QPushButton(themeIcon(Icon::External), tr("Reference of %1").arg(spec->name));
        setButtonKind(documentation, ButtonKind::Quiet);
        m_account->insertWidget(1, documentation, 0, Qt::AlignLeft);
        connect(documentation, &QPushButton::clicked, this,
                [this] { QDesktopServices::openUrl(QUrl(toQString(m_spec->documentation))); });
    }
    connectForm();
    showDefinition();
    showTrust();
    showStandIn();
    refresh();
    if (m_document && m_document->isNew())
        QMetaObject::invokeMethod(this, &DestinationPage::focusFirst, Qt::QueuedConnection);
}

void DestinationPage::startStandIn()
{
    const std::string target = m_session.contents()->target;
    for (const auto& [key, problem] : problemsOf(*m_spec, settings(), true)) {
        if (m_form->secretInput(key) != nullptr)
            m_secrets->keepForSession(key, QString::fromLatin1(standInValue));
        else if (!settings().fields.contains(key))
            edit(tr("Fill in for the stand-in"), {},
                 [&, field = key](project::DestinationDefinition& destination) {
                     destination.settings.setField(target, field, standInValue);
                 });
    }
    // Until it answers, a test would go to the service itself.
    m_startsStandIn = true;
    m_header->setAsking(tr("Starting the stand-in"));
    m_session.startInbox(definition());
}

void DestinationPage::endStartingStandIn(bool started)
{
    if (!std::exchange(m_startsStandIn, false))
        return;
    m_header->setAsking({});
    if (started)
        test();
}

void DestinationPage::showStandIn()
{
    const std::string url = m_session.inboxUrl(definition().slug);
    const bool canStandIn =
        m_spec && m_spec->implementation == connector::Implementation::Declarative;
    m_standIn->setVisible(canStandIn && url.empty());
    if (url.empty())
        return m_standInNote->clear();
    m_standInNote->showMessage(
        {Tone::Info,
         tr("A stand-in on this machine answers in its place, at %1.").arg(toQString(url)),
         tr("Until the window closes, syncs of this destination go there and nothing leaves the "
            "machine. It takes any key."),
         {},
         {}});
    m_standInNote->setDismissable(false);
    connect(m_standInNote->addButton(tr("Show what arrives")), &QPushButton::clicked, this, [this] {
        Q_EMIT pageWanted({PageKind::Inbox, {}});
    });
}

void DestinationPage::focusFirst()
{
    const auto problems = problemsOf(*m_spec, settings(), true);
    if (problems.empty())
        m_header->askButton()->setFocus();
    else
        m_form->focusField(problems.begin()->first);
}

void DestinationPage::connectForm()
{
    const std::string target = m_session.contents()->target;
    connect(m_form, &SettingsForm::edited, this,
            [this, target](const std::string& key, const std::string& value) {
                const QString step =
                    key == accountNameKey ? tr("Rename") : tr("Change the account");
                edit(step, toQString(key), [&](project::DestinationDefinition& destination) {
                    if (key == accountNameKey)
                        destination.name = value;
                    else if (key == baseUrlKey)
                        destination.settings.setBaseUrl(target, value);
                    else
                        destination.settings.setField(target, key, value);
                });
            });
    connect(m_form, &SettingsForm::confirmed, m_header->askButton(), &QPushButton::click);
    m_secrets =
        new AccountSecrets(m_session, *m_form, *m_message,
                           SecretKeeping::ownerOf(definition().slug, definition().id), this);
    connect(m_secrets, &AccountSecrets::referred, this,
            [this, target](const std::string& field, const std::string& reference) {
                edit(tr("Change where a secret is"), {},
                     [&](project::DestinationDefinition& destination) {
                         destination.settings.setSecret(target, field, reference);
                     });
                showProblems();
            });
    connect(m_secrets, &AccountSecrets::keptAll, this, &DestinationPage::test);
    connect(m_secrets, &AccountSecrets::inputWanted, this, &DestinationPage::editField);
}

void DestinationPage::edit(const QString& step, const QString& mergeKey,
                           const std::function<void(project::DestinationDefinition&)>& change)
{
    if (!m_document)
        return;
    project::DestinationDefinition next = m_document->value();
    change(next);
    m_document->change(step, std::move(next), mergeKey);
}

void DestinationPage::showDefinition()
{
    const project::DestinationDefinition& destination = definition();
    const project::AccountSettings now = settings();
    m_header->setTitle(title());
    QStringList about{m_spec ? m_spec->name : toQString(destination.connector)};
    if (!now.baseUrl.empty())
        about.append(tr("stand-in at %1").arg(toQString(now.baseUrl)));
    about.append(tr("destinations/%1.json").arg(toQString(destination.slug)));
    m_header->setAbout(about);
    if (m_form != nullptr) {
        std::map<std::string, std::string> values = now.fields;
        values[accountNameKey] = destination.name;
        values[baseUrlKey] = now.baseUrl;
        m_form->setValues(values);
        m_secrets->setReferences(now.secrets);
        showProblems();
    }
    Q_EMIT titleChanged();
}

void DestinationPage::showProblems()
{
    m_form->setProblems(problemsOf(*m_spec, settings(), m_wantsAll));
}

void DestinationPage::showTrust()
{
    const bool trusted = m_session.contents() && m_session.contents()->trusted;
    m_header->askButton()->setEnabled(trusted && m_spec);
    m_header->askButton()->setToolTip(trusted ? QString() : tr("Trust this project first"));
}

void DestinationPage::showSyncs()
{
    while (QLayoutItem* item = m_syncs->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const project::SyncDefinition& sync : m_session.documents().edited().syncs) {
        if (sync.destination != id().slug)
            continue;
        auto* card = new Card(toQString(sync.name.empty() ? sync.slug : sync.name));
        card->setIcon(Icon::Sync);
        card->setSubtitle(sync.object.empty() ? tr("Sends here; its object is not chosen yet")
                                              : tr("Sends %1").arg(toQString(sync.object)));
        card->setClickable(true);
        card->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
        m_syncs->addWidget(card);
        connect(card, &Card::clicked, this, [this, slug = sync.slug] {
            Q_EMIT pageWanted({PageKind::Sync, slug});
        });
    }
    if (m_syncs->count() == 0) {
        auto* none = new QLabel(tr("No sync sends here yet."));
        none->setForegroundRole(QPalette::PlaceholderText);
        m_syncs->addWidget(none);
    }
    m_syncs->addStretch(1);
}

void DestinationPage::refresh()
{
    const bool trusted = m_session.contents() && m_session.contents()->trusted;
    if (trusted && m_spec && m_document && !m_document->isNew())
        loadObjects();
}

void DestinationPage::test()
{
    m_wantsAll = true;
    if (m_secrets->handOver())
        return;
    showProblems();
    const auto problems = problemsOf(*m_spec, settings(), true);
    if (!problems.empty()) {
        m_message->showMessage({Tone::Warning,
                                tr("The account is not filled in yet."),
                                problems.begin()->second,
                                {},
                                {}});
        return editField(problems.begin()->first);
    }
    m_message->clear();
    m_verdict->hide();
    m_header->setAsking(tr("Asking %1").arg(m_spec->name));
    m_question.ask(
        m_session, this,
        [destination = reached()](service::Workspace& workspace, const StopToken& stop) {
            return workspace.checkDestination(destination, stop);
        },
        [this](Result<connector::AccountCheck> check) {
            m_header->setAsking({});
            if (!check)
                return showFailure(check.error());
            m_message->clear();
            const bool tested =
                m_spec->check || m_spec->implementation != connector::Implementation::Declarative;
            m_verdict->setVerdict(
                tested ? Tone::Success : Tone::Info,
                check->summary.isEmpty() ? tr("The account answers") : check->summary,
                check->account.empty() ? QString()
                                       : tr("Account %1").arg(toQString(check->account)));
            m_verdict->setAction(m_tabs->currentIndex() == ObjectsTab
                                     ? QString()
                                     : tr("Look at objects and fields"));
            m_verdict->show();
            loadObjects();
        });
}

void DestinationPage::showFailure(const Error& error)
{
    m_message->showMessage(messageOf(error));
    const auto offer = [this](const QString& text, auto work) {
        connect(m_message->addButton(text), &QPushButton::clicked, this, work);
    };
    std::string credential;
    for (const connector::FormField& field : m_spec->account)
        if (field.secret && credential.empty())
            credential = field.key;
    if (error.kind == ErrorKind::Credential && !credential.empty())
        offer(tr("Enter it again"), [this, credential] { editField(credential); });
    else if (error.kind != ErrorKind::Cancelled)
        offer(tr("Edit the account"), [this] { m_tabs->setCurrentIndex(AccountTab); });
    offer(tr("Try again"), [this] { test(); });
}

void DestinationPage::editField(const std::string& key)
{
    m_tabs->setCurrentIndex(AccountTab);
    m_form->focusField(key);
}

void DestinationPage::loadObjects()
{
    m_header->setAsking(tr("Reading the list of objects"));
    m_question.ask(
        m_session, this,
        [destination = reached()](service::Workspace& workspace, const StopToken& stop) {
            return workspace.objects(destination, stop);
        },
        [this](Result<std::vector<connector::ObjectInfo>> objects) {
            m_header->setAsking({});
            if (!objects) {
                m_objects->setNothing(tr("No answer"), tr("See above what is in the way."));
                return showFailure(objects.error());
            }
            m_objects->setObjects(*objects);
        });
}

void DestinationPage::loadDetails(const std::string& object)
{
    m_details.ask(
        m_session, this,
        [destination = reached(), object](service::Workspace& workspace, const StopToken& stop) {
            return workspace.objectDetails(destination, object, stop);
        },
        [this, object](Result<service::ObjectDetails> details) {
            const connector::ObjectSpec* known = m_spec->findObject(object);
            if (details)
                m_objects->showDetails(*details, known != nullptr && known->freeFields);
            else
                m_objects->showTrouble(details.error());
        });
}

} // namespace headgate::ui
