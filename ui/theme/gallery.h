// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QScrollArea>
#include <functional>
#include <vector>

class QVBoxLayout;

namespace headgate::ui {

/// Every control in every state, all icons, texts and colours, in the current theme: for looking
/// at, and for screenshots.
class Gallery final : public QScrollArea
{
    Q_OBJECT

public:
    /// What a higher folder adds to the gallery: a title, and a widget that is made for it.
    struct Section
    {
        QString title;
        std::function<QWidget*()> make;
    };

    explicit Gallery(const std::vector<Section>& more = {}, QWidget* parent = nullptr);

    /// Writes the whole page, as high as it needs to be, as a PNG. False: it could not be written.
    [[nodiscard]] bool savePicture(const QString& file);

private:
    void addSection(QVBoxLayout* column, const QString& title, QWidget* content);
};

} // namespace headgate::ui
