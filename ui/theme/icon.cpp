// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/icon.h"

#include <QApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QStyle>
#include <QSvgRenderer>
#include <array>

namespace headgate::ui {
namespace {

constexpr std::array iconNames{
    IconName{Icon::Overview, "overview"},
    IconName{Icon::Source, "source"},
    IconName{Icon::Model, "model"},
    IconName{Icon::Destination, "destination"},
    IconName{Icon::Sync, "sync"},
    IconName{Icon::Shape, "shape"},
    IconName{Icon::Runs, "runs"},
    IconName{Icon::Inbox, "inbox"},
    IconName{Icon::Settings, "settings"},
    IconName{Icon::Agreement, "agreement"},
    IconName{Icon::Plan, "plan"},
    IconName{Icon::TypeText, "type-text"},
    IconName{Icon::TypeNumber, "type-number"},
    IconName{Icon::TypeDate, "type-date"},
    IconName{Icon::TypeBool, "type-bool"},
    IconName{Icon::TypeJson, "type-json"},
    IconName{Icon::TypeBinary, "type-binary"},
    IconName{Icon::Bound, "bound"},
    IconName{Icon::Unbound, "unbound"},
    IconName{Icon::Required, "required"},
    IconName{Icon::Ambiguous, "ambiguous"},
    IconName{Icon::TypeProblem, "type-problem"},
    IconName{Icon::SizeProblem, "size-problem"},
    IconName{Icon::Computing, "computing"},
    IconName{Icon::Changed, "changed"},
    IconName{Icon::ListOfDictionaries, "list-of-dictionaries"},
    IconName{Icon::DictionaryOfLists, "dictionary-of-lists"},
    IconName{Icon::ListOfValues, "list-of-values"},
    IconName{Icon::DictionaryByKey, "dictionary-by-key"},
    IconName{Icon::Run, "run"},
    IconName{Icon::DryRun, "dry-run"},
    IconName{Icon::PlayNext, "play-next"},
    IconName{Icon::Cancel, "cancel"},
    IconName{Icon::Paused, "paused"},
    IconName{Icon::Add, "add"},
    IconName{Icon::Remove, "remove"},
    IconName{Icon::Trash, "trash"},
    IconName{Icon::Edit, "edit"},
    IconName{Icon::Duplicate, "duplicate"},
    IconName{Icon::Wrap, "wrap"},
    IconName{Icon::Unwrap, "unwrap"},
    IconName{Icon::Group, "group"},
    IconName{Icon::Search, "search"},
    IconName{Icon::Filter, "filter"},
    IconName{Icon::Sort, "sort"},
    IconName{Icon::Copy, "copy"},
    IconName{Icon::Export, "export"},
    IconName{Icon::Refresh, "refresh"},
    IconName{Icon::Open, "open"},
    IconName{Icon::Save, "save"},
    IconName{Icon::Undo, "undo"},
    IconName{Icon::Redo, "redo"},
    IconName{Icon::Close, "close"},
    IconName{Icon::ChevronDown, "chevron-down"},
    IconName{Icon::ChevronUp, "chevron-up"},
    IconName{Icon::ChevronLeft, "chevron-left"},
    IconName{Icon::ChevronRight, "chevron-right"},
    IconName{Icon::More, "more"},
    IconName{Icon::Menu, "menu"},
    IconName{Icon::Pin, "pin"},
    IconName{Icon::Check, "check"},
    IconName{Icon::External, "external"},
    IconName{Icon::Expand, "expand"},
    IconName{Icon::Collapse, "collapse"},
    IconName{Icon::Sidebar, "sidebar"},
    IconName{Icon::Warning, "warning"},
    IconName{Icon::Error, "error"},
    IconName{Icon::Success, "success"},
    IconName{Icon::Info, "info"},
    IconName{Icon::Held, "held"},
    IconName{Icon::Lock, "lock"},
    IconName{Icon::Unlock, "unlock"},
    IconName{Icon::Keychain, "keychain"},
    IconName{Icon::Shield, "shield"},
    IconName{Icon::Clock, "clock"},
    IconName{Icon::Schedule, "schedule"},
    IconName{Icon::Link, "link"},
    IconName{Icon::Unlink, "unlink"},
    IconName{Icon::Key, "key"},
    IconName{Icon::One, "one"},
    IconName{Icon::Many, "many"},
    IconName{Icon::Email, "email"},
    IconName{Icon::Code, "code"},
    IconName{Icon::Table, "table"},
    IconName{Icon::Folder, "folder"},
    IconName{Icon::Sample, "sample"},
    IconName{Icon::Help, "help"},
};

QPixmap renderIcon(Icon icon, const QColor& color, const QSize& pixels)
{
    const QString file =
        QStringLiteral(":/icons/") + QLatin1String(iconName(icon)) + QStringLiteral(".svg");
    const QString key = QStringLiteral("headgate-icon/%1/%2/%3x%4")
                            .arg(QLatin1String(iconName(icon)))
                            .arg(color.rgba(), 0, 16)
                            .arg(pixels.width())
                            .arg(pixels.height());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QImage image(pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(file);
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&image);
    renderer.render(&painter);
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(image.rect(), color);
    painter.end();
    pixmap = QPixmap::fromImage(image);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

class ThemedIconEngine final : public QIconEngine
{
public:
    ThemedIconEngine(Icon icon, IconColor color) : m_icon(icon), m_color(color) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const int side = std::min(rect.width(), rect.height());
        const QRect square =
            QStyle::alignedRect(Qt::LeftToRight, Qt::AlignCenter, {side, side}, rect);
        drawIcon(*painter, m_icon, currentColor(mode), square);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State) override
    {
        return renderIcon(m_icon, currentColor(mode), size);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return pixmap(size, mode, state);
    }
    QString key() const override { return QStringLiteral("headgate"); }
    QString iconName() override { return QLatin1String(headgate::ui::iconName(m_icon)); }
    QIconEngine* clone() const override { return new ThemedIconEngine(m_icon, m_color); }

private:
    [[nodiscard]] QColor currentColor(QIcon::Mode mode) const
    {
        return colorOf(m_color, tokens(QApplication::palette()), mode);
    }

    Icon m_icon;
    IconColor m_color;
};

} // namespace

std::span<const IconName> allIcons()
{
    return iconNames;
}

const char* iconName(Icon icon)
{
    return iconNames[static_cast<std::size_t>(icon)].name;
}

Icon iconOf(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return Icon::Held;
    case Tone::Info:
        return Icon::Info;
    case Tone::Success:
        return Icon::Success;
    case Tone::Warning:
        return Icon::Warning;
    case Tone::Error:
        return Icon::Error;
    }
    return Icon::Held;
}

IconColor iconColorOf(Tone tone)
{
    switch (tone) {
    case Tone::Neutral:
        return IconColor::Neutral;
    case Tone::Info:
        return IconColor::Info;
    case Tone::Success:
        return IconColor::Success;
    case Tone::Warning:
        return IconColor::Warning;
    case Tone::Error:
        return IconColor::Error;
    }
    return IconColor::Neutral;
}

QColor colorOf(IconColor color, const Tokens& tokens, QIcon::Mode mode)
{
    if (mode == QIcon::Disabled)
        return tokens.disabled;
    switch (color) {
    case IconColor::Text:
        return mode == QIcon::Normal ? tokens.secondary : tokens.text;
    case IconColor::Quiet:
        return mode == QIcon::Normal ? tokens.tertiary : tokens.text;
    case IconColor::Accent:
        return tokens.accentText;
    case IconColor::OnAccent:
        return tokens.onAccent;
    case IconColor::Neutral:
        return tokens.tone(Tone::Neutral).icon;
    case IconColor::Info:
        return tokens.tone(Tone::Info).icon;
    case IconColor::Success:
        return tokens.tone(Tone::Success).icon;
    case IconColor::Warning:
        return tokens.tone(Tone::Warning).icon;
    case IconColor::Error:
        return tokens.tone(Tone::Error).icon;
    }
    return tokens.text;
}

QIcon themeIcon(Icon icon, IconColor color)
{
    return QIcon(new ThemedIconEngine(icon, color));
}

QIcon themeIcon(Tone tone)
{
    return themeIcon(iconOf(tone), iconColorOf(tone));
}

QPixmap iconPixmap(Icon icon, const QColor& color, int size, qreal devicePixelRatio)
{
    const int pixels = qRound(size * devicePixelRatio);
    QPixmap pixmap = renderIcon(icon, color, {pixels, pixels});
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

void drawIcon(QPainter& painter, Icon icon, const QColor& color, const QRect& rect)
{
    const qreal ratio = painter.device() == nullptr ? 1.0 : painter.device()->devicePixelRatioF();
    painter.drawPixmap(rect, iconPixmap(icon, color, rect.width(), ratio));
}

} // namespace headgate::ui
