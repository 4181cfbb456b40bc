// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/related_form.h"

#include "base/text.h"
#include "theme/icon.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>
#include <algorithm>

namespace headgate::ui {

namespace {

QString nameOfModel(const project::Project& project, const std::string& slug)
{
    const project::ModelDefinition* const model = project.model(slug);
    return toQString(model && !model->name.empty() ? model->name : slug);
}

/// The first column of both that is called the same; empty where there is none.
std::string sharedColumn(const data::Schema& a, const data::Schema& b)
{
    for (const std::string& name : b.addressableNames())
        if (a.indexOf(name))
            return name;
    return {};
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
                    [this, &model] { addModel(model); });
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
    const bool same = related == m_related && schemas == m_schemas;
    m_related = related;
    m_schemas = schemas;
    if (!same)
        rebuild();
}

void RelatedForm::addModel(const project::ModelDefinition& model)
{
    project::RelatedModel related;
    related.name = model.slug;
    std::replace(related.name.begin(), related.name.end(), '-', '_');
    related.model = model.slug;
    project::JoinColumns join;
    join.left = sharedColumn(m_schemas[m_main], m_schemas[model.slug]);
    join.right = join.left;
    if (join.left.empty()) {
        const auto left = m_schemas[m_main].addressableNames();
        const auto right = m_schemas[model.slug].addressableNames();
        join.left = left.empty() ? "id" : left.front();
        join.right = right.empty() ? "id" : right.front();
    }
    related.join.push_back(std::move(join));
    m_related.push_back(std::move(related));
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
    if (box->findText(toQString(chosen)) < 0)
        box->addItem(toQString(chosen));
    box->setCurrentText(toQString(chosen));
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
    if (!related.join.empty()) {
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
    }
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
