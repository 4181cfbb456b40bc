// SPDX-License-Identifier: GPL-3.0-or-later
#include "theme/gallery_samples.h"

#include "theme/button_kind.h"
#include "theme/fonts.h"
#include "theme/icon.h"
#include "theme/simulated_state.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QGridLayout>
#include <QGroupBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QSlider>
#include <QSpinBox>
#include <QTabBar>
#include <QToolButton>

namespace headgate::ui {
namespace {

/// The translation context of the gallery's texts.
QString sampleText(const char* text)
{
    return QCoreApplication::translate("Gallery", text);
}

struct SampleState
{
    const char* name;
    QStyle::State state;
    bool enabled;
};

const QStyle::State keyboardFocus = QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange;

const std::initializer_list<SampleState> buttonStates{
    {QT_TRANSLATE_NOOP("Gallery", "Normal"), QStyle::State_None, true},
    {QT_TRANSLATE_NOOP("Gallery", "Pointer on it"), QStyle::State_MouseOver, true},
    {QT_TRANSLATE_NOOP("Gallery", "Pressed"), QStyle::State_Sunken, true},
    {QT_TRANSLATE_NOOP("Gallery", "Focus"), keyboardFocus, true},
    {QT_TRANSLATE_NOOP("Gallery", "Disabled"), QStyle::State_None, false},
};

QLabel* captionLabel(const QString& text)
{
    auto* label = new QLabel(text);
    label->setFont(textFont(TextSize::Small));
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

void addStateHeads(QGridLayout* layout, std::initializer_list<SampleState> states)
{
    int column = 1;
    for (const SampleState& state : states)
        layout->addWidget(captionLabel(sampleText(state.name)), 0, column++);
}

QGridLayout* sampleGrid(QWidget* page)
{
    auto* layout = new QGridLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(12);
    layout->setVerticalSpacing(10);
    return layout;
}

template <typename Make>
void addStateRow(QGridLayout* layout, const QString& name,
                 std::initializer_list<SampleState> states, const Make& make)
{
    const int row = layout->rowCount();
    layout->addWidget(captionLabel(name), row, 0);
    int column = 1;
    for (const SampleState& state : states) {
        QWidget* widget = make();
        widget->setAccessibleName(name + QLatin1String(", ") + sampleText(state.name));
        widget->setEnabled(state.enabled);
        if (state.state != QStyle::State_None)
            SimulatedState::put(widget, state.state);
        layout->addWidget(widget, row, column++);
    }
}

QPushButton* sampleButton(const char* text, ButtonKind kind, Icon image)
{
    auto* button = new QPushButton(themeIcon(image), sampleText(text));
    setButtonKind(button, kind);
    return button;
}

QToolButton* sampleToolButton(Icon image, bool checked)
{
    auto* button = new QToolButton;
    button->setIcon(themeIcon(image));
    button->setCheckable(true);
    button->setChecked(checked);
    return button;
}

QMenu* sampleMenu(QWidget* parent)
{
    auto* menu = new QMenu(parent);
    menu->addAction(themeIcon(Icon::DryRun), sampleText("Dry run"))
        ->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Return));
    menu->addAction(themeIcon(Icon::Run), sampleText("Run now"));
    QAction* off = menu->addAction(themeIcon(Icon::Undo), sampleText("Undo 'Map email'"));
    off->setShortcut(QKeySequence::Undo);
    off->setEnabled(false);
    menu->addSeparator();
    QAction* checked = menu->addAction(sampleText("Show all 212 fields"));
    checked->setCheckable(true);
    checked->setChecked(true);
    QMenu* forms = menu->addMenu(themeIcon(Icon::ListOfDictionaries), sampleText("List form"));
    forms->addAction(sampleText("List of dictionaries"));
    menu->addSeparator();
    menu->addAction(themeIcon(Icon::Trash, IconColor::Error), sampleText("Remove field"))
        ->setShortcut(QKeySequence::Delete);
    return menu;
}

} // namespace

QWidget* buttonSamples()
{
    auto* page = new QWidget;
    QGridLayout* layout = sampleGrid(page);
    addStateHeads(layout, buttonStates);
    addStateRow(layout, sampleText("Primary"), buttonStates,
                [] { return sampleButton("Run sync", ButtonKind::Primary, Icon::Run); });
    addStateRow(layout, sampleText("Secondary"), buttonStates,
                [] { return sampleButton("Dry run", ButtonKind::Secondary, Icon::DryRun); });
    addStateRow(layout, sampleText("Danger"), buttonStates,
                [] { return sampleButton("Delete 412", ButtonKind::Danger, Icon::Trash); });
    addStateRow(layout, sampleText("Quiet"), buttonStates,
                [] { return sampleButton("Add field", ButtonKind::Quiet, Icon::Add); });
    addStateRow(layout, sampleText("With menu"), buttonStates, [] {
        auto* button = new QPushButton(sampleText("Awkward"));
        button->setMenu(sampleMenu(button));
        return button;
    });
    addStateRow(layout, sampleText("Tool button"), buttonStates,
                [] { return sampleToolButton(Icon::Filter, false); });
    addStateRow(layout, sampleText("Tool button, on"), buttonStates,
                [] { return sampleToolButton(Icon::Pin, true); });
    return page;
}

QWidget* inputSamples()
{
    static const std::initializer_list<SampleState> states{
        {QT_TRANSLATE_NOOP("Gallery", "Normal"), QStyle::State_None, true},
        {QT_TRANSLATE_NOOP("Gallery", "Pointer on it"), QStyle::State_MouseOver, true},
        {QT_TRANSLATE_NOOP("Gallery", "Focus"), keyboardFocus, true},
        {QT_TRANSLATE_NOOP("Gallery", "Disabled"), QStyle::State_None, false},
    };
    auto* page = new QWidget;
    QGridLayout* layout = sampleGrid(page);
    addStateHeads(layout, states);
    addStateRow(layout, sampleText("Text"), states,
                [] { return new QLineEdit(QStringLiteral("localhost")); });
    addStateRow(layout, sampleText("Empty"), states, [] {
        auto* edit = new QLineEdit;
        edit->setPlaceholderText(sampleText("Host name"));
        return edit;
    });
    addStateRow(layout, sampleText("Wrong"), states, [] {
        auto* edit = new QLineEdit(QStringLiteral("65536"));
        setInputError(edit, sampleText("A port is at most 65535."));
        return edit;
    });
    addStateRow(layout, sampleText("Read only, long"), states, [] {
        auto* edit = new QLineEdit(QStringLiteral("select customer_id, email, viewed_at, product"));
        edit->setReadOnly(true);
        edit->setCursorPosition(0);
        return edit;
    });
    addStateRow(layout, sampleText("One of many"), states, [] {
        auto* combo = new QComboBox;
        combo->addItem(themeIcon(Icon::Source), QStringLiteral("PostgreSQL"));
        return combo;
    });
    addStateRow(layout, sampleText("Number"), states, [] {
        auto* spin = new QSpinBox;
        spin->setRange(0, 65535);
        spin->setValue(5432);
        return spin;
    });
    return page;
}

QWidget* choiceSamples()
{
    auto* page = new QWidget;
    QGridLayout* layout = sampleGrid(page);
    addStateHeads(layout, buttonStates);
    const auto check = [](Qt::CheckState state) {
        return [state] {
            auto* box = new QCheckBox(sampleText("Send nulls"));
            box->setTristate(state == Qt::PartiallyChecked);
            box->setCheckState(state);
            return box;
        };
    };
    addStateRow(layout, sampleText("Off"), buttonStates, check(Qt::Unchecked));
    addStateRow(layout, sampleText("On"), buttonStates, check(Qt::Checked));
    addStateRow(layout, sampleText("Partly"), buttonStates, check(Qt::PartiallyChecked));
    for (const bool on : {false, true})
        addStateRow(layout, on ? sampleText("Chosen") : sampleText("Not chosen"), buttonStates,
                    [on] {
                        auto* button = new QRadioButton(sampleText("Mirror"));
                        button->setAutoExclusive(false);
                        button->setChecked(on);
                        return button;
                    });
    auto* group = new QGroupBox(sampleText("Gates"));
    auto* inside = new QVBoxLayout(group);
    inside->addWidget(new QCheckBox(sampleText("Stop when more than 10 % would be removed")));
    inside->addWidget(new QCheckBox(sampleText("Stop when the source is empty")));
    layout->addWidget(group, layout->rowCount(), 0, 1, -1);
    return page;
}

QWidget* barSamples()
{
    auto* page = new QWidget;
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    auto* tabs = new QTabBar;
    tabs->setAccessibleName(sampleText("Tabs"));
    tabs->setExpanding(false);
    tabs->addTab(themeIcon(Icon::TypeJson), sampleText("JSON"));
    tabs->addTab(themeIcon(Icon::Email), sampleText("E-mail"));
    tabs->addTab(themeIcon(Icon::Code), sampleText("Request"));
    tabs->setTabEnabled(tabs->addTab(sampleText("Against last sent")), false);
    layout->addWidget(tabs);
    for (const int value : {0, 37, 100}) {
        auto* bar = new QProgressBar;
        bar->setAccessibleName(sampleText("Progress"));
        bar->setValue(value);
        layout->addWidget(bar);
    }
    auto* busy = new QProgressBar;
    busy->setAccessibleName(sampleText("Progress without an end"));
    busy->setRange(0, 0);
    layout->addWidget(busy);
    auto* slider = new QSlider(Qt::Horizontal);
    slider->setAccessibleName(sampleText("Slider"));
    slider->setValue(40);
    layout->addWidget(slider);
    return page;
}

QWidget* menuSamples()
{
    auto* page = new QWidget;
    auto* layout = new QHBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(grid::section);
    QMenu* menu = sampleMenu(page);
    menu->setWindowFlags(Qt::Widget);
    menu->setActiveAction(menu->actions().at(1));
    menu->setFixedSize(menu->sizeHint());
    layout->addWidget(menu);
    layout->addWidget(tipSample(), 0, Qt::AlignTop);
    layout->addStretch(1);
    return page;
}

} // namespace headgate::ui
