// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallery_sections.h"

#include "widgets/card.h"
#include "widgets/chip.h"
#include "widgets/elided_label.h"
#include "widgets/empty_state.h"
#include "widgets/json_view.h"
#include "widgets/message_strip.h"
#include "widgets/search_field.h"
#include "widgets/settings_form.h"
#include "widgets/spinner.h"
#include "widgets/table_view.h"
#include "widgets/verdict.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace headgate::ui {
namespace {

QString widgetText(const char* text)
{
    return QCoreApplication::translate("Gallery", text);
}

QVBoxLayout* columnOf(QWidget* page)
{
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    return layout;
}

QWidget* chipSection()
{
    auto* page = new QWidget;
    QVBoxLayout* column = columnOf(page);
    auto* list = new QHBoxLayout;
    list->setSpacing(6);
    list->addWidget(new Chip(Icon::Link, widgetText("from views")));
    list->addWidget(new Chip(Icon::Filter, widgetText("where price > 0")));
    list->addWidget(new Chip(Icon::Sort, widgetText("newest first: viewed_at")));
    list->addWidget(new Chip(widgetText("max 5")));
    auto* form = new Chip(Icon::ListOfDictionaries, widgetText("list of dictionaries"));
    form->setOpensMenu(true);
    list->addWidget(form);
    list->addStretch(1);
    column->addLayout(list);
    auto* tones = new QHBoxLayout;
    tones->setSpacing(6);
    const char* const names[] = {"held", "running", "as agreed", "31 disagree", "rejected"};
    for (const Tone tone : allTones) {
        auto* chip = new Chip(iconOf(tone), widgetText(names[static_cast<int>(tone)]));
        chip->setTone(tone);
        tones->addWidget(chip);
    }
    auto* checked = new Chip(widgetText("chosen"));
    checked->setCheckable(true);
    checked->setChecked(true);
    tones->addWidget(checked);
    auto* off = new Chip(widgetText("disabled"));
    off->setEnabled(false);
    tones->addWidget(off);
    tones->addStretch(1);
    column->addLayout(tones);
    return page;
}

QWidget* messageSection()
{
    auto* page = new QWidget;
    QVBoxLayout* column = columnOf(page);
    auto* error = new MessageStrip;
    error->showMessage({Tone::Error,
                        widgetText("The warehouse at localhost:5432 refused the connection."),
                        widgetText("Start it, or correct host and port."),
                        QStringLiteral("source.connect.refused"), QString()});
    error->addButton(widgetText("Try again"));
    column->addWidget(error);
    auto* neutral = new MessageStrip;
    neutral->showMessage(
        {Tone::Info, widgetText("A run in progress uses version 14."), {}, {}, {}});
    column->addWidget(neutral);
    auto* verdict = new Verdict;
    verdict->setVerdict(Tone::Warning, widgetText("412 records would be removed"),
                        widgetText("That is 18 % of what was delivered; the gate allows 10 %."));
    verdict->setAction(widgetText("Look at them"));
    column->addWidget(verdict);
    return page;
}

QWidget* smallSection()
{
    auto* page = new QWidget;
    QVBoxLayout* column = columnOf(page);
    column->addWidget(new SearchField(widgetText("Search columns")));
    auto* spinner = new Spinner;
    spinner->setText(widgetText("Shaping 1,000 records"));
    spinner->start();
    column->addWidget(spinner);
    auto* label = new ElidedLabel(widgetText(
        "A long path that does not fit: syncs/recently-viewed/products/of/the/last/thirty/days/"
        "by/customer/and/region.json"));
    label->setElideMode(Qt::ElideMiddle);
    column->addWidget(label);
    return page;
}

QWidget* payloadSection()
{
    auto* view = new JsonView;
    const std::string json =
        "{\"email\":\"zo\u00eb@example.com\",\"recently_viewed\":[{\"name\":\"Lamp\","
        "\"price\":39.90,\"sale\":true},{\"name\":\"Tent\",\"price\":129.00,\"sale\":null}],"
        "\"address\":{\"city\":\"Graz\",\"zip\":\"8010\"}}";
    view->setJson(json);
    view->setFolded(view->lines().lineOfByte(json.find("\"address")), true);
    const auto mark = [&json](const char* text, std::size_t link, bool strong) {
        const std::size_t begin = json.find(text);
        return JsonMark{begin, begin + std::string_view(text).size(), link, strong};
    };
    view->setMarks({mark("\"zo\u00eb@example.com\"", 0, true), mark("\"Lamp\"", 2, false),
                    mark("39.90", 3, true)});
    view->setMinimumHeight(290);
    return view;
}

QWidget* tableSection()
{
    using data::ValueKind;
    data::Schema schema;
    schema.columns = {{"customer_id", ValueKind::Integer, "int8", {}},
                      {"email", ValueKind::Text, "text", {}},
                      {"viewed_at", ValueKind::TimestampTz, "timestamptz", {}},
                      {"price", ValueKind::Decimal, "numeric(10,2)", {}},
                      {"extra", ValueKind::Json, "jsonb", {}}};
    std::vector<data::RowBlock> blocks(1);
    data::RowBlock& block = blocks.front();
    block.reset(schema.columns.size());
    for (int row = 0; row < 6; ++row) {
        block.append(ValueKind::Integer, std::to_string(1041 + row));
        block.append(ValueKind::Text, "customer." + std::to_string(row) + "@example.com");
        block.append(ValueKind::TimestampTz, "2026-11-2" + std::to_string(row) + "T09:14:00+00:00");
        if (row % 3 == 1)
            block.appendNull();
        else
            block.append(ValueKind::Decimal, std::to_string(13 * row) + ".90");
        block.append(row == 4 ? ValueKind::Invalid : ValueKind::Json,
                     row == 4 ? "json" : "{\"sale\":true}");
    }
    auto* table = new TableView;
    table->setRows(std::make_shared<RowSet>(std::move(schema), std::move(blocks)));
    table->selectRow(2);
    table->setMinimumHeight(7 * 28 + 16);
    return table;
}

QWidget* cardSection()
{
    auto* page = new EmptyState(Icon::Shape, widgetText("No shape yet"),
                                widgetText("Say once what a payload looks like; rows fill it."));
    const auto add = [page](Icon icon, const char* title, const char* subtitle) {
        auto* card = new Card(widgetText(title));
        card->setIcon(icon);
        card->setSubtitle(widgetText(subtitle));
        card->setClickable(true);
        page->addChoice(card);
    };
    add(Icon::Email, "Start from an e-mail template", "Its variables become the fields.");
    add(Icon::TypeJson, "Paste an example", "A payload that the tool takes.");
    add(Icon::Table, "Use these columns", "One field each, to begin with.");
    page->setMinimumHeight(250);
    return page;
}

QWidget* formSection()
{
    const auto field = [](const char* key, const char* label, SettingsKind kind) {
        SettingsField made;
        made.key = key;
        made.label = widgetText(label);
        made.kind = kind;
        return made;
    };
    std::vector<SettingsField> fields = {field("host", "Host", SettingsKind::Text),
                                         field("port", "Port", SettingsKind::Port),
                                         field("password", "Password", SettingsKind::Secret),
                                         field("tls", "Encryption", SettingsKind::Choice),
                                         field("ca", "Certificate authority", SettingsKind::File)};
    fields[0].required = true;
    fields[0].help = widgetText("Name or address, or the folder of a local socket.");
    fields[1].initial = "5432";
    fields[3].choices = {{"auto", widgetText("Automatic")}, {"off", widgetText("Not encrypted")}};
    fields[3].initial = "auto";
    fields[4].advanced = true;
    auto* form = new SettingsForm(fields);
    form->setValues({{"host", "db.example.com"}, {"port", "70000"}, {"ca", "/etc/ssl/shop.pem"}});
    form->setReferences({{"password", "keychain:shop/password"}});
    form->setProblems({{"port", widgetText("A port is a number from 1 to 65535.")}});
    return form;
}

} // namespace

std::vector<Gallery::Section> widgetSections()
{
    return {{widgetText("Search, progress, long texts"), smallSection},
            {widgetText("Chips"), chipSection},
            {widgetText("Messages"), messageSection},
            {widgetText("A form"), formSection},
            {widgetText("Payload"), payloadSection},
            {widgetText("Rows of a warehouse"), tableSection},
            {widgetText("An empty page"), cardSection}};
}

} // namespace headgate::ui
