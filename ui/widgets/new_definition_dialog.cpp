// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/new_definition_dialog.h"

#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "widgets/choice_delegate.h"
#include "widgets/search_field.h"
#include "widgets/spinner.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int choiceRole = Qt::UserRole;
constexpr QSize dialogSize(620, 600);

bool isFound(const DefinitionChoice& choice, const QString& words)
{
    const QString all =
        choice.title + QLatin1Char(' ') + choice.detail + QLatin1Char(' ') + choice.group;
    for (const QString& word : words.split(QLatin1Char(' '), Qt::SkipEmptyParts))
        if (!all.contains(word, Qt::CaseInsensitive))
            return false;
    return true;
}

} // namespace

NewDefinitionDialog::NewDefinitionDialog(const QString& title, const QString& hint,
                                         std::function<QString(const QString&)> fileOf,
                                         QWidget* parent)
    : QDialog(parent), m_fileOf(std::move(fileOf)), m_search(new SearchField(hint)),
      m_spinner(new Spinner), m_list(new QListWidget), m_notes(new QLabel), m_option(new QCheckBox),
      m_name(new QLineEdit), m_file(new QLabel), m_naming(new QWidget),
      m_create(new QPushButton(tr("Create")))
{
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(dialogSize);
    m_list->setAccessibleName(tr("What it can be"));
    m_list->setItemDelegate(new ChoiceDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_notes->setAccessibleName(tr("About this choice"));
    m_notes->setFont(textFont(TextSize::Small));
    m_notes->setForegroundRole(QPalette::PlaceholderText);
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->setWordWrap(true);
    m_name->setAccessibleName(tr("Name"));
    m_file->setAccessibleName(tr("Its file"));
    m_file->setFont(textFont(TextSize::Small));
    m_file->setForegroundRole(QPalette::PlaceholderText);
    setButtonKind(m_create, ButtonKind::Primary);
    m_create->setDefault(true);

    auto* head = new QHBoxLayout;
    head->setSpacing(grid::gap);
    head->addWidget(m_search, 1);
    head->addWidget(m_spinner);
    auto* nameLabel = new QLabel(tr("Name"));
    nameLabel->setBuddy(m_name);
    auto* name = new QHBoxLayout(m_naming);
    name->setContentsMargins(0, 0, 0, 0);
    name->setSpacing(grid::gap);
    name->addWidget(nameLabel);
    name->addWidget(m_name, 1);
    auto* cancel = new QPushButton(tr("Cancel"));
    cancel->setAutoDefault(false);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(grid::gap);
    buttons->addWidget(m_file, 1);
    buttons->addWidget(cancel);
    buttons->addWidget(m_create);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(grid::section, grid::section, grid::section, grid::section);
    layout->setSpacing(grid::gap + grid::unit);
    layout->addLayout(head);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_notes);
    layout->addWidget(m_option);
    layout->addWidget(m_naming);
    layout->addLayout(buttons);

    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &NewDefinitionDialog::filter);
    connect(m_search, &SearchField::accepted, this, &NewDefinitionDialog::take);
    connect(m_search, &SearchField::left, this, &QDialog::reject);
    connect(m_list, &QListWidget::currentItemChanged, this, [this] {
        m_chosen = true;
        showCurrent();
    });
    connect(m_list, &QListWidget::itemActivated, this, &NewDefinitionDialog::take);
    connect(m_name, &QLineEdit::textEdited, this, [this](const QString& text) {
        m_named = !text.isEmpty();
        showCurrent();
    });
    connect(m_create, &QPushButton::clicked, this, &NewDefinitionDialog::take);
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    m_spinner->hide();
    showCurrent();
    m_search->setFocus();
}

void NewDefinitionDialog::setChoices(std::vector<DefinitionChoice> choices)
{
    const int before = currentChoice();
    const DefinitionChoice kept =
        before < 0 ? DefinitionChoice() : m_choices[static_cast<std::size_t>(before)];
    m_choices = std::move(choices);
    const auto same =
        std::find_if(m_choices.begin(), m_choices.end(), [&](const DefinitionChoice& each) {
            return each.group == kept.group && each.title == kept.title;
        });
    const int now =
        before < 0 || same == m_choices.end() ? -1 : static_cast<int>(same - m_choices.begin());
    fill(now >= 0 && m_chosen ? now : bestChoice(now));
}

void NewDefinitionDialog::setBusy(const QString& what)
{
    m_spinner->setText(what);
    m_spinner->setVisible(!what.isEmpty());
    if (what.isEmpty())
        m_spinner->stop();
    else
        m_spinner->start();
}

void NewDefinitionDialog::setRemark(const QString& remark)
{
    m_remark = remark;
    showCurrent();
}

void NewDefinitionDialog::filter()
{
    m_chosen = false;
    fill(bestChoice(currentChoice()));
}

/// The first that begins with what is searched, else `otherwise`.
int NewDefinitionDialog::bestChoice(int otherwise) const
{
    const QString searched = m_search->text();
    const auto best =
        std::find_if(m_choices.begin(), m_choices.end(), [&](const DefinitionChoice& choice) {
            return choice.title.startsWith(searched, Qt::CaseInsensitive);
        });
    return searched.isEmpty() || best == m_choices.end()
               ? otherwise
               : static_cast<int>(best - m_choices.begin());
}

void NewDefinitionDialog::fill(int chosen)
{
    {
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        QString group;
        for (int i = 0; i < static_cast<int>(m_choices.size()); ++i) {
            const DefinitionChoice& choice = m_choices[static_cast<std::size_t>(i)];
            if (!isFound(choice, m_search->text()))
                continue;
            if (choice.group != group) {
                auto* heading = new QListWidgetItem(choice.group, m_list);
                heading->setFlags(Qt::NoItemFlags);
                heading->setData(ChoiceDelegate::HeadingRole, true);
                heading->setData(choiceRole, -1);
                group = choice.group;
            }
            auto* item = new QListWidgetItem(themeIcon(choice.icon), choice.title, m_list);
            item->setData(choiceRole, i);
            item->setData(ChoiceDelegate::DetailRole, choice.detail);
            item->setData(Qt::AccessibleDescriptionRole, choice.detail);
            item->setData(ChoiceDelegate::ImpossibleRole, !choice.possible);
            if (i == chosen)
                m_list->setCurrentItem(item);
        }
        if (m_list->currentRow() < 0)
            step(1);
    }
    showCurrent();
}

int NewDefinitionDialog::currentChoice() const
{
    const QListWidgetItem* const item = m_list->currentItem();
    return item == nullptr ? -1 : item->data(choiceRole).toInt();
}

void NewDefinitionDialog::step(int by)
{
    for (int row = m_list->currentRow() + by; row >= 0 && row < m_list->count(); row += by)
        if (m_list->item(row)->flags().testFlag(Qt::ItemIsSelectable)) {
            m_list->setCurrentRow(row);
            return;
        }
}

void NewDefinitionDialog::showCurrent()
{
    const int current = currentChoice();
    const DefinitionChoice none;
    const DefinitionChoice& choice =
        current < 0 ? none : m_choices[static_cast<std::size_t>(current)];
    // Setting a text undoes what the user has selected in it.
    if (!m_named && m_name->text() != choice.proposedName)
        m_name->setText(choice.proposedName);
    QStringList notes = choice.notes;
    if (!m_remark.isEmpty())
        notes.append(m_remark);
    m_notes->setText(notes.join(QLatin1Char('\n')));
    m_notes->setVisible(!notes.isEmpty());
    m_option->setText(choice.option);
    m_option->setVisible(!choice.option.isEmpty());
    const QString name = m_name->text().trimmed();
    const bool makes = choice.proceed.isEmpty();
    m_naming->setVisible(makes);
    m_create->setText(makes ? tr("Create") : choice.proceed);
    m_create->setEnabled(current >= 0 && choice.possible && (!makes || !name.isEmpty()));
    m_file->setText(makes && !name.isEmpty() ? tr("Becomes %1 when saved").arg(m_fileOf(name))
                                             : QString());
}

void NewDefinitionDialog::take()
{
    if (!m_create->isEnabled())
        return;
    const bool option = !m_option->isHidden() && m_option->isChecked();
    Q_EMIT chosen(currentChoice(), m_name->text().trimmed(), option);
    accept();
}

bool NewDefinitionDialog::eventFilter(QObject* watched, QEvent* event)
{
    if (watched != m_search || event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_Up:
        step(-1);
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

} // namespace headgate::ui
