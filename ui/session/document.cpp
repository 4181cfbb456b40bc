// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/document.h"

namespace headgate::ui {

namespace {

void clearIds(shape::Node& node)
{
    node.id = 0;
    for (shape::Node& child : node.children)
        clearIds(child);
}

} // namespace

template <>
bool isSameInFile(const project::SyncDefinition& a, const project::SyncDefinition& b)
{
    project::SyncDefinition first = a;
    project::SyncDefinition second = b;
    for (project::SyncDefinition* each : {&first, &second})
        if (each->shape)
            clearIds(each->shape->root);
    return first == second;
}

Document::Document(PageId id, QObject* parent) : QObject(parent), m_id(std::move(id)) {}

} // namespace headgate::ui
