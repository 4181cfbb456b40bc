// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/sync_form.h"

#include <QCheckBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QSpinBox>
#include <cmath>

namespace headgate::ui {

namespace {

using project::SyncDefinition;

QDoubleSpinBox* percent(const QString& name)
{
    auto* box = new QDoubleSpinBox;
    box->setAccessibleName(name);
    box->setRange(0, 100);
    box->setDecimals(1);
    box->setSuffix(QStringLiteral(" %"));
    box->setMaximumWidth(120);
    return box;
}

} // namespace

void SyncForm::addShareGates(QFormLayout* form)
{
    const auto gate = [&](const QString& label, double project::Gates::*share) {
        QDoubleSpinBox* const box = percent(label);
        connect(box, &QDoubleSpinBox::valueChanged, this, [this, label, share](double value) {
            change(
                label,
                [&](SyncDefinition& sync) {
                    // What is shown is rounded: the file's digits stay while it says the same.
                    if (std::abs(sync.gates.*share * 100 - value) > 0.04)
                        sync.gates.*share = value / 100;
                },
                true);
        });
        form->addRow(label, box);
        return box;
    };
    m_removed = gate(tr("More removed than"), &project::Gates::removedShare);
    m_changed = gate(tr("More changed than"), &project::Gates::changedShare);
    m_invalid = gate(tr("More invalid than"), &project::Gates::invalidShare);
    m_relatedShrink = gate(tr("Related rows lost"), &project::Gates::relatedShrinkShare);
}

void SyncForm::addGates(QFormLayout* form)
{
    addShareGates(form);
    m_removedMinimum = new QSpinBox;
    m_removedMinimum->setAccessibleName(tr("Fewer removed never stop it"));
    m_removedMinimum->setRange(0, 1'000'000'000);
    m_removedMinimum->setMaximumWidth(120);
    m_removedMinimum->setToolTip(tr("A run that removes fewer records than this goes on, whatever "
                                    "their share is."));
    connect(m_removedMinimum, &QSpinBox::valueChanged, this, [this](int records) {
        change(
            tr("Fewest removed records"),
            [records](SyncDefinition& sync) {
                sync.gates.removedMinimum = static_cast<std::uint64_t>(records);
            },
            true);
    });
    form->addRow(tr("But at least removed"), m_removedMinimum);
    m_empty = new QCheckBox(tr("The model is empty, and was not before"));
    m_empty->setAccessibleName(m_empty->text());
    connect(m_empty, &QCheckBox::toggled, this, [this](bool stops) {
        change(tr("Gate of an empty model"),
               [stops](SyncDefinition& sync) { sync.gates.emptyAfterNonEmpty = stops; });
    });
    form->addRow(QString(), m_empty);
}

} // namespace headgate::ui
