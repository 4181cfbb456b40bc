// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/settings_form.h"

#include "theme/button_kind.h"
#include "theme/icon.h"
#include "widgets/secret_input.h"
#include "widgets/settings_row.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <algorithm>

namespace headgate::ui {

namespace {

constexpr int labelWidth = 152;

} // namespace

SettingsForm::SettingsForm(const std::vector<SettingsField>& fields, QWidget* parent)
    : QWidget(parent), m_layout(new QGridLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setHorizontalSpacing(grid::section);
    m_layout->setVerticalSpacing(grid::gap + 2);
    m_layout->setColumnMinimumWidth(0, labelWidth);
    m_layout->setColumnStretch(2, 1);
    for (const SettingsField& field : fields)
        if (!field.advanced)
            addRow(field);
    const bool folds = std::any_of(fields.begin(), fields.end(),
                                   [](const SettingsField& field) { return field.advanced; });
    if (folds) {
        m_more = new QPushButton(tr("More options"));
        setButtonKind(m_more, ButtonKind::Quiet);
        m_layout->addWidget(m_more, m_layout->rowCount(), 1, Qt::AlignLeft);
        connect(m_more, &QPushButton::clicked, this, [this] { unfold(!m_unfolded); });
    }
    for (const SettingsField& field : fields)
        if (field.advanced)
            addRow(field);
    unfold(false);
}

void SettingsForm::addRow(const SettingsField& field)
{
    auto* row = new SettingsRow(field);
    const int at = m_layout->rowCount();
    const bool isFlag = field.kind == SettingsKind::Flag;
    row->label()->setParent(this);
    if (isFlag)
        row->label()->hide();
    else
        m_layout->addWidget(row->label(), at, 0, Qt::AlignTop | Qt::AlignLeft);
    m_layout->addWidget(row, at, 1);
    m_rows.push_back(row);
    for (const QLineEdit* const line : row->findChildren<QLineEdit*>())
        connect(line, &QLineEdit::returnPressed, this, &SettingsForm::confirmed);
    connect(row, &SettingsRow::edited, this,
            [this, key = field.key](const std::string& value) { Q_EMIT edited(key, value); });
    if (SecretInput* const secret = row->secretInput()) {
        connect(secret, &SecretInput::entered, this,
                [this, key = field.key](secrets::SecretPlace place, const QString& text) {
                    Q_EMIT secretEntered(key, place, text);
                });
        connect(secret, &SecretInput::variableNamed, this,
                [this, key = field.key](const QString& name) { Q_EMIT variableNamed(key, name); });
        connect(secret, &SecretInput::removed, this,
                [this, key = field.key] { Q_EMIT secretRemoved(key); });
    }
}

void SettingsForm::unfold(bool unfolded)
{
    m_unfolded = unfolded;
    if (m_more != nullptr) {
        m_more->setIcon(themeIcon(unfolded ? Icon::ChevronDown : Icon::ChevronRight));
        m_more->setText(unfolded ? tr("Fewer options") : tr("More options"));
    }
    for (SettingsRow* const row : m_rows)
        if (row->field().advanced) {
            row->setVisible(unfolded);
            row->label()->setVisible(unfolded && row->field().kind != SettingsKind::Flag);
        }
}

void SettingsForm::unfoldWhereFilledIn()
{
    const bool filledIn = std::any_of(m_rows.begin(), m_rows.end(), [](const SettingsRow* row) {
        return row->field().advanced && row->isFilledIn();
    });
    if (filledIn && !m_unfolded)
        unfold(true);
}

void SettingsForm::setValues(const std::map<std::string, std::string>& values)
{
    for (SettingsRow* const row : m_rows) {
        const auto value = values.find(row->field().key);
        if (!isSecret(row->field().kind))
            row->setValue(value == values.end() ? std::string() : value->second);
    }
    unfoldWhereFilledIn();
}

void SettingsForm::setReferences(const std::map<std::string, std::string>& references)
{
    for (SettingsRow* const row : m_rows) {
        const auto reference = references.find(row->field().key);
        if (isSecret(row->field().kind))
            row->setReference(reference == references.end() ? std::string() : reference->second);
    }
    unfoldWhereFilledIn();
}

void SettingsForm::setProblems(const std::map<std::string, QString>& problems)
{
    for (SettingsRow* const row : m_rows) {
        const auto problem = problems.find(row->field().key);
        row->setProblem(problem == problems.end() ? QString() : problem->second);
        if (problem != problems.end() && row->field().advanced)
            unfold(true);
    }
}

void SettingsForm::setFolder(const QString& folder)
{
    for (SettingsRow* const row : m_rows)
        row->setFolder(folder);
}

void SettingsForm::focusField(const std::string& key)
{
    for (SettingsRow* const row : m_rows)
        if (row->field().key == key) {
            if (row->field().advanced)
                unfold(true);
            row->focusInput();
        }
}

bool SettingsForm::commitSecrets()
{
    bool any = false;
    for (SettingsRow* const row : m_rows)
        if (SecretInput* const secret = row->secretInput())
            any = secret->commit() || any;
    return any;
}

SecretInput* SettingsForm::secretInput(const std::string& key) const
{
    for (SettingsRow* const row : m_rows)
        if (row->field().key == key)
            return row->secretInput();
    return nullptr;
}

} // namespace headgate::ui
