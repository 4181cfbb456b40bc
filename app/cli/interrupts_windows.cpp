// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/interrupts.h"

#include <atomic>
#include <windows.h>

namespace headgate::cli {

namespace {

std::atomic<Interrupts*> listener = nullptr;
std::atomic<int> firstExitCode = 0;
std::atomic<int> eventCount = 0;

BOOL WINAPI onConsoleEvent(DWORD event)
{
    const int code = event == CTRL_C_EVENT || event == CTRL_BREAK_EVENT ? 130 : 143;
    int none = 0;
    firstExitCode.compare_exchange_strong(none, code);
    if (eventCount.fetch_add(1) >= 2)
        ExitProcess(static_cast<UINT>(code));
    if (Interrupts* interrupts = listener.load())
        interrupts->received();
    // Windows ends the process when the handler of these returns.
    if (event == CTRL_CLOSE_EVENT || event == CTRL_SHUTDOWN_EVENT)
        Sleep(INFINITE);
    return TRUE;
}

} // namespace

Interrupts::Interrupts()
{
    listener = this;
    SetConsoleCtrlHandler(onConsoleEvent, TRUE);
}

Interrupts::~Interrupts()
{
    SetConsoleCtrlHandler(onConsoleEvent, FALSE);
    listener = nullptr;
}

int Interrupts::exitCode() const
{
    return firstExitCode.load();
}

} // namespace headgate::cli
