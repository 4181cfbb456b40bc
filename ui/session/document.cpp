// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/document.h"

namespace headgate::ui {

Document::Document(PageId id, QObject* parent) : QObject(parent), m_id(std::move(id)) {}

} // namespace headgate::ui
