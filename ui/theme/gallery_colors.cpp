// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/fonts.h"
#include "theme/gallery_samples.h"
#include "theme/icon.h"
#include "theme/style_painting.h"
#include "theme/style_parts.h"

#include <QCoreApplication>
#include <QGridLayout>
#include <QHeaderView>
#include <QLabel>
#include <QListWidget>
#include <QTableWidget>
#include <QTreeWidget>
#include <QVBoxLayout>
#include <functional>

namespace headgate::ui {
namespace {

QString colorText(const char* text)
{
    return QCoreApplication::translate("Gallery", text);
}

/// Paints itself with a function, so that it follows the theme.
class PaintedSample final : public QWidget
{
public:
    using Paint = std::function<void(QPainter&, const Tokens&, const QRect&)>;

    PaintedSample(QSize size, Paint paint) : m_paint(std::move(paint)) { setMinimumSize(size); }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        m_paint(painter, tokens(this), rect());
    }

private:
    Paint m_paint;
};

const char* toneSentence(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return QT_TRANSLATE_NOOP("Gallery", "Held: 14 records await a decision.");
    case Tone::Info:
        return QT_TRANSLATE_NOOP("Gallery", "A run in progress uses version 14.");
    case Tone::Success:
        return QT_TRANSLATE_NOOP("Gallery", "52,310 records are as agreed.");
    case Tone::Warning:
        return QT_TRANSLATE_NOOP("Gallery", "Rows disagree in 31 records.");
    case Tone::Error:
        return QT_TRANSLATE_NOOP("Gallery", "The destination refused the key.");
    }
    return "";
}

void paintTone(QPainter& painter, const Tokens& t, const QRect& rect, Tone tone)
{
    const ToneColors& colors = t.tone(tone);
    drawBox(&painter, rect, {colors.fill, colors.border, grid::cardRadius});
    drawIcon(painter, iconOf(tone), colors.icon, {rect.left() + 10, rect.center().y() - 7, 16, 16});
    painter.setPen(colors.text);
    painter.drawText(rect.adjusted(34, 0, -8, 0), Qt::AlignVCenter, colorText(toneSentence(tone)));
}

struct CodePiece
{
    QColor CodeColors::*color;
    const char* text;
    int link; ///< -1: none
};

void paintCode(QPainter& painter, const Tokens& t, const QRect& rect)
{
    static const std::initializer_list<std::initializer_list<CodePiece>> lines{
        {{&CodeColors::punctuation, "{", -1}},
        {{&CodeColors::key, "  \"email\"", -1},
         {&CodeColors::punctuation, ": ", -1},
         {&CodeColors::string, "\"zo\xc3\xab@example.com\"", 0},
         {&CodeColors::punctuation, ",", -1}},
        {{&CodeColors::key, "  \"recently_viewed\"", 1}, {&CodeColors::punctuation, ": [", -1}},
        {{&CodeColors::punctuation, "    {", -1},
         {&CodeColors::key, "\"name\"", -1},
         {&CodeColors::punctuation, ": ", -1},
         {&CodeColors::string, "\"Lamp\"", 2},
         {&CodeColors::punctuation, ", ", -1},
         {&CodeColors::key, "\"price\"", -1},
         {&CodeColors::punctuation, ": ", -1},
         {&CodeColors::number, "39.90", 3},
         {&CodeColors::punctuation, ", ", -1},
         {&CodeColors::key, "\"sale\"", -1},
         {&CodeColors::punctuation, ": ", -1},
         {&CodeColors::literal, "true", 4},
         {&CodeColors::punctuation, "}", -1}},
        {{&CodeColors::punctuation, "  ]", -1}},
        {{&CodeColors::punctuation, "}", -1}},
        {{&CodeColors::keyword, "select", -1},
         {&CodeColors::plain, " customer_id, ", -1},
         {&CodeColors::function, "max", -1},
         {&CodeColors::plain, "(viewed_at) ", -1},
         {&CodeColors::keyword, "from", -1},
         {&CodeColors::plain, " views ", -1},
         {&CodeColors::comment, "-- one row a view", -1}},
    };
    painter.fillRect(rect, t.surface);
    drawBox(&painter, rect, {QColor(), t.hairline, 2});
    painter.setFont(codeFont());
    const int height = painter.fontMetrics().height() + 3;
    int y = rect.top() + 8;
    int number = 1;
    for (const auto& line : lines) {
        painter.setPen(t.code.lineNumber);
        painter.drawText(QRect(rect.left(), y, 30, height), Qt::AlignRight | Qt::AlignVCenter,
                         QString::number(number++));
        int x = rect.left() + 44;
        for (const CodePiece& piece : line) {
            const QString text = QString::fromUtf8(piece.text);
            const QRect at(x, y, painter.fontMetrics().horizontalAdvance(text), height);
            if (piece.link >= 0) {
                const LinkColors& link = t.link(static_cast<std::size_t>(piece.link));
                drawBox(&painter, at, {link.fill, QColor(), 3});
                painter.fillRect(QRect(at.left(), at.bottom() - 1, at.width(), 2), link.line);
            }
            painter.setPen(t.code.*piece.color);
            painter.drawText(at, Qt::AlignVCenter, text);
            x += at.width();
        }
        y += height;
    }
}

QTableWidget* sampleTable()
{
    auto* table = new QTableWidget(4, 4);
    table->setAccessibleName(colorText("Rows"));
    table->setHorizontalHeaderLabels({QStringLiteral("customer_id"), QStringLiteral("email"),
                                      QStringLiteral("viewed_at"), QStringLiteral("price")});
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->horizontalHeader()->setStretchLastSection(true);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    const char* const texts[4][4] = {
        {"1041", "zo\xc3\xab@example.com", "2026-11-20 09:14", "39.90"},
        {"1041", "zo\xc3\xab@example.com", "2026-11-19 22:01", "129.00"},
        {"1042", "li@example.com", "2026-11-19 18:40", "12.50"},
        {"1043", "a.very.long.address.that.does.not.fit@example.com", "2026-11-18 07:55", "8.00"},
    };
    for (int row = 0; row < 4; ++row) {
        for (int column = 0; column < 4; ++column) {
            auto* item = new QTableWidgetItem(QString::fromUtf8(texts[row][column]));
            if (column == 0 || column == 3)
                item->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
            table->setItem(row, column, item);
        }
    }
    table->setColumnWidth(1, 180);
    table->setColumnWidth(2, 130);
    table->selectRow(1);
    table->setFixedHeight(28 * 5 + 4);
    return table;
}

QTreeWidget* sampleTree()
{
    auto* tree = new QTreeWidget;
    tree->setAccessibleName(colorText("Payload tree"));
    tree->setHeaderLabels({colorText("Field"), colorText("Value")});
    auto* root = new QTreeWidgetItem(tree, {QStringLiteral("user"), QString()});
    root->setIcon(0, themeIcon(Icon::TypeJson));
    const auto add = [](QTreeWidgetItem* to, Icon image, const char* name, const char* value) {
        auto* item = new QTreeWidgetItem(to, {QLatin1String(name), QString::fromUtf8(value)});
        item->setIcon(0, themeIcon(image));
        return item;
    };
    add(root, Icon::TypeText, "email", "zo\xc3\xab@example.com");
    QTreeWidgetItem* list = add(root, Icon::ListOfDictionaries, "recently_viewed", "5 of 12 rows");
    add(list, Icon::TypeText, "name", "Lamp");
    add(list, Icon::TypeNumber, "price", "39.90");
    tree->expandAll();
    tree->setColumnWidth(0, 190);
    tree->setCurrentItem(list);
    tree->setFixedHeight(28 * 6 + 4);
    return tree;
}

QListWidget* samplePlaces()
{
    auto* list = new QListWidget;
    list->setAccessibleName(colorText("Places"));
    list->setFixedWidth(150);
    list->addItem(new QListWidgetItem(themeIcon(Icon::Overview), colorText("Overview")));
    list->addItem(new QListWidgetItem(themeIcon(Icon::Source), colorText("Sources")));
    list->addItem(new QListWidgetItem(themeIcon(Icon::Model), colorText("Models")));
    list->addItem(new QListWidgetItem(themeIcon(Icon::Sync), colorText("Syncs")));
    list->addItem(new QListWidgetItem(themeIcon(Icon::Runs), colorText("Runs")));
    list->setCurrentRow(3);
    list->setFixedHeight(28 * 6 + 4);
    return list;
}

} // namespace

QWidget* itemSamples()
{
    auto* page = new QWidget;
    auto* layout = new QGridLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(sampleTable(), 0, 0, 1, 2);
    layout->addWidget(samplePlaces(), 1, 0);
    layout->addWidget(sampleTree(), 1, 1);
    return page;
}

QWidget* tipSample()
{
    return new PaintedSample({290, 46}, [](QPainter& painter, const Tokens& t, const QRect& rect) {
        QStyleOption option;
        option.rect = rect;
        option.palette = paletteOf(t);
        drawToolTip(&painter, option);
        painter.setPen(t.text);
        painter.drawText(rect.adjusted(8, 0, -8, 0), Qt::AlignVCenter | Qt::TextWordWrap,
                         colorText("Rows disagree in 31 records: a to-many column needs a "
                                   "list, or a way to pick one."));
    });
}

QWidget* textSamples()
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    const auto add = [layout](const QString& text, TextSize size, QPalette::ColorRole role) {
        auto* label = new QLabel(text);
        label->setFont(textFont(size));
        label->setForegroundRole(role);
        layout->addWidget(label);
    };
    add(colorText("Title: recently viewed products"), TextSize::Title, QPalette::WindowText);
    add(colorText("Body: one user object with a list of dictionaries"), TextSize::Body,
        QPalette::WindowText);
    add(colorText("Small: record 17 of 2,314, 1.2 kB of 1 MB"), TextSize::Small,
        QPalette::PlaceholderText);
    auto* link =
        new QLabel(QStringLiteral("<a href=\"#\">%1</a>").arg(colorText("Show the record")));
    layout->addWidget(link);
    return page;
}

QWidget* toneSamples()
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    for (const Tone tone : allTones)
        layout->addWidget(new PaintedSample(
            {200, 36}, [tone](QPainter& painter, const Tokens& t, const QRect& rect) {
                paintTone(painter, t, rect, tone);
            }));
    return page;
}

QWidget* codeSamples()
{
    auto* sample = new PaintedSample({200, 170}, paintCode);
    sample->setLayoutDirection(Qt::LeftToRight);
    return sample;
}

QWidget* iconSamples()
{
    constexpr int columns = 4;
    auto* page = new QWidget;
    auto* layout = new QGridLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(grid::gap);
    layout->setVerticalSpacing(2);
    int number = 0;
    for (const IconName& one : allIcons()) {
        const int row = number / columns;
        const int column = number % columns;
        auto* sample = new PaintedSample({140, 22}, [one](QPainter& painter, const Tokens& t,
                                                          const QRect& rect) {
            drawIcon(painter, one.icon, t.secondary, {0, rect.center().y() - 7, 16, 16});
            painter.setFont(textFont(TextSize::Small));
            painter.setPen(t.tertiary);
            painter.drawText(rect.adjusted(24, 0, 0, 0), Qt::AlignVCenter, QLatin1String(one.name));
        });
        layout->addWidget(sample, row, column);
        ++number;
    }
    return page;
}

} // namespace headgate::ui
