// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The ODBC headers of Windows build on these types and do not include them.
#include <windows.h>
