// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/choices_sheet.h"

#include "base/text.h"
#include "service/sample_shaper.h"

#include <algorithm>

namespace headgate::service {

namespace {

using shape::ListForm;
using shape::Node;

/// Member names from the innermost list around the node, or from the payload.
struct ListPlace
{
    std::vector<std::string> path;
    bool isNested = false;
};

bool findPlace(const Node& parent, shape::NodeId id, ListPlace& place)
{
    for (const Node& child : parent.children) {
        const ListPlace before = place;
        place.path.push_back(child.name);
        if (child.id == id)
            return true;
        if (child.kind != shape::NodeKind::Object)
            place = {{}, true};
        if (findPlace(child, id, place))
            return true;
        place = before;
    }
    return false;
}

/// A dictionary by key needs one: the first column that an element shows.
void chooseKey(Node& list)
{
    if (!list.list.key.column.empty())
        return;
    for (const Node& child : list.children)
        if (child.kind == shape::NodeKind::Column && child.leaf.model.empty()) {
            list.list.key.column = child.leaf.column;
            return;
        }
}

ChoicesSheet::Choice shapedAs(ListForm form, const std::shared_ptr<const RecordSample>& sample,
                              const project::SyncDefinition& sync,
                              const project::ModelDefinition& model, shape::NodeId list)
{
    ChoicesSheet::Choice choice;
    choice.form = form;
    project::SyncDefinition changed = sync;
    changed.filter = {};
    Node& node = *changed.shape->find(list);
    node.list.form = form;
    if (form == ListForm::DictionaryByKey)
        chooseKey(node);
    const auto shaper = SampleShaper::create(sample, changed, model);
    if (!shaper) {
        choice.impossible = shaper.error().message;
        return choice;
    }
    const auto& leftOut = (*shaper)->leftOut();
    if (std::find(leftOut.begin(), leftOut.end(), list) != leftOut.end()) {
        choice.impossible = Text::tr("The list has nothing that this form could be made of.");
        return choice;
    }
    ShapedSample shaped = (*shaper)->shape(0);
    if (!shaped.problems.empty())
        choice.impossible = shaped.problems.front().message;
    choice.payload = std::move(shaped.payload);
    return choice;
}

} // namespace

Result<ChoicesSheet> choicesSheet(const RecordSample& sample, std::size_t record,
                                  const project::SyncDefinition& sync,
                                  const project::ModelDefinition& model, shape::NodeId list,
                                  const std::set<SampleColumn>& personal)
{
    if (record >= sample.records.size())
        return fail(ErrorKind::Usage, "sample.record",
                    Text::tr("The sample has no record %1.").arg(qulonglong(record) + 1));
    const Node* node = sync.shape ? sync.shape->find(list) : nullptr;
    ChoicesSheet sheet;
    ListPlace place;
    if (!node || node->kind != shape::NodeKind::List || !findPlace(sync.shape->root, list, place))
        return fail(ErrorKind::Usage, "sheet.list",
                    Text::tr("Choose a list: only lists have several forms."));
    sheet.sync = toQString(sync.name);
    sheet.path = std::move(place.path);
    sheet.isNested = place.isNested;
    for (const Node& child : node->children)
        sheet.members.push_back(child.name);
    for (const SampleColumn& column : personal) {
        const data::Schema& schema =
            column.model == 0 ? sample.models.main : sample.models.related[column.model - 1].schema;
        sheet.masked.push_back(toQString(schema.columns[column.column].name));
    }
    const auto masked = maskedRecord(sample, record, personal);
    for (const ListForm form : shape::listForms)
        sheet.choices.push_back(shapedAs(form, masked, sync, model, list));
    return sheet;
}

} // namespace headgate::service
