// SPDX-License-Identifier: GPL-3.0-or-later
#include "screenshots/page_lint.h"

#include "theme/contrast.h"
#include "widgets/elided_label.h"

#include <QAbstractButton>
#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenuBar>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabBar>
#include <QTest>
#include <QTextDocument>
#include <map>
#include <set>

namespace headgate::ui {

namespace {

constexpr int mostTabs = 400;

QString describe(const QWidget& widget)
{
    QString text = QString::fromLatin1(widget.metaObject()->className());
    if (!widget.accessibleName().isEmpty())
        text += QStringLiteral(" '%1'").arg(widget.accessibleName());
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        text += QStringLiteral(" \"%1\"").arg(label->text().left(60));
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget))
        text += QStringLiteral(" \"%1\"").arg(button->text());
    for (const QWidget* parent = widget.parentWidget(); parent != nullptr;
         parent = parent->parentWidget())
        if (!parent->accessibleName().isEmpty() || parent->metaObject()->className()[0] != 'Q')
            return text + QStringLiteral(" in %1 '%2'")
                              .arg(QString::fromLatin1(parent->metaObject()->className()),
                                   parent->accessibleName());
    return text;
}

/// A part that Qt itself puts into another control.
bool isInnerPart(const QWidget& widget)
{
    const QWidget* const parent = widget.parentWidget();
    if (widget.objectName().startsWith(QLatin1String("qt_")) ||
        qobject_cast<const QScrollBar*>(&widget) || qobject_cast<const QHeaderView*>(&widget) ||
        qobject_cast<const QMenuBar*>(&widget))
        return true;
    for (const QWidget* each = parent; each != nullptr; each = each->parentWidget())
        if (qobject_cast<const QComboBox*>(each) || qobject_cast<const QAbstractSpinBox*>(each) ||
            qobject_cast<const QTabBar*>(each) || qobject_cast<const QLineEdit*>(each))
            return true;
    const auto* area = qobject_cast<const QAbstractScrollArea*>(parent);
    return area != nullptr && area->viewport() == &widget;
}

bool isControl(const QWidget& widget)
{
    return widget.isVisible() && widget.focusPolicy() != Qt::NoFocus && !isInnerPart(widget) &&
           !qobject_cast<const QScrollArea*>(&widget);
}

/// Of buttons that exclude each other Tab reaches the checked one, arrows the others.
bool isReachedByArrows(const QWidget& widget)
{
    const auto* button = qobject_cast<const QAbstractButton*>(&widget);
    return button != nullptr && button->isCheckable() && !button->isChecked() &&
           (button->autoExclusive() || (button->group() && button->group()->exclusive()));
}

bool hasBuddy(const QWidget& root, const QWidget& control)
{
    for (const QLabel* label : root.findChildren<QLabel*>())
        if (label->buddy() == &control && !label->text().isEmpty())
            return true;
    return false;
}

template <typename Visit>
void forEachVisible(const QWidget& root, Visit visit)
{
    for (const QWidget* widget : root.findChildren<QWidget*>())
        if (widget->isVisible())
            visit(*widget);
}

bool isCut(const QLabel& label)
{
    if (label.text().isEmpty() || qobject_cast<const ElidedLabel*>(&label) != nullptr ||
        label.textFormat() == Qt::RichText ||
        (label.textFormat() == Qt::AutoText && Qt::mightBeRichText(label.text())))
        return false;
    const QRect inside = label.contentsRect();
    if (label.wordWrap())
        return label.heightForWidth(label.width()) > label.height() + 1;
    QString shown = label.text();
    if (label.buddy() != nullptr)
        shown.remove(QLatin1Char('&'));
    const QSize needed = label.fontMetrics().size(Qt::TextExpandTabs, shown);
    return needed.width() > inside.width() + 1 || needed.height() > inside.height() + 1;
}

} // namespace

QStringList unnamedControls(const QWidget& root)
{
    QStringList found;
    forEachVisible(root, [&](const QWidget& widget) {
        if (!isControl(widget) || !widget.accessibleName().isEmpty() || hasBuddy(root, widget))
            return;
        const auto* button = qobject_cast<const QAbstractButton*>(&widget);
        const auto* label = qobject_cast<const QLabel*>(&widget);
        if ((button == nullptr || button->text().isEmpty()) &&
            (label == nullptr || label->text().isEmpty()))
            found.append(describe(widget));
    });
    return found;
}

QStringList clippedTexts(const QWidget& root)
{
    QStringList found;
    forEachVisible(root, [&](const QWidget& widget) {
        if (const auto* label = qobject_cast<const QLabel*>(&widget); label && isCut(*label))
            found.append(QStringLiteral("%1 in %2x%3")
                             .arg(describe(widget))
                             .arg(label->contentsRect().width())
                             .arg(label->contentsRect().height()));
        const auto* button = qobject_cast<const QAbstractButton*>(&widget);
        if (button != nullptr && !isInnerPart(widget) && !button->text().isEmpty() &&
            button->minimumSizeHint().width() > button->width() + 1)
            found.append(describe(widget));
    });
    return found;
}

QStringList unreachableByTab(QWidget& root)
{
    std::set<const QWidget*> wanted;
    forEachVisible(root, [&](const QWidget& widget) {
        if (isControl(widget) && widget.isEnabled() && !isReachedByArrows(widget) &&
            (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus)
            wanted.insert(&widget);
    });
    QStringList found;
    if (wanted.empty())
        return found;
    const_cast<QWidget*>(*wanted.begin())->setFocus(Qt::TabFocusReason);
    std::set<const QWidget*> reached;
    for (int i = 0; i < mostTabs; ++i) {
        QWidget* const focus = QApplication::focusWidget();
        if (focus == nullptr)
            break;
        reached.insert(focus);
        QTest::keyClick(focus, Qt::Key_Tab);
        if (QApplication::focusWidget() == focus) {
            // An editor where Tab indents is left with Escape and Tab, and says so.
            QTest::keyClick(focus, Qt::Key_Escape);
            QTest::keyClick(focus, Qt::Key_Tab);
        }
        if (QApplication::focusWidget() == focus) {
            found.append(QStringLiteral("keeps Tab: ") + describe(*focus));
            break;
        }
        if (reached.size() > wanted.size() && reached.contains(QApplication::focusWidget()))
            break;
    }
    for (const QWidget* each : wanted) {
        const QWidget* const proxy = each->focusProxy() ? each->focusProxy() : each;
        if (!reached.contains(proxy) && !reached.contains(each))
            found.append(QStringLiteral("not reached: ") + describe(*each));
    }
    return found;
}

QStringList faintTexts(QWidget& root)
{
    const QImage picture = root.grab().toImage();
    const qreal ratio = picture.devicePixelRatio();
    QStringList found;
    forEachVisible(root, [&](const QWidget& widget) {
        const auto* label = qobject_cast<const QLabel*>(&widget);
        if (label == nullptr || label->text().isEmpty() || !label->isEnabled() ||
            !(QRegion(label->rect()) - label->visibleRegion()).isEmpty())
            return;
        const QRect rect(label->mapTo(&root, QPoint()) * ratio, label->size() * ratio);
        std::map<QRgb, int> counts;
        for (int y = std::max(rect.top(), 0); y <= std::min(rect.bottom(), picture.height() - 1);
             ++y)
            for (int x = std::max(rect.left(), 0); x <= std::min(rect.right(), picture.width() - 1);
                 ++x)
                ++counts[picture.pixel(x, y)];
        QRgb behind = 0;
        int most = 0;
        for (const auto& [color, count] : counts)
            if (count > most) {
                most = count;
                behind = color;
            }
        double best = 1;
        for (const auto& [color, count] : counts)
            best = std::max(best, contrast(QColor(color), QColor(behind)));
        if (best < 4.5)
            found.append(QStringLiteral("%1: %2").arg(describe(widget)).arg(best));
    });
    return found;
}

} // namespace headgate::ui
