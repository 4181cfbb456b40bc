// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/cli_text.h"
#include "cli/console.h"

#include <clocale>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <langinfo.h>
#include <string_view>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

namespace headgate::cli {

namespace {

int descriptorOf(Stream stream)
{
    switch (stream) {
    case Stream::Input:
        return STDIN_FILENO;
    case Stream::Output:
        return STDOUT_FILENO;
    case Stream::Error:
        return STDERR_FILENO;
    }
    return STDERR_FILENO;
}

/// Stops the terminal from showing what is typed, for as long as it lives. Ctrl-C stays a signal.
class EchoOff
{
public:
    EchoOff() : m_changed(tcgetattr(STDIN_FILENO, &m_before) == 0)
    {
        if (!m_changed)
            return;
        termios silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        silent.c_lflag |= ECHONL | ICANON | ISIG;
        m_changed = tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) == 0;
    }
    ~EchoOff()
    {
        if (m_changed)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
    }
    EchoOff(const EchoOff&) = delete;
    EchoOff& operator=(const EchoOff&) = delete;
    [[nodiscard]] bool worked() const { return m_changed; }

private:
    termios m_before{};
    bool m_changed;
};

} // namespace

void console::prepare()
{
    std::signal(SIGPIPE, SIG_IGN);
    // Under cron there is no locale; Qt would say so on standard error.
    if (std::setlocale(LC_CTYPE, "") == nullptr ||
        std::string_view(nl_langinfo(CODESET)) != "UTF-8") {
        setenv("LC_ALL", "C.UTF-8", 1);
        std::setlocale(LC_CTYPE, "C.UTF-8");
    }
}

std::vector<std::string> console::words(int argc, char* argv[])
{
    return argc > 1 ? std::vector<std::string>(argv + 1, argv + argc) : std::vector<std::string>();
}

bool console::isTerminal(Stream stream)
{
    return isatty(descriptorOf(stream)) == 1;
}

int console::width(Stream stream)
{
    winsize size{};
    const bool known = ioctl(descriptorOf(stream), TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : 80;
}

Result<std::string> console::readHidden(const QString& prompt)
{
    const EchoOff echoOff;
    if (!echoOff.worked())
        return fail(ErrorKind::Internal, "console.terminal",
                    CliText::tr("The terminal does not let what is typed be hidden; give the value "
                                "on standard input instead."));
    std::fputs(prompt.toUtf8().constData(), stderr);
    return readLine();
}

} // namespace headgate::cli
