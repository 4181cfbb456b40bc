// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/join_suggestion.h"

#include "base/text.h"

#include <algorithm>

namespace headgate::ui {

namespace {

struct Side
{
    const project::ModelDefinition& model;
    std::vector<std::string> columns;

    [[nodiscard]] bool isKey(const std::string& column) const
    {
        return model.rowKey == std::vector<std::string>{column};
    }
};

QString plainColumn(const std::string& name)
{
    QString plain = toQString(name).toLower();
    plain.remove(QLatin1Char('_')).remove(QLatin1Char('-'));
    return plain;
}

/// "categories" as "category", "customers" as "customer".
QString singular(QString name)
{
    if (name.endsWith(QLatin1String("ies")))
        return name.chopped(3) + QLatin1Char('y');
    if (name.endsWith(QLatin1Char('s')) && !name.endsWith(QLatin1String("ss")))
        name.chop(1);
    return name;
}

QString subjectOf(const project::ModelDefinition& model)
{
    return plainColumn(model.table ? model.table->name : model.slug);
}

/// The column of `from` that points to the key of `to`; empty: none.
std::string pointer(const Side& from, const Side& to)
{
    if (to.model.rowKey.size() != 1)
        return {};
    const QString subject = subjectOf(to.model);
    const QString key = plainColumn(to.model.rowKey.front());
    for (const std::string& column : from.columns)
        for (const QString& name : {singular(subject) + key, subject + key})
            if (plainColumn(column) == name)
                return column;
    return {};
}

bool has(const Side& side, const std::string& column)
{
    return std::find(side.columns.begin(), side.columns.end(), column) != side.columns.end();
}

/// "id" in both tables is two different things.
std::string sharedKey(const Side& main, const Side& other)
{
    for (const std::string& column : main.columns)
        if (has(other, column) && main.isKey(column) != other.isKey(column))
            return column;
    for (const std::string& column : main.columns)
        if (has(other, column) && main.isKey(column) && plainColumn(column) != QLatin1String("id"))
            return column;
    return {};
}

project::JoinColumns joinOf(const Side& main, const Side& other)
{
    project::JoinColumns join;
    if (const std::string pointing = pointer(other, main); !pointing.empty()) {
        join.left = main.model.rowKey.front();
        join.right = pointing;
    } else if (const std::string pointed = pointer(main, other); !pointed.empty()) {
        join.left = pointed;
        join.right = other.model.rowKey.front();
    } else {
        join.left = join.right = sharedKey(main, other);
    }
    return join;
}

} // namespace

project::RelatedModel suggestedJoin(const project::ModelDefinition& main,
                                    const data::Schema& mainColumns,
                                    const project::ModelDefinition& other,
                                    const data::Schema& otherColumns)
{
    const Side left{main, mainColumns.addressableNames()};
    const Side right{other, otherColumns.addressableNames()};
    project::RelatedModel related;
    related.name = other.slug;
    std::replace(related.name.begin(), related.name.end(), '-', '_');
    related.model = other.slug;
    const project::JoinColumns join = joinOf(left, right);
    if (join.left.empty())
        return related;
    related.join.push_back(join);
    related.kind =
        right.isKey(join.right) ? project::RelatedKind::ToOne : project::RelatedKind::ToMany;
    return related;
}

} // namespace headgate::ui
