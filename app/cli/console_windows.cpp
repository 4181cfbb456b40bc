// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/console.h"

#include <cstdio>
#include <shellapi.h>
#include <windows.h>

namespace headgate::cli {

namespace {

HANDLE handleOf(Stream stream)
{
    switch (stream) {
    case Stream::Input:
        return GetStdHandle(STD_INPUT_HANDLE);
    case Stream::Output:
        return GetStdHandle(STD_OUTPUT_HANDLE);
    case Stream::Error:
        return GetStdHandle(STD_ERROR_HANDLE);
    }
    return GetStdHandle(STD_ERROR_HANDLE);
}

} // namespace

void console::prepare()
{
    SetConsoleOutputCP(CP_UTF8);
    SetConsoleCP(CP_UTF8);
    const HANDLE output = handleOf(Stream::Output);
    DWORD mode = 0;
    if (GetConsoleMode(output, &mode))
        SetConsoleMode(output, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
}

std::vector<std::string> console::words(int, char*[])
{
    std::vector<std::string> words;
    int count = 0;
    LPWSTR* const wide = CommandLineToArgvW(GetCommandLineW(), &count);
    if (wide == nullptr)
        return words;
    for (int i = 1; i < count; ++i)
        words.push_back(QString::fromWCharArray(wide[i]).toStdString());
    LocalFree(wide);
    return words;
}

bool console::isTerminal(Stream stream)
{
    DWORD mode = 0;
    return GetConsoleMode(handleOf(stream), &mode) != 0;
}

int console::width(Stream stream)
{
    CONSOLE_SCREEN_BUFFER_INFO info{};
    if (!GetConsoleScreenBufferInfo(handleOf(stream), &info))
        return 80;
    return info.srWindow.Right - info.srWindow.Left + 1;
}

Result<std::string> console::readHidden(const QString& prompt)
{
    const HANDLE input = handleOf(Stream::Input);
    DWORD before = 0;
    if (!GetConsoleMode(input, &before) ||
        !SetConsoleMode(input, before & ~static_cast<DWORD>(ENABLE_ECHO_INPUT))) {
        return fail(ErrorKind::Internal, "console.terminal",
                    CliText::tr("The terminal does not let what is typed be hidden; give the value "
                                "on standard input instead."));
    }
    std::fputs(prompt.toUtf8().constData(), stderr);
    Result<std::string> line = readLine();
    SetConsoleMode(input, before);
    std::fputs("\n", stderr);
    return line;
}

} // namespace headgate::cli
