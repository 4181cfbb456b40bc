// SPDX-License-Identifier: GPL-3.0-or-later
#include "destination/destination_page.h"

#include "base/text.h"
#include "destination/connector_fields.h"
#include "destination/object_browser.h"
#include "session/documents.h"
#include "session/secret_keeping.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/card.h"
#include "widgets/elided_label.h"
#include "widgets/message_strip.h"
#include "widgets/secret_input.h"
#include "widgets/settings_form.h"
#include "widgets/spinner.h"
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
      m_document(session.documents().destination(id().slug)),
      m_secrets(new SecretKeeping(session, this)), m_message(new MessageStrip),
      m_verdict(new Verdict), m_tabs(new QTabWidget), m_objects(new ObjectBrowser)
{
    m_verdict->hide();
    m_verdict->setAction({});
    setButtonKind(m_verdict->button(), ButtonKind::Secondary);
    m_verdict->setContentsMargins(grid::section, 0, grid::section, grid::gap);
    m_tabs->setAccessibleName(tr("Parts of the destination"));
    m_tabs->setDocumentMode(true);
    m_tabs->addTab(makeAccount(), themeIcon(Icon::Link), tr("Account"));
    m_tabs->addTab(m_objects, themeIcon(Icon::TypeJson), tr("Objects and fields"));
    m_tabs->addTab(makeSyncs(), themeIcon(Icon::Sync), tr("Syncs"));
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
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

QWidget* DestinationPage::makeHeader()
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
    m_test->setAccessibleName(tr("Test the account"));
    offer("destination.test", m_test);
    m_standIn = new QPushButton(themeIcon(Icon::Inbox), tr("Try with a stand-in"));
    m_standIn->setAccessibleName(tr("Try with a stand-in"));
    m_standIn->setToolTip(tr("Syncs go to a stand-in on this machine that answers as the service "
                             "would, until the window closes"));
    m_standIn->hide();
    offer("destination.stand_in", m_standIn);
    connect(m_standIn, &QPushButton::clicked, this, &DestinationPage::startStandIn);
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
    layout->addWidget(m_standIn);
    layout->addWidget(m_test);
    connect(m_test, &QPushButton::clicked, this, &DestinationPage::test);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_question.cancel();
        setAsking({});
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
    const std::string owner = SecretKeeping::ownerOf(definition().slug, definition().id);
    const std::string target = m_session.contents()->target;
    for (const auto& [key, problem] : problemsOf(*m_spec, settings(), true)) {
        if (m_form->secretInput(key) != nullptr)
            m_secrets->keep(owner, key, secrets::SecretPlace::Session,
                            QString::fromLatin1(standInValue));
        else if (!settings().fields.contains(key))
            edit(tr("Fill in for the stand-in"), {},
                 [&, field = key](project::DestinationDefinition& destination) {
                     destination.settings.setField(target, field, standInValue);
                 });
    }
    // Until it answers, a test would go to the service itself.
    m_startsStandIn = true;
    setAsking(tr("Starting the stand-in"));
    m_session.startInbox(definition());
}

void DestinationPage::endStartingStandIn(bool started)
{
    if (!std::exchange(m_startsStandIn, false))
        return;
    setAsking({});
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
        m_test->setFocus();
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
    const auto refer = [this, target](const std::string& key, const std::string& reference) {
        edit(tr("Change where a secret is"), {}, [&](project::DestinationDefinition& destination) {
            destination.settings.setSecret(target, key, reference);
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
    connect(m_secrets, &SecretKeeping::refused, this, &DestinationPage::onSecretRefused);
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
    m_name->setText(title());
    QStringList about{m_spec ? m_spec->name : toQString(destination.connector)};
    if (!now.baseUrl.empty())
        about.append(tr("stand-in at %1").arg(toQString(now.baseUrl)));
    about.append(tr("destinations/%1.json").arg(toQString(destination.slug)));
    m_about->setText(about.join(QStringLiteral("  \u00B7  ")));
    if (m_form != nullptr) {
        std::map<std::string, std::string> values = now.fields;
        values[accountNameKey] = destination.name;
        values[baseUrlKey] = now.baseUrl;
        m_form->setValues(values);
        m_form->setReferences(now.secrets);
        m_secrets->lookFor(now.secrets);
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
    m_test->setEnabled(trusted && m_spec);
    m_test->setToolTip(trusted ? QString() : tr("Trust this project first"));
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

void DestinationPage::setAsking(const QString& what)
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

void DestinationPage::test()
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
                                tr("The account is not filled in yet."),
                                problems.begin()->second,
                                {},
                                {}});
        return editField(problems.begin()->first);
    }
    m_message->clear();
    m_verdict->hide();
    setAsking(tr("Asking %1").arg(m_spec->name));
    m_question.ask(
        m_session, this,
        [destination = reached()](service::Workspace& workspace, const StopToken& stop) {
            return workspace.checkDestination(destination, stop);
        },
        [this](Result<connector::AccountCheck> check) {
            setAsking({});
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

void DestinationPage::onSecretRefused(const std::string& field, const Error& error,
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

void DestinationPage::loadObjects()
{
    setAsking(tr("Reading the list of objects"));
    m_question.ask(
        m_session, this,
        [destination = reached()](service::Workspace& workspace, const StopToken& stop) {
            return workspace.objects(destination, stop);
        },
        [this](Result<std::vector<connector::ObjectInfo>> objects) {
            setAsking({});
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
