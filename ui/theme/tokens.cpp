// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/tokens.h"

#include <QWidget>

namespace headgate::ui {
namespace {

Tokens makeLightTokens()
{
    Tokens t;
    t.window = 0xf6f7f9;
    t.surface = 0xffffff;
    t.raised = 0xffffff;
    t.sunken = 0xf0f1f4;
    t.hover = 0xedeff3;
    t.pressed = 0xe2e5eb;
    t.hairline = 0xe3e5ea;
    t.border = 0x868d9c;
    t.shadow = 0xc9cdd6;

    t.text = 0x1b1f27;
    t.secondary = 0x4a5160;
    t.tertiary = 0x5f6676;
    t.disabled = 0xa3a9b5;

    t.accent = 0x3d5bd9;
    t.accentHover = 0x3350cb;
    t.accentPressed = 0x2a44b0;
    t.onAccent = 0xffffff;
    t.accentText = 0x3350c4;
    t.danger = 0xc2362d;
    t.dangerHover = 0xb02c24;
    t.dangerPressed = 0x96231c;
    t.onDanger = 0xffffff;

    t.selection = 0xdfe5fb;
    t.inactiveSelection = 0xe9ebf0;
    t.focus = 0x3d5bd9;

    t.tones = {{
        {0x4a5160, 0x6b7283, 0xeef0f3, 0xd9dce3},
        {0x0b5580, 0x1878ab, 0xe4f2fa, 0xbfdff0},
        {0x17633a, 0x1f8a4f, 0xe5f5eb, 0xbfe3cd},
        {0x7a4b00, 0xb06a00, 0xfff4dc, 0xf0d9a4},
        {0xa8261d, 0xc9382e, 0xfdeceb, 0xf5c9c5},
    }};
    t.links = {{
        {0x3d5bd9, 0xe6ebfd},
        {0x0f8a7e, 0xdcf4f0},
        {0xb35c00, 0xfdeeda},
        {0x9a3fb0, 0xf6e8fa},
        {0xc13a67, 0xfce8ef},
        {0x52801f, 0xebf4dd},
        {0x1878ab, 0xe1f1fa},
        {0x7b6a13, 0xf5f0d6},
    }};
    t.code = {
        0x1b1f27, 0x7a2f8f, 0x14613a, 0x0a56a8, 0x94400a, 0x3747b5, 0x0b5c70,
        0x5f6675, 0x5a6170, 0x69707f, 0xf3f5fa, 0xfde9a9, 0xf9c74f, 0xfff3c9,
    };
    return t;
}

Tokens makeDarkTokens()
{
    Tokens t;
    t.dark = true;
    t.window = 0x16181d;
    t.surface = 0x1c1f25;
    t.raised = 0x23272f;
    t.sunken = 0x181b20;
    t.hover = 0x282c35;
    t.pressed = 0x313641;
    t.hairline = 0x2b2f38;
    t.border = 0x707787;
    t.shadow = 0x0b0c0f;

    t.text = 0xe6e8ec;
    t.secondary = 0xb4bac6;
    t.tertiary = 0x9da4b1;
    t.disabled = 0x5d6472;

    t.accent = 0x4f69de;
    t.accentHover = 0x526ce0;
    t.accentPressed = 0x3d56c6;
    t.onAccent = 0xffffff;
    t.accentText = 0x9db0ff;
    t.danger = 0xc9453c;
    t.dangerHover = 0xcc473e;
    t.dangerPressed = 0xa9342c;
    t.onDanger = 0xffffff;

    t.selection = 0x2b3662;
    t.inactiveSelection = 0x2d323c;
    t.focus = 0x7f97ff;

    t.tones = {{
        {0xb4bac6, 0x959ca9, 0x292d36, 0x3b414d},
        {0x82cbf2, 0x4fb0e3, 0x122c3b, 0x1f4a62},
        {0x7fd8a0, 0x4cbf7a, 0x142e20, 0x23503a},
        {0xf1c267, 0xe0a53a, 0x33290f, 0x5a4819},
        {0xff9f97, 0xf2736a, 0x3b1e1d, 0x653230},
    }};
    t.links = {{
        {0x8097ff, 0x262e52},
        {0x3fc2b2, 0x14332f},
        {0xe39a4a, 0x38290f},
        {0xcf86e0, 0x362341},
        {0xf0799f, 0x3d2130},
        {0x9cc45c, 0x263316},
        {0x56b6e8, 0x15303f},
        {0xcdb84a, 0x322e12},
    }};
    t.code = {
        0xe6e8ec, 0xd7a4e6, 0x8fd3a6, 0x8cc0ff, 0xf0ab78, 0xa4b4ff, 0x7ccfdd,
        0xa2a9b5, 0xabb1bd, 0x8c93a1, 0x22262e, 0x423811, 0x735c12, 0x3a3413,
    };
    return t;
}

void setDisabledColors(QPalette& palette, const Tokens& t)
{
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                            QPalette::HighlightedText, QPalette::PlaceholderText})
        palette.setColor(QPalette::Disabled, role, t.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Base, t.sunken);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, t.inactiveSelection);
}

} // namespace

const Tokens& lightTokens()
{
    static const Tokens tokens = makeLightTokens();
    return tokens;
}

const Tokens& darkTokens()
{
    static const Tokens tokens = makeDarkTokens();
    return tokens;
}

const Tokens& tokens(const QPalette& palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() < 128 ? darkTokens()
                                                                               : lightTokens();
}

const Tokens& tokens(const QWidget* widget)
{
    return tokens(widget->palette());
}

QPalette paletteOf(const Tokens& t)
{
    QPalette palette;
    palette.setColor(QPalette::Window, t.window);
    palette.setColor(QPalette::WindowText, t.text);
    palette.setColor(QPalette::Base, t.surface);
    palette.setColor(QPalette::AlternateBase, t.sunken);
    palette.setColor(QPalette::Text, t.text);
    palette.setColor(QPalette::PlaceholderText, t.tertiary);
    palette.setColor(QPalette::Button, t.surface);
    palette.setColor(QPalette::ButtonText, t.text);
    palette.setColor(QPalette::BrightText, t.onAccent);
    palette.setColor(QPalette::ToolTipBase, t.raised);
    palette.setColor(QPalette::ToolTipText, t.text);
    palette.setColor(QPalette::Link, t.accentText);
    palette.setColor(QPalette::LinkVisited, t.accentText);
    palette.setColor(QPalette::Highlight, t.selection);
    palette.setColor(QPalette::HighlightedText, t.text);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, t.inactiveSelection);
    palette.setColor(QPalette::Light, t.surface);
    palette.setColor(QPalette::Midlight, t.hover);
    palette.setColor(QPalette::Mid, t.hairline);
    palette.setColor(QPalette::Dark, t.border);
    palette.setColor(QPalette::Shadow, t.shadow);
    setDisabledColors(palette, t);
    return palette;
}

} // namespace headgate::ui
