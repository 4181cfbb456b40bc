// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/tokens.h"

#include <QIcon>
#include <QString>
#include <span>

namespace headgate::ui {

/// resources/icons/NAME.svg: 16 px grid, single stroke, drawn in currentColor.
enum class Icon
{
    Overview,
    Source,
    Model,
    Destination,
    Sync,
    Shape,
    Runs,
    Inbox,
    Settings,
    Agreement,
    Plan,
    TypeText,
    TypeNumber,
    TypeDate,
    TypeBool,
    TypeJson,
    TypeBinary,
    Bound,
    Unbound,
    Required,
    Ambiguous,
    TypeProblem,
    SizeProblem,
    Computing,
    Changed,
    ListOfDictionaries,
    DictionaryOfLists,
    ListOfValues,
    DictionaryByKey,
    Run,
    DryRun,
    PlayNext,
    Cancel,
    Paused,
    Add,
    Remove,
    Trash,
    Edit,
    Duplicate,
    Wrap,
    Unwrap,
    Group,
    Search,
    Filter,
    Sort,
    Copy,
    Export,
    Refresh,
    Open,
    Save,
    Undo,
    Redo,
    Close,
    ChevronDown,
    ChevronUp,
    ChevronLeft,
    ChevronRight,
    More,
    Menu,
    Pin,
    Check,
    External,
    Expand,
    Collapse,
    Sidebar,
    Warning,
    Error,
    Success,
    Info,
    Held,
    Lock,
    Unlock,
    Keychain,
    Shield,
    Clock,
    Schedule,
    Link,
    Unlink,
    Key,
    One,
    Many,
    Email,
    Code,
    Table,
    Folder,
    Sample,
    Help
};

struct IconName
{
    Icon icon;
    const char* name; ///< the file's, without ".svg"
};

/// All of them, in the order of the enum.
[[nodiscard]] std::span<const IconName> allIcons();
[[nodiscard]] const char* iconName(Icon icon);
[[nodiscard]] Icon iconOf(Tone tone);

/// What an icon is painted with; the palette of the application decides at each painting, so a
/// QIcon made once follows a switch between light and dark.
enum class IconColor
{
    Text, ///< the secondary text level; the primary one while active or selected
    Quiet,
    Accent,
    OnAccent,
    Neutral,
    Info,
    Success,
    Warning,
    Error
};

[[nodiscard]] IconColor iconColorOf(Tone tone);
[[nodiscard]] QColor colorOf(IconColor color, const Tokens& tokens, QIcon::Mode mode);
[[nodiscard]] QIcon themeIcon(Icon icon, IconColor color = IconColor::Text);
[[nodiscard]] QIcon themeIcon(Tone tone);
/// Crisp at any device pixel ratio. For widgets that paint themselves.
[[nodiscard]] QPixmap iconPixmap(Icon icon, const QColor& color, int size, qreal devicePixelRatio);
void drawIcon(QPainter& painter, Icon icon, const QColor& color, const QRect& rect);

} // namespace headgate::ui
