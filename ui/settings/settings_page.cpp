// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settings_page.h"

#include "base/text.h"
#include "session/documents.h"
#include "session/project_session.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/message_strip.h"
#include "widgets/spinner.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QSpinBox>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int widestSettings = 760;
constexpr std::uint64_t megabyte = 1u << 20;
constexpr int mostMegabytes = 1 << 20;

void addHeading(QVBoxLayout* column, const QString& text, const QString& explanation)
{
    auto* heading = new QLabel(text);
    heading->setFont(textFont(TextSize::Title, QFont::DemiBold));
    column->addSpacing(grid::gap);
    column->addWidget(heading);
    auto* label = new QLabel(explanation);
    label->setWordWrap(true);
    label->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(label);
}

QFormLayout* addForm(QVBoxLayout* column)
{
    auto* form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setHorizontalSpacing(grid::section);
    form->setVerticalSpacing(grid::gap);
    column->addLayout(form);
    return form;
}

MessageStrip* addMessage(QVBoxLayout* column)
{
    auto* message = new MessageStrip;
    message->clear();
    column->addWidget(message);
    return message;
}

} // namespace

SettingsPage::SettingsPage(ProjectSession& session, ColorSchemeChoice colors,
                           std::vector<RemappableAction> actions, QWidget* parent)
    : Page({PageKind::Settings, {}}, parent), m_session(session)
{
    auto* content = new QWidget;
    content->setMaximumWidth(widestSettings);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(2 * grid::section, grid::section, 2 * grid::section,
                               2 * grid::section);
    column->setSpacing(grid::gap);
    addAppearance(column, colors);
    addNetwork(column);
    addKeychain(column);
    addRetention(column);
    addHeading(column, tr("Keyboard"),
               tr("Every action of the window, and of the pages that are open."));
    auto* keys = new ShortcutTable(std::move(actions));
    connect(keys, &ShortcutTable::remapped, this, &SettingsPage::remapped);
    column->addWidget(keys, 1);
    auto* scroll = new QScrollArea;
    scroll->setAccessibleName(tr("Settings"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setWidget(content);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    loadNetwork();
}

QString SettingsPage::title() const
{
    return tr("Settings");
}

void SettingsPage::addAppearance(QVBoxLayout* column, ColorSchemeChoice colors)
{
    addHeading(column, tr("Appearance"), tr("Sizes follow the scale of the system."));
    auto* choice = new QComboBox;
    choice->setAccessibleName(tr("Colours"));
    for (const auto& [text, value] : {std::pair(tr("As the system"), ColorSchemeChoice::System),
                                      std::pair(tr("Light"), ColorSchemeChoice::Light),
                                      std::pair(tr("Dark"), ColorSchemeChoice::Dark)})
        choice->addItem(text, static_cast<int>(value));
    choice->setCurrentIndex(choice->findData(static_cast<int>(colors)));
    connect(choice, &QComboBox::activated, this, [this, choice](int index) {
        Q_EMIT colorsWanted(static_cast<ColorSchemeChoice>(choice->itemData(index).toInt()));
    });
    addForm(column)->addRow(tr("&Colours"), choice);
}

void SettingsPage::addNetwork(QVBoxLayout* column)
{
    addHeading(column, tr("Network"),
               tr("For requests to destinations, from this window and from the command line. "
                  "Without a proxy here the environment counts (HTTPS_PROXY, NO_PROXY)."));
    m_proxy = new QLineEdit;
    m_proxy->setAccessibleName(tr("Proxy"));
    m_proxy->setPlaceholderText(QStringLiteral("http://proxy.example.com:3128"));
    m_certificates = new QLineEdit;
    m_certificates->setAccessibleName(tr("Certificates to trust besides the system's"));
    m_certificates->setPlaceholderText(tr("a PEM file of authorities; none: the system's alone"));
    auto* browse = new QPushButton(tr("Choose..."));
    browse->setAccessibleName(tr("Choose a file of certificates"));
    auto* file = new QHBoxLayout;
    file->setSpacing(grid::gap);
    file->addWidget(m_certificates, 1);
    file->addWidget(browse);
    QFormLayout* const form = addForm(column);
    form->addRow(tr("&Proxy"), m_proxy);
    form->addRow(tr("Own certificates"), file);
    m_networkMessage = addMessage(column);
    connect(m_proxy, &QLineEdit::editingFinished, this, &SettingsPage::saveNetwork);
    connect(m_certificates, &QLineEdit::editingFinished, this, &SettingsPage::saveNetwork);
    connect(browse, &QPushButton::clicked, this, &SettingsPage::chooseCertificates);
}

void SettingsPage::addKeychain(QVBoxLayout* column)
{
    addHeading(column, tr("Keychain"),
               tr("Passwords and keys are kept in the keychain of the system, never in a file of "
                  "the project."));
    auto* test = new QPushButton(themeIcon(Icon::Keychain), tr("Test the keychain"));
    m_keychainBusy = new Spinner;
    auto* row = new QHBoxLayout;
    row->setSpacing(grid::gap);
    row->addWidget(test);
    row->addWidget(m_keychainBusy);
    row->addStretch();
    column->addLayout(row);
    m_keychainMessage = addMessage(column);
    connect(test, &QPushButton::clicked, this, &SettingsPage::testKeychain);
}

void SettingsPage::addRetention(QVBoxLayout* column)
{
    addHeading(column, tr("What is kept of runs"),
               tr("Rows, payloads, requests and answers of delivered records stay on this machine "
                  "for so long, whichever is reached first. Of refused ones they stay until they "
                  "are settled. Counts stay."));
    QFormLayout* const form = addForm(column);
    for (const project::SyncDefinition& sync : m_session.documents().edited().syncs) {
        SyncDocument* const document = m_session.documents().sync(sync.slug);
        const QString name = document->name();
        auto* days = new QSpinBox;
        days->setAccessibleName(tr("Days that %1 keeps").arg(name));
        days->setRange(0, 3650);
        days->setSuffix(tr(" days"));
        days->setValue(static_cast<int>(sync.history.days));
        auto* size = new QSpinBox;
        size->setAccessibleName(tr("Megabytes that %1 keeps").arg(name));
        size->setRange(0, mostMegabytes);
        size->setSuffix(tr(" MB"));
        size->setGroupSeparatorShown(true);
        size->setValue(static_cast<int>(
            std::min<std::uint64_t>(sync.history.bytes / megabyte, mostMegabytes)));
        const auto change = [document](auto edit) {
            project::SyncDefinition next = document->value();
            edit(next.history);
            document->change(tr("What is kept"), std::move(next), QStringLiteral("history"));
        };
        connect(days, &QSpinBox::valueChanged, document, [change](int value) {
            change([value](project::HistorySettings& history) {
                history.days = static_cast<std::uint32_t>(value);
            });
        });
        connect(size, &QSpinBox::valueChanged, document, [change](int value) {
            change([value](project::HistorySettings& history) {
                history.bytes = static_cast<std::uint64_t>(value) * megabyte;
            });
        });
        auto* row = new QHBoxLayout;
        row->setSpacing(grid::gap);
        row->addWidget(days);
        row->addWidget(size);
        row->addStretch();
        form->addRow(name, row);
    }
}

void SettingsPage::loadNetwork()
{
    m_session.ask(
        this, [](service::Workspace&, const StopToken&) { return service::loadNetworkSettings(); },
        [this](Result<service::NetworkSettings> settings) {
            if (!settings)
                return m_networkMessage->showMessage(messageOf(settings.error()));
            m_proxy->setText(toQString(settings->proxy));
            m_certificates->setText(toQString(settings->certificates));
        });
}

void SettingsPage::saveNetwork()
{
    const service::NetworkSettings settings{m_proxy->text().trimmed().toStdString(),
                                            m_certificates->text().trimmed().toStdString()};
    m_session.ask(
        this,
        [settings](service::Workspace&, const StopToken&) {
            return service::saveNetworkSettings(settings);
        },
        [this](Result<void> saved) {
            if (saved)
                m_networkMessage->clear();
            else
                m_networkMessage->showMessage(messageOf(saved.error()));
        });
}

void SettingsPage::chooseCertificates()
{
    auto* dialog = new QFileDialog(this, tr("Certificates"), m_certificates->text(),
                                   tr("Certificates (*.pem *.crt *.cer);;All files (*)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        m_certificates->setText(file);
        saveNetwork();
    });
    dialog->open();
}

void SettingsPage::testKeychain()
{
    m_keychainMessage->clear();
    m_keychainBusy->start();
    m_session.askKeychain(
        this,
        [](service::Workspace& workspace, const StopToken&) { return workspace.checkKeychain(); },
        [this](Result<void> works) {
            m_keychainBusy->stop();
            m_keychainMessage->showMessage(
                works ? Message{Tone::Success,
                                tr("The keychain works: a test entry was written, read and "
                                   "removed."),
                                {},
                                {},
                                {}}
                      : messageOf(works.error()));
        });
}

} // namespace headgate::ui
