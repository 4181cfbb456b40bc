// SPDX-License-Identifier: GPL-3.0-or-later
// The base of a start: a Qt program with an empty main window. Prints "usable_at" with the seconds
// of the steady clock at which it was painted once.
#include <QApplication>
#include <QEvent>
#include <QMainWindow>
#include <QTimer>
#include <chrono>
#include <cstdio>

namespace {

class EmptyWindow final : public QMainWindow
{
protected:
    void paintEvent(QPaintEvent* event) override
    {
        QMainWindow::paintEvent(event);
        QTimer::singleShot(0, this, [] {
            const auto now = std::chrono::steady_clock::now().time_since_epoch();
            std::printf("usable_at %.6f\n", std::chrono::duration<double>(now).count());
            QApplication::quit();
        });
    }
};

} // namespace

int main(int argc, char* argv[])
{
    QApplication application(argc, argv);
    EmptyWindow window;
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
