// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/sync_form.h"

#include "session/documents.h"
#include "session/field_table.h"
#include "sync/sync_fields.h"
#include "ui/named_widget.h"
#include "ui/sample_session.h"

#include <QAbstractButton>
#include <QCheckBox>
#include <QLabel>
#include <QSpinBox>

namespace headgate::ui {

namespace {

/// The settings of the sample's sync, its stand-in beside it.
class SyncFormTest : public SampleSession
{
protected:
    void show()
    {
        open();
        bool trusted = false;
        QObject::connect(m_session.get(), &ProjectSession::trustChanged, m_session.get(),
                         [&] { trusted = true; });
        if (!m_session->contents()->trusted) {
            m_session->trust();
            ASSERT_TRUE(soon([&] { return trusted; }));
        }
        m_form = std::make_unique<SyncForm>(*m_session, document());
        m_form->resize(1000, 1600);
        m_form->show();
    }

    [[nodiscard]] SyncDocument& document() { return *m_session->documents().sync(sync); }
    [[nodiscard]] QString textOf(const char* name) const
    {
        const auto* const label = visibleNamed<QLabel>(*m_form, QLatin1String(name));
        return label != nullptr ? label->text() : QString();
    }
    template <typename Widget>
    [[nodiscard]] Widget* named(const char* name) const
    {
        return visibleNamed<Widget>(*m_form, QLatin1String(name));
    }
    [[nodiscard]] std::string allFields() const
    {
        QStringList all;
        const auto* const table = m_form->findChild<FieldTable*>();
        for (int row = 0; row < table->rowCount(); ++row)
            all.append(table->item(row, 0)->text() + QLatin1Char('|') +
                       table->item(row, 3)->text());
        return all.join(QLatin1Char('\n')).toStdString();
    }
    /// What the table says of a field, by column.
    [[nodiscard]] QStringList fieldRow(const char* field) const
    {
        const auto* const table = m_form->findChild<FieldTable*>();
        for (int row = 0; row < table->rowCount(); ++row)
            if (table->item(row, 0)->text().startsWith(QLatin1String(field)))
                return {table->item(row, 1)->text(), table->item(row, 2)->text(),
                        table->item(row, 3)->text()};
        return {};
    }

    std::unique_ptr<SyncForm> m_form;
};

} // namespace

TEST_F(SyncFormTest, fieldsOfTheObjectAreListedWithWhatFillsThem)
{
    show();
    ASSERT_TRUE(soon([this] { return !fieldRow("email").isEmpty(); }))
        << textOf("Summary of the fields").toStdString();
    EXPECT_EQ(fieldRow("email").back(), QStringLiteral("records are matched by it, with email"));
    EXPECT_FALSE(fieldRow("userId").isEmpty());
    EXPECT_EQ(textOf("Summary of the fields"),
              QStringLiteral("2 fields; all that are needed are filled. It also takes fields that "
                             "are not listed here."));
}

TEST(SyncFields, whatFillsAFieldAndWhatIsMissingIsSaid)
{
    SyncFields fields;
    fields.show();
    project::SyncDefinition sync;
    sync.matching.column = "mail";
    sync.matching.field = "email";
    sync.shape = shape::Shape();
    const auto leaf = [](const char* name) {
        shape::Node node;
        node.name = name;
        node.kind = shape::NodeKind::Column;
        return node;
    };
    shape::Node address;
    address.name = "address";
    address.kind = shape::NodeKind::Object;
    address.children.push_back(leaf("city"));
    sync.shape->root.children = {leaf("name"), address};
    fields.setSync(sync);
    const auto field = [](const char* name, bool required, bool writable = true) {
        connector::FieldInfo info;
        info.name = name;
        info.required = required;
        info.writable = writable;
        return info;
    };
    fields.setFields({field("email", true), field("name", false), field("nam", false),
                      field("address", true), field("phone", true), field("made", false, false)},
                     false);
    const auto* const table = fields.findChild<FieldTable*>();
    const auto said = [&](const char* name) {
        for (int row = 0; row < table->rowCount(); ++row)
            if (table->item(row, 0)->text() == QLatin1String(name))
                return table->item(row, 3)->text().toStdString();
        return std::string("not listed");
    };
    EXPECT_EQ(said("email"), "records are matched by it, with mail");
    EXPECT_EQ(said("name"), "the shape fills it");
    EXPECT_EQ(said("nam"), "") << "the beginning of a name is another field";
    EXPECT_EQ(said("address"), "the shape fills address.city");
    EXPECT_EQ(said("phone"), "nothing fills it");
    EXPECT_EQ(said("made"), "read only");
    const auto* const summary =
        visibleNamed<QLabel>(fields, QStringLiteral("Summary of the fields"));
    ASSERT_NE(summary, nullptr);
    EXPECT_EQ(summary->text(), QStringLiteral("6 fields; 1 that is needed is not filled."));

    sync.shape->root.children.push_back(leaf("phone"));
    fields.setSync(sync);
    EXPECT_EQ(said("phone"), "the shape fills it");
    EXPECT_EQ(summary->text(), QStringLiteral("6 fields; all that are needed are filled."));
}

TEST_F(SyncFormTest, recordsAreCountedAndWhatGoesAgainIsForecast)
{
    show();
    ASSERT_TRUE(soon([this] {
        return textOf("How many records") == QStringLiteral("More than 1,000 records");
    })) << textOf("How many records").toStdString();
    auto* const count = named<QAbstractButton>("Count all records");
    ASSERT_NE(count, nullptr);
    count->click();
    ASSERT_TRUE(soon([this] {
        return textOf("How many records") == QStringLiteral("2,449 records");
    })) << textOf("How many records").toStdString()
        << textOf("What goes again").toStdString();
    EXPECT_EQ(textOf("What goes again"), QStringLiteral("None was delivered yet: the first run "
                                                        "sends all that pass the filter."));

    service::RunRequest request;
    request.sync = sync;
    m_session->startRun(request);
    ASSERT_TRUE(soon([this] { return m_report.has_value(); }));
    ASSERT_TRUE(soon([this] {
        return textOf("What goes again") ==
               QStringLiteral("Of 2,207 delivered records none has changed since.");
    })) << textOf("What goes again").toStdString();

    project::SyncDefinition edited = document().value();
    ASSERT_FALSE(edited.shape->root.children.empty());
    edited.shape->root.children.pop_back();
    document().change(QStringLiteral("Remove a field"), edited);
    ASSERT_TRUE(soon([this] {
        return textOf("What goes again").contains(QStringLiteral("of 2,207 records again"));
    })) << textOf("What goes again").toStdString();
}

TEST_F(SyncFormTest, everyGateIsAStepOfTheDocument)
{
    show();
    auto* const minimum = named<QSpinBox>("Fewer removed never stop it");
    ASSERT_NE(minimum, nullptr);
    EXPECT_EQ(minimum->value(), 20);
    minimum->setValue(35);
    EXPECT_EQ(document().value().gates.removedMinimum, 35U);
    auto* const empty = named<QCheckBox>("The model is empty, and was not before");
    ASSERT_NE(empty, nullptr);
    EXPECT_TRUE(empty->isChecked());
    empty->click();
    EXPECT_FALSE(document().value().gates.emptyAfterNonEmpty);
    document().undoStack()->undo();
    EXPECT_TRUE(empty->isChecked());
    document().undoStack()->undo();
    EXPECT_EQ(minimum->value(), 20);
}

} // namespace headgate::ui
