// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/search_field.h"

#include "theme/icon.h"

#include <QKeyEvent>

namespace headgate::ui {

SearchField::SearchField(const QString& hint, QWidget* parent) : QLineEdit(parent)
{
    setPlaceholderText(hint);
    setAccessibleName(hint);
    setClearButtonEnabled(true);
    addAction(themeIcon(Icon::Search, IconColor::Quiet), QLineEdit::LeadingPosition);
    m_pause.setSingleShot(true);
    m_pause.setInterval(pause);
    connect(&m_pause, &QTimer::timeout, this, &SearchField::searchNow);
    connect(this, &QLineEdit::textChanged, this, [this](const QString& text) {
        if (text.isEmpty())
            searchNow();
        else
            m_pause.start();
    });
}

void SearchField::setSearched(const QString& text)
{
    m_last = text;
    setText(text);
}

void SearchField::searchNow()
{
    m_pause.stop();
    if (text() == m_last)
        return;
    m_last = text();
    Q_EMIT searched(m_last);
}

void SearchField::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Escape:
        if (text().isEmpty())
            Q_EMIT left();
        else
            clear();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        searchNow();
        Q_EMIT accepted();
        return;
    case Qt::Key_Down:
        Q_EMIT wentDown();
        return;
    default:
        QLineEdit::keyPressEvent(event);
    }
}

} // namespace headgate::ui
