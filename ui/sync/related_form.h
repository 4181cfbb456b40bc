// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include "data/schema.h"
#include "project/project.h"

#include <map>
#include <set>

class QVBoxLayout;

namespace headgate::ui {

/// The models that a sync joins to its main model.
class RelatedForm final : public QWidget
{
    Q_OBJECT

public:
    explicit RelatedForm(QWidget* parent = nullptr);

    /// `schemas` by model slug; those that are not known yet are missing.
    void setRelated(const project::Project& project, const std::string& mainModel,
                    const std::vector<project::RelatedModel>& related,
                    const std::map<std::string, data::Schema>& schemas);
    /// A join of which only one column was chosen is left out.
    [[nodiscard]] std::vector<project::RelatedModel> related() const;

Q_SIGNALS:
    void edited();

private:
    void rebuild();
    void addRow(std::size_t number);
    void addModel(const std::string& slug);
    /// Joins those that were added before their columns were known. False: none.
    [[nodiscard]] bool joinWaiting();
    [[nodiscard]] data::Schema schemaOf(const std::string& model) const;
    [[nodiscard]] QWidget* columnBox(const std::string& model, const std::string& chosen,
                                     const QString& name,
                                     std::function<void(const std::string&)> set);

    project::Project m_project;
    std::string m_main;
    std::vector<project::RelatedModel> m_related; ///< each with a join, perhaps half chosen
    std::map<std::string, data::Schema> m_schemas;
    std::set<std::string>
        m_waiting; ///< models whose join is suggested when their columns are known
    QVBoxLayout* m_rows;
};

} // namespace headgate::ui
