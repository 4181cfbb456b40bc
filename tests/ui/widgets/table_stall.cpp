// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/theme.h"
#include "ui/widgets/sample_rows.h"
#include "widgets/table_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHeaderView>
#include <QTimer>
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <functional>

namespace {

using headgate::ui::TableView;

/// The longest time between two beats of the event loop until the table is settled.
void measure(const char* what, TableView& view, const std::function<void()>& begin)
{
    QElapsedTimer sinceBeat;
    QElapsedTimer whole;
    qint64 longest = 0;
    QTimer heart;
    QEventLoop loop;
    QObject::connect(&heart, &QTimer::timeout, &loop, [&] {
        longest = std::max(longest, sinceBeat.restart());
        if (!view.isBusy())
            loop.quit();
    });
    heart.start(0);
    sinceBeat.start();
    whole.start();
    begin();
    loop.exec();
    std::printf("%-28s longest stall %5lld ms, settled after %6lld ms\n", what,
                static_cast<long long>(longest), static_cast<long long>(whole.elapsed()));
}

} // namespace

/// table_stall [ROWS]: how long the window stands still while a big table is sorted and filtered.
int main(int argc, char* argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const headgate::ui::Theme theme(nullptr);
    const std::size_t rows = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 1000000;
    TableView view;
    view.resize(900, 600);
    view.show();
    const auto set = headgate::ui::sampleRows(rows);
    measure("show", view, [&] { view.setRows(set); });
    view.selectRow(3);
    QHeaderView* header = view.horizontalHeader();
    measure("sort by number", view, [&] { header->setSortIndicator(0, Qt::AscendingOrder); });
    measure("sort by text, descending", view,
            [&] { header->setSortIndicator(1, Qt::DescendingOrder); });
    measure("filter to a tenth", view, [&] { view.setFilter(QStringLiteral("7.50")); });
    measure("filter off", view, [&] { view.setFilter({}); });
    measure("as read", view, [&] { header->setSortIndicator(-1, Qt::AscendingOrder); });
    return 0;
}
