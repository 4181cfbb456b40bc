// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QPalette>
#include <array>
#include <cstddef>

class QWidget;

namespace headgate::ui {

/// Lengths in logical pixels, multiples of a 4 px grid (2 inside a control).
namespace grid {
inline constexpr int unit = 4;
inline constexpr int gap = 8;      ///< between controls of one group
inline constexpr int section = 16; ///< between groups, and around a page
inline constexpr int page = 24;
inline constexpr int row = 28; ///< inputs, buttons, rows of tables and lists
inline constexpr int compactRow = 24;
inline constexpr int icon = 16;
inline constexpr int radius = 4;
inline constexpr int cardRadius = 8;
inline constexpr int focusWidth = 2;
} // namespace grid

/// What a message or state means. Each has a colour and an icon: never colour alone.
enum class Tone
{
    Neutral, ///< held, paused, nothing to do
    Info,
    Success,
    Warning,
    Error
};

inline constexpr std::array allTones{Tone::Neutral, Tone::Info, Tone::Success, Tone::Warning,
                                     Tone::Error};

struct ToneColors
{
    QColor text;   ///< on the surfaces and on `fill`
    QColor icon;   ///< the same places; 3:1
    QColor fill;   ///< background of a strip or chip
    QColor border; ///< of that background
};

/// Columns, payload values and template variables that belong together share one of these.
struct LinkColors
{
    QColor line; ///< bar, dot or underline; 3:1 on the surfaces
    QColor fill; ///< behind text of the levels `text` and of all code colours
};

struct CodeColors
{
    QColor plain;
    QColor key; ///< member names, SQL identifiers in quotes
    QColor string;
    QColor number;
    QColor literal; ///< true, false, null
    QColor keyword;
    QColor function;
    QColor comment;
    QColor punctuation;
    QColor lineNumber;
    QColor currentLine;
    QColor match;        ///< background of what a search found
    QColor currentMatch; ///< of the one that the caret is at
    QColor changed;      ///< flashes behind lines that changed
};

/// Every colour of the window. Painted widgets ask tokens(palette()): so they follow a switch
/// between light and dark without being told, and one window can show both.
struct Tokens
{
    bool dark = false;

    QColor window;  ///< behind pages, side bar, tool and status bars
    QColor surface; ///< lists, tables, editors, cards
    QColor raised;  ///< menus, tooltips, popups
    QColor sunken;  ///< headers, read-only inputs, wells
    QColor hover;   ///< behind what the pointer is on
    QColor pressed;
    QColor hairline; ///< separates; carries no meaning
    QColor border;   ///< edge of an input or button; 3:1
    QColor shadow;

    QColor text;
    QColor secondary;
    QColor tertiary; ///< hints, units, empty states; still 4.5:1
    QColor disabled; ///< exempt from contrast

    QColor accent; ///< fill of primary buttons, checks, progress
    QColor accentHover;
    QColor accentPressed;
    QColor onAccent;
    QColor accentText; ///< links, current tab, icons of current things
    QColor danger;     ///< fill of destructive buttons
    QColor dangerHover;
    QColor dangerPressed;
    QColor onDanger;

    QColor selection;         ///< behind selected rows and text; texts keep their colours
    QColor inactiveSelection; ///< the same without focus
    QColor focus;             ///< focus ring; 3:1 on all surfaces

    std::array<ToneColors, allTones.size()> tones;
    std::array<LinkColors, 8> links;
    CodeColors code;

    [[nodiscard]] const ToneColors& tone(Tone tone) const
    {
        return tones[static_cast<std::size_t>(tone)];
    }
    [[nodiscard]] const LinkColors& link(std::size_t number) const
    {
        return links[number % links.size()];
    }
};

[[nodiscard]] const Tokens& lightTokens();
[[nodiscard]] const Tokens& darkTokens();
/// Those that a palette made by paletteOf() stands for; of any other, by its lightness.
[[nodiscard]] const Tokens& tokens(const QPalette& palette);
[[nodiscard]] const Tokens& tokens(const QWidget* widget);
[[nodiscard]] QPalette paletteOf(const Tokens& tokens);

} // namespace headgate::ui
