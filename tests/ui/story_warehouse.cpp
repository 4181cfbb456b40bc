// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/story_warehouse.h"

#include "fakes/test_servers.h"

#include <gtest/gtest.h>

namespace headgate::ui {

namespace {

constexpr const char* tables = R"(
drop schema if exists hg_story cascade;
create schema hg_story;
create table hg_story.customers (
    customer_id bigint primary key,
    email text not null,
    first_name text,
    spent numeric(12,2)
);
create table hg_story.products (
    product_id int primary key,
    name text not null,
    price numeric(10,2)
);
create table hg_story.views (
    view_id bigint primary key,
    customer_id bigint not null references hg_story.customers,
    product_id int not null references hg_story.products,
    viewed_at timestamptz not null
);
create view hg_story.product_views as
    select v.view_id, v.customer_id, p.name as product, p.price, v.viewed_at
    from hg_story.views v join hg_story.products p using (product_id);
insert into hg_story.products values
    (1, 'Zelt "Fjäll" 2P', 1200.50), (2, 'Rope 60 m', 89.90), (3, 'Лампа', 24.00),
    (4, '登山靴', 199.99), (5, 'Cup', null), (6, 'Bar & nuts', 0.10), (7, 'Map 1:25 000', 12.00);
insert into hg_story.customers
    select 9007199254740993 + n, 'customer' || n || '@example.com',
           (array['Zoë', 'Ольга', '太郎', 'O''Neil', null, 'Ann "Al" Lee'])[1 + n % 6],
           n * 1000000.01
    from generate_series(1, 40) n;
insert into hg_story.views
    select row_number() over (), 9007199254740993 + n, 1 + (n + k) % 7,
           timestamptz '2026-03-01 12:00:00+00' + (n * k % 11) * interval '1 day' +
               k * interval '1 microsecond'
    from generate_series(1, 40) n, generate_series(1, 12) k
    where k <= n % 13;
)";

} // namespace

StoryWarehouse::StoryWarehouse()
{
    run(tables);
}

StoryWarehouse::~StoryWarehouse()
{
    run("drop schema hg_story cascade");
}

void StoryWarehouse::run(const std::string& sql)
{
    fakes::runOnPostgres(sql);
}

std::vector<std::string> StoryWarehouse::ask(const std::string& sql)
{
    auto source = warehouse::Source::open(fakes::postgresOptions(), {});
    if (!source) {
        ADD_FAILURE() << source.error().toString().toStdString();
        return {};
    }
    const auto rows = fakes::readAll(**source, sql);
    if (!rows) {
        ADD_FAILURE() << rows.error().toString().toStdString();
        return {};
    }
    std::vector<std::string> texts;
    for (const auto& row : *rows)
        texts.push_back(row.front().text);
    return texts;
}

std::string compactJson(const std::string& json)
{
    std::string compact;
    bool inText = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inText && c == '\\')
            compact += json[i++];
        else if (c == '"')
            inText = !inText;
        if (inText || (c != ' ' && c != '\n'))
            compact += json[i];
    }
    return compact;
}

} // namespace headgate::ui
