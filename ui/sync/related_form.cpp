// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/related_form.h"

#include "base/text.h"
#include "sync/join_suggestion.h"
#include "theme/icon.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace headgate::ui {

namespace {

QString nameOfModel(const project::Project& project, const std::string& slug)
{
    const project::ModelDefinition* const model = project.model(slug);
    return toQString(model && !model->name.empty() ? model->name : slug);
}

} // namespace

RelatedForm::RelatedForm(QWidget* parent) : QWidget(parent), m_rows(new QVBoxLayout)
{
    auto* add = new QPushButton(themeIcon(Icon::Add), tr("Join a model"));
    add->setAccessibleName(tr("Join a model"));
    auto* menu = new QMenu(add);
    add->setMenu(menu);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        for (const project::ModelDefinition& model : m_project.models) {
            if (model.slug == m_main)
                continue;
            connect(menu->addAction(nameOfModel(m_project, model.slug)), &QAction::triggered, this,
                    [this, slug = model.slug] { addModel(slug); });
        }
        if (menu->isEmpty())
            menu->addAction(tr("There is no other model"))->setEnabled(false);
    });
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    m_rows->setSpacing(grid::unit);
    layout->addLayout(m_rows);
    layout->addWidget(add, 0, Qt::AlignLeft);
}

void RelatedForm::setRelated(const project::Project& project, const std::string& mainModel,
                             const std::vector<project::RelatedModel>& related,
                             const std::map<std::string, data::Schema>& schemas)
{
    m_project = project;
    m_main = mainModel;
    const bool same = related == this->related() && schemas == m_schemas;
    m_schemas = schemas;
    if (same)
        return;
    m_related = related;
    for (project::RelatedModel& each : m_related)
        if (each.join.empty())
            each.join.emplace_back();
    const bool joined = joinWaiting();
    rebuild();
    if (joined)
        Q_EMIT edited();
}

data::Schema RelatedForm::schemaOf(const std::string& model) const
{
    const auto found = m_schemas.find(model);
    return found == m_schemas.end() ? data::Schema() : found->second;
}

bool RelatedForm::joinWaiting()
{
    bool any = false;
    for (project::RelatedModel& each : m_related) {
        if (!m_schemas.contains(m_main) || !m_schemas.contains(each.model) ||
            m_waiting.erase(each.model) == 0 || !each.join.front().left.empty())
            continue;
        const auto join = suggestedJoin(*m_project.model(m_main), m_schemas[m_main],
                                        *m_project.model(each.model), m_schemas[each.model])
                              .join;
        if (join.empty())
            continue;
        each.join = join;
        any = true;
    }
    return any;
}

std::vector<project::RelatedModel> RelatedForm::related() const
{
    std::vector<project::RelatedModel> related = m_related;
    for (project::RelatedModel& each : related)
        std::erase_if(each.join, [](const project::JoinColumns& join) {
            return join.left.empty() || join.right.empty();
        });
    return related;
}

void RelatedForm::addModel(const std::string& slug)
{
    const project::ModelDefinition* const main = m_project.model(m_main);
    const project::ModelDefinition* const other = m_project.model(slug);
    if (main == nullptr || other == nullptr)
        return;
    m_related.push_back(suggestedJoin(*main, schemaOf(m_main), *other, schemaOf(slug)));
    if (m_related.back().join.empty())
        m_related.back().join.emplace_back();
    if (!m_schemas.contains(m_main) || !m_schemas.contains(slug))
        m_waiting.insert(slug);
    rebuild();
    Q_EMIT edited();
}

QWidget* RelatedForm::columnBox(const std::string& model, const std::string& chosen,
                                const QString& name, std::function<void(const std::string&)> set)
{
    auto* box = new QComboBox;
    box->setAccessibleName(name);
    const auto schema = m_schemas.find(model);
    if (schema != m_schemas.end())
        for (const std::string& column : schema->second.addressableNames())
            box->addItem(toQString(column));
    if (!chosen.empty() && box->findText(toQString(chosen)) < 0)
        box->addItem(toQString(chosen));
    box->setPlaceholderText(tr("choose a column"));
    box->setCurrentIndex(chosen.empty() ? -1 : box->findText(toQString(chosen)));
    connect(box, &QComboBox::textActivated, this, [this, set](const QString& text) {
        set(text.toStdString());
        Q_EMIT edited();
    });
    return box;
}

void RelatedForm::rebuild()
{
    while (QLayoutItem* item = m_rows->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (std::size_t number = 0; number < m_related.size(); ++number)
        addRow(number);
}

void RelatedForm::addRow(std::size_t number)
{
    const project::RelatedModel& related = m_related[number];
    auto* row = new QWidget;
    auto* layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::unit);
    layout->addWidget(new QLabel(nameOfModel(m_project, related.model)));
    auto* kind = new QComboBox;
    kind->setAccessibleName(tr("Rows of a record"));
    kind->addItems({tr("many rows"), tr("one row")});
    kind->setCurrentIndex(related.kind == project::RelatedKind::ToMany ? 0 : 1);
    connect(kind, &QComboBox::activated, this, [this, number](int index) {
        m_related[number].kind =
            index == 0 ? project::RelatedKind::ToMany : project::RelatedKind::ToOne;
        Q_EMIT edited();
    });
    layout->addWidget(kind);
    layout->addWidget(new QLabel(tr("where")));
    layout->addWidget(columnBox(m_main, related.join.front().left, tr("Column of the model"),
                                [this, number](const std::string& column) {
                                    m_related[number].join.front().left = column;
                                }),
                      1);
    layout->addWidget(new QLabel(QStringLiteral("=")));
    layout->addWidget(columnBox(related.model, related.join.front().right,
                                tr("Column of the joined model"),
                                [this, number](const std::string& column) {
                                    m_related[number].join.front().right = column;
                                }),
                      1);
    auto* remove = new QToolButton;
    remove->setIcon(themeIcon(Icon::Close));
    remove->setAutoRaise(true);
    remove->setAccessibleName(tr("Do not join %1").arg(nameOfModel(m_project, related.model)));
    layout->addWidget(remove);
    connect(remove, &QToolButton::clicked, this, [this, number] {
        m_related.erase(m_related.begin() + static_cast<std::ptrdiff_t>(number));
        rebuild();
        Q_EMIT edited();
    });
    m_rows->addWidget(row);
}

} // namespace headgate::ui
