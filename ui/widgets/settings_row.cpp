// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings_row.h"

#include "base/text.h"
#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/secret_input.h"
#include "widgets/tone_icon.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int settingsRowWidth = 440;
constexpr int problemSignSize = 14;
constexpr int noteGap = 2;
constexpr int portWidth = 112;
constexpr int headerLinesShown = 3;

} // namespace

SettingsRow::SettingsRow(const SettingsField& field, QWidget* parent)
    : QWidget(parent), m_field(field), m_label(new QLabel), m_note(new QLabel),
      m_sign(new ToneIcon(Tone::Error, problemSignSize))
{
    setFixedWidth(settingsRowWidth);
    m_label->setText(field.required ? tr("%1 *").arg(field.label) : field.label);
    m_label->setToolTip(field.required ? tr("Needed") : QString());
    m_label->setMinimumHeight(rowHeight());
    m_note->setFont(textFont(TextSize::Small));
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    auto* note = new QHBoxLayout;
    note->setSpacing(grid::unit);
    note->addWidget(m_sign, 0, Qt::AlignTop);
    note->addWidget(m_note, 1);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(noteGap);
    m_body = makeInput();
    layout->addWidget(m_body);
    layout->addLayout(note);
    if (m_line != nullptr)
        m_line->setMinimumHeight(rowHeight());
    if (m_flag == nullptr) {
        m_label->setBuddy(m_input);
        m_input->setAccessibleName(field.label);
    }
    setFocusProxy(m_input);
    setProblem({});
}

QWidget* SettingsRow::makeInput()
{
    switch (m_field.kind) {
    case SettingsKind::Secret:
    case SettingsKind::SecretLines:
        m_secret = new SecretInput(m_field.label, m_field.kind == SettingsKind::SecretLines);
        m_input = m_secret->input();
        return m_secret;
    case SettingsKind::Lines:
        return makeLines();
    case SettingsKind::Choice:
        return makeChoice();
    case SettingsKind::Flag:
        m_flag = new QCheckBox(m_field.label);
        m_input = m_flag;
        connect(m_flag, &QCheckBox::clicked, this,
                [this](bool on) { Q_EMIT edited(on ? "true" : "false"); });
        return m_flag;
    case SettingsKind::File:
    case SettingsKind::Folder:
        return makePath();
    case SettingsKind::Text:
    case SettingsKind::Port:
        break;
    }
    m_line = new QLineEdit;
    m_line->setPlaceholderText(toQString(m_field.initial));
    if (m_field.kind == SettingsKind::Port)
        m_line->setFixedWidth(portWidth);
    m_input = m_line;
    connect(m_line, &QLineEdit::textEdited, this,
            [this](const QString& text) { Q_EMIT edited(text.toStdString()); });
    return m_line;
}

QWidget* SettingsRow::makePath()
{
    m_line = new QLineEdit;
    m_line->setPlaceholderText(toQString(m_field.initial));
    m_input = m_line;
    auto* browse = new QPushButton(themeIcon(Icon::Folder), tr("Browse"));
    browse->setAccessibleName(tr("Browse for %1").arg(m_field.label));
    auto* box = new QWidget;
    auto* layout = new QHBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::gap);
    layout->addWidget(m_line, 1);
    layout->addWidget(browse);
    connect(m_line, &QLineEdit::textEdited, this,
            [this](const QString& text) { Q_EMIT edited(text.toStdString()); });
    connect(browse, &QPushButton::clicked, this, &SettingsRow::choosePath);
    return box;
}

QWidget* SettingsRow::makeLines()
{
    m_lines = new QPlainTextEdit;
    m_lines->setFixedHeight(headerLinesShown * rowHeight());
    m_lines->setTabChangesFocus(true);
    m_lines->setPlaceholderText(toQString(m_field.initial));
    m_input = m_lines;
    connect(m_lines, &QPlainTextEdit::textChanged, this,
            [this] { Q_EMIT edited(m_lines->toPlainText().toStdString()); });
    return m_lines;
}

QWidget* SettingsRow::makeChoice()
{
    m_choice = new QComboBox;
    for (const SettingsField::Choice& choice : m_field.choices)
        m_choice->addItem(choice.label, toQString(choice.value));
    m_choice->setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Fixed);
    m_input = m_choice;
    connect(m_choice, &QComboBox::activated, this,
            [this] { Q_EMIT edited(m_choice->currentData().toString().toStdString()); });
    return m_choice;
}

void SettingsRow::choosePath()
{
    const QDir folder(m_folder);
    auto* dialog = new QFileDialog(window(), m_field.label, folder.filePath(m_line->text()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(m_field.kind == SettingsKind::Folder ? QFileDialog::Directory
                                                             : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, folder](const QString& path) {
        const bool below = !m_folder.isEmpty() && path.startsWith(folder.path() + QLatin1Char('/'));
        Q_EMIT edited((below ? folder.relativeFilePath(path) : path).toStdString());
    });
    dialog->open();
}

void SettingsRow::setValue(const std::string& value)
{
    m_filledIn = !value.empty();
    const QString text = toQString(value);
    const std::string& counts = value.empty() ? m_field.initial : value;
    if (m_line != nullptr && m_line->text() != text)
        m_line->setText(text);
    if (m_lines != nullptr && m_lines->toPlainText() != text) {
        const QSignalBlocker blocker(m_lines);
        m_lines->setPlainText(text);
    }
    if (m_choice != nullptr)
        m_choice->setCurrentIndex(m_choice->findData(toQString(counts)));
    if (m_flag != nullptr)
        m_flag->setChecked(counts == "true");
}

void SettingsRow::setReference(const std::string& reference)
{
    m_filledIn = !reference.empty();
    m_secret->setReference(reference);
}

void SettingsRow::setProblem(const QString& problem)
{
    const QString shown = problem.isEmpty() ? m_field.help : problem;
    m_note->setText(shown);
    m_note->setForegroundRole(problem.isEmpty() ? QPalette::PlaceholderText : QPalette::WindowText);
    m_note->setVisible(!shown.isEmpty());
    m_sign->setVisible(!problem.isEmpty());
    setInputError(m_input, problem);
    if (problem.isEmpty())
        m_input->setAccessibleDescription(m_field.help);
    fitHeight();
}

void SettingsRow::fitHeight()
{
    int height = std::max(m_body->sizeHint().height(), rowHeight());
    if (!m_note->text().isEmpty()) {
        const int sign = m_sign->isHidden() ? 0 : problemSignSize + grid::unit;
        height += noteGap + m_note->heightForWidth(settingsRowWidth - sign);
    }
    setFixedHeight(height);
}

bool SettingsRow::event(QEvent* event)
{
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        fitHeight();
    return handled;
}

void SettingsRow::focusInput()
{
    m_input->setFocus(Qt::OtherFocusReason);
}

} // namespace headgate::ui
