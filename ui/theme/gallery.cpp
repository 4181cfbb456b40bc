// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/gallery.h"

#include "theme/fonts.h"
#include "theme/gallery_samples.h"
#include "theme/tokens.h"

#include <QEventLoop>
#include <QHBoxLayout>
#include <QLabel>
#include <QTimer>
#include <QVBoxLayout>
#include <chrono>

namespace headgate::ui {

Gallery::Gallery(const std::vector<Section>& more, QWidget* parent) : QScrollArea(parent)
{
    auto* page = new QWidget;
    auto* columns = new QHBoxLayout(page);
    columns->setContentsMargins(grid::page, grid::page, grid::page, grid::page);
    columns->setSpacing(grid::page);
    auto* left = new QVBoxLayout;
    auto* right = new QVBoxLayout;
    for (QVBoxLayout* column : {left, right}) {
        column->setSpacing(grid::page);
        columns->addLayout(column, 1);
    }
    addSection(left, tr("Buttons"), buttonSamples());
    addSection(left, tr("Inputs"), inputSamples());
    addSection(left, tr("Choices"), choiceSamples());
    addSection(left, tr("Tabs, progress, sliders"), barSamples());
    addSection(left, tr("Text"), textSamples());
    addSection(right, tr("Tables, trees, lists"), itemSamples());
    addSection(right, tr("Menu"), menuSamples());
    addSection(right, tr("What messages mean"), toneSamples());
    addSection(right, tr("Code and linked values"), codeSamples());
    addSection(right, tr("Icons"), iconSamples());
    bool toLeft = true;
    for (const Section& section : more) {
        addSection(toLeft ? left : right, section.title, section.make());
        toLeft = !toLeft;
    }
    left->addStretch(1);
    right->addStretch(1);
    setWidget(page);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setWindowTitle(tr("Headgate: gallery"));
    setAccessibleName(tr("Gallery of controls"));
    resize(1320, 900);
}

bool Gallery::savePicture(const QString& file)
{
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    resize(1320, widget()->minimumSizeHint().height());
    show();
    activateWindow();
    QEventLoop settle; // what appears with a delay
    QTimer::singleShot(std::chrono::milliseconds(300), &settle, &QEventLoop::quit);
    settle.exec();
    resize(1320, widget()->sizeHint().height());
    return widget()->grab().save(file, "PNG");
}

void Gallery::addSection(QVBoxLayout* column, const QString& title, QWidget* content)
{
    auto* heading = new QLabel(title);
    heading->setFont(textFont(TextSize::Title));
    auto* section = new QVBoxLayout;
    section->setSpacing(12);
    section->addWidget(heading);
    section->addWidget(content);
    column->addLayout(section);
}

} // namespace headgate::ui
