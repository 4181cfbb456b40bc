// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/model_definition.h"
#include "project/sync_definition.h"
#include "service/masked_record.h"
#include "shape/shape.h"

#include <QString>

namespace headgate::service {

/// One masked record in every form of one list, for the stakeholder to choose from. Plain values.
struct ChoicesSheet
{
    struct Choice
    {
        shape::ListForm form = shape::ListForm::Dictionaries;
        std::string payload; ///< JSON; empty where the form is not possible
        QString impossible;  ///< why not
    };

    QString sync;                  ///< its name
    std::vector<std::string> path; ///< member names down to the list, from the payload or from the
                                   ///< element of the list around it
    bool isNested = false;         ///< in a list around it
    std::vector<std::string> members;        ///< names of the element's fields
    std::vector<Choice> choices;             ///< in the order of shape::listForms
    std::vector<QString> masked;             ///< names of the columns that were masked
    QString made;                            ///< when, for people; empty: not said
    QString language = QStringLiteral("en"); ///< of the texts, as HTML's lang
};

/// Shapes the record. `list` is a List of the sync's shape; `personal` are the columns to mask,
/// see personalColumns(). A form that this record cannot take is said to be impossible.
/// Error: Usage "sheet.list", "sample.record"; those of SampleShaper.
[[nodiscard]] Result<ChoicesSheet> choicesSheet(const RecordSample& sample, std::size_t record,
                                                const project::SyncDefinition& sync,
                                                const project::ModelDefinition& model,
                                                shape::NodeId list,
                                                const std::set<SampleColumn>& personal);

/// What a template needs to walk the list in this form.
[[nodiscard]] std::string handlebarsSnippet(const ChoicesSheet& sheet, shape::ListForm form);
[[nodiscard]] std::string liquidSnippet(const ChoicesSheet& sheet, shape::ListForm form);

/// One self-contained page: no script, nothing from elsewhere, to be read, ticked and printed.
[[nodiscard]] std::string toHtml(const ChoicesSheet& sheet);

} // namespace headgate::service
