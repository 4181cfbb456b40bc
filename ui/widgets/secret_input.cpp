// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/secret_input.h"

#include "base/text.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "widgets/elided_label.h"

#include <QAction>
#include <QComboBox>
#include <QFocusEvent>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace headgate::ui {

namespace {

constexpr int linesShown = 4;

} // namespace

SecretInput::SecretInput(const QString& name, bool lines, QWidget* parent)
    : QWidget(parent), m_name(name), m_place(new QComboBox), m_state(new ElidedLabel)
{
    m_place->setAccessibleName(tr("Where %1 is kept").arg(name));
    m_place->addItem(themeIcon(Icon::Keychain), tr("Keychain"),
                     static_cast<int>(secrets::SecretPlace::Keychain));
    m_place->setToolTip(tr("Never in a file of the project"));
    m_place->addItem(themeIcon(Icon::Clock), tr("This session"),
                     static_cast<int>(secrets::SecretPlace::Session));
    m_place->addItem(themeIcon(Icon::Code), tr("Environment"),
                     static_cast<int>(secrets::SecretPlace::Environment));
    auto* inputs = new QHBoxLayout;
    inputs->setSpacing(grid::gap);
    if (lines) {
        m_lines = new QPlainTextEdit;
        m_lines->setFixedHeight(linesShown * rowHeight() * 3 / 4);
        m_lines->setTabChangesFocus(true);
        m_lines->installEventFilter(this);
        connect(m_lines, &QPlainTextEdit::textChanged, this, &SecretInput::onTyped);
        m_removeLines = new QToolButton;
        m_removeLines->setIcon(themeIcon(Icon::Trash));
        m_removeLines->setToolTip(tr("Do not use a kept secret"));
        m_removeLines->setAccessibleName(tr("Remove %1").arg(name));
        connect(m_removeLines, &QToolButton::clicked, this, &SecretInput::removed);
    } else {
        m_line = new QLineEdit;
        m_line->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText |
                                    Qt::ImhNoAutoUppercase | Qt::ImhSensitiveData);
        m_remove = m_line->addAction(themeIcon(Icon::Trash), QLineEdit::TrailingPosition);
        m_remove->setToolTip(tr("Do not use a kept secret"));
        m_remove->setText(tr("Remove %1").arg(name));
        connect(m_remove, &QAction::triggered, this, &SecretInput::removed);
        connect(m_line, &QLineEdit::textEdited, this, &SecretInput::onTyped);
        connect(m_line, &QLineEdit::editingFinished, this, &SecretInput::onLeft);
    }
    input()->setAccessibleName(name);
    input()->setMinimumHeight(rowHeight());
    inputs->addWidget(input(), 1);
    if (m_removeLines != nullptr)
        inputs->addWidget(m_removeLines, 0, Qt::AlignTop);
    inputs->addWidget(m_place, 0, Qt::AlignTop);
    m_state->setFont(textFont(TextSize::Small));
    m_state->setForegroundRole(QPalette::PlaceholderText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addLayout(inputs);
    layout->addWidget(m_state);
    setFocusProxy(input());
    m_place->installEventFilter(this);
    connect(m_place, &QComboBox::activated, this, &SecretInput::onPlaceChosen);
    setReference({});
}

QWidget* SecretInput::input() const
{
    return m_line != nullptr ? static_cast<QWidget*>(m_line) : m_lines;
}

void SecretInput::focusInput()
{
    input()->setFocus(Qt::OtherFocusReason);
}

QString SecretInput::text() const
{
    return m_line != nullptr ? m_line->text() : m_lines->toPlainText();
}

void SecretInput::setText(const QString& text)
{
    if (m_line != nullptr) {
        m_line->setText(text);
        m_line->setCursorPosition(0);
        return;
    }
    const QSignalBlocker blocker(m_lines);
    m_lines->setPlainText(text);
}

secrets::SecretPlace SecretInput::place() const
{
    return static_cast<secrets::SecretPlace>(m_place->currentData().toInt());
}

void SecretInput::setPlace(secrets::SecretPlace place)
{
    m_place->setCurrentIndex(m_place->findData(static_cast<int>(place)));
    showPlace();
}

void SecretInput::setReference(const std::string& reference)
{
    if ((m_typed || m_waiting) && reference == m_reference)
        return;
    m_waiting = false;
    m_refused = false;
    const auto ref = secrets::SecretRef::parse(reference);
    if (reference != m_reference)
        m_isKept.reset();
    m_reference = ref ? reference : std::string();
    m_typed = false;
    if (ref)
        m_place->setCurrentIndex(m_place->findData(static_cast<int>(ref->place)));
    const bool variable = ref && ref->place == secrets::SecretPlace::Environment;
    setText(variable ? toQString(ref->name) : QString());
    if (m_remove != nullptr)
        m_remove->setVisible(ref.has_value());
    if (m_removeLines != nullptr)
        m_removeLines->setVisible(ref.has_value());
    showPlace();
}

void SecretInput::showPlace()
{
    QString hint;
    switch (place()) {
    case secrets::SecretPlace::Keychain:
        m_state->setText(m_reference.empty()
                             ? QString()
                             : tr("The project refers to it as %1").arg(toQString(m_reference)));
        hint = placeholderOf(tr("Kept. Type to replace it"),
                             tr("Not on this machine yet. Type it to keep it"));
        break;
    case secrets::SecretPlace::Session:
        m_state->setText(tr("Forgotten when Headgate is closed."));
        hint = placeholderOf(tr("Given for this session. Type to replace it"),
                             tr("Not given in this session yet"));
        break;
    case secrets::SecretPlace::Environment:
        m_state->setText(
            m_isKept == false && !m_reference.empty()
                ? tr("This variable is not set where Headgate was started.")
                : tr("Read from the variable where Headgate is started, also on servers."));
        hint = tr("NAME_OF_THE_VARIABLE");
        break;
    }
    m_state->setVisible(!m_state->text().isEmpty());
    if (m_line != nullptr) {
        const bool variable = place() == secrets::SecretPlace::Environment;
        m_line->setEchoMode(variable ? QLineEdit::Normal : QLineEdit::Password);
        m_line->setPlaceholderText(hint);
    } else {
        m_lines->setPlaceholderText(hint);
    }
}

QString SecretInput::placeholderOf(const QString& kept, const QString& missing) const
{
    if (m_reference.empty() || !m_isKept)
        return {};
    return *m_isKept ? kept : missing;
}

void SecretInput::setKept(const std::string& reference, bool isKept)
{
    if (reference != m_reference)
        return;
    m_isKept = isKept;
    if (!m_waiting)
        showPlace();
}

void SecretInput::showKept(const std::string& reference)
{
    m_waiting = false;
    setReference(reference);
    setKept(reference, true);
}

void SecretInput::showRefused()
{
    m_waiting = false;
    m_refused = !text().isEmpty();
    showPlace();
}

void SecretInput::showWaiting()
{
    m_waiting = true;
    if (place() == secrets::SecretPlace::Keychain) {
        m_state->setText(tr("Waiting for the keychain, which may ask you to unlock it"));
        m_state->show();
    }
}

void SecretInput::onTyped()
{
    m_typed = true;
    m_refused = false;
}

void SecretInput::onLeft()
{
    if (!m_place->hasFocus())
        commit();
}

void SecretInput::onPlaceChosen()
{
    const auto kept = secrets::SecretRef::parse(m_reference);
    const bool wasVariable = kept && kept->place == secrets::SecretPlace::Environment;
    // A variable's name is no secret, and a secret must not become a name that is seen.
    m_typed = m_typed || m_waiting || m_refused;
    m_refused = false;
    if (wasVariable != (place() == secrets::SecretPlace::Environment) || !m_typed) {
        setText({});
        m_typed = false;
    }
    if (kept && kept->place == place()) {
        m_typed = false;
        return setReference(m_reference);
    }
    const std::string before = std::exchange(m_reference, std::string());
    showPlace();
    m_reference = before;
    if (!commit())
        focusInput();
}

bool SecretInput::commit()
{
    if (!m_typed || text().isEmpty())
        return false;
    m_typed = false;
    if (place() == secrets::SecretPlace::Environment)
        Q_EMIT variableNamed(text().trimmed());
    else
        Q_EMIT entered(place(), text());
    return true;
}

bool SecretInput::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::FocusOut)
        return QWidget::eventFilter(watched, event);
    const bool opensList = static_cast<QFocusEvent*>(event)->reason() == Qt::PopupFocusReason;
    if (watched == m_place ? !opensList && !input()->hasFocus() : watched == m_lines)
        onLeft();
    return QWidget::eventFilter(watched, event);
}

} // namespace headgate::ui
