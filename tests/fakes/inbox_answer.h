// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/http.h"
#include "inbox/inbox.h"

namespace headgate::fakes {

/// What a client sees of the inbox's reply to `request`, without sockets: a handler for FakeHttp.
/// The reply's pauses are the answer's duration; a cut connection is Transport::Broken.
[[nodiscard]] http::Answer inboxAnswer(inbox::Inbox& inbox, const http::Request& request);

} // namespace headgate::fakes
