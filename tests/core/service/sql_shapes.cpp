// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sql_shapes.h"

#include "data/canonical_key.h"
#include "data/json_members.h"
#include "data/json_text.h"
#include "fakes/test_servers.h"
#include "service/copied_sql.h"
#include "service/sample_reader.h"
#include "service/sample_shaper.h"
#include "shape/condition_json.h"

#include <algorithm>
#include <fstream>
#include <gtest/gtest.h>
#include <iterator>
#include <stdexcept>

namespace headgate::service {

namespace {

struct CopiedTable
{
    const char* name;
    const char* postgres;
    const char* mariadb;
};

const CopiedTable copiedTables[] = {
    {"customers",
     "customer_id bigint primary key, email text, first_name text, last_name text, country text, "
     "marketing_consent boolean, created_at timestamp",
     "customer_id bigint primary key, email varchar(200), first_name varchar(100), last_name "
     "varchar(100), country varchar(20), marketing_consent boolean, created_at datetime"},
    {"products",
     "product_id integer primary key, sku varchar(20), name text, category text, price "
     "numeric(10,2), url text, image_url text, attributes json, discontinued boolean",
     "product_id integer primary key, sku varchar(20), name varchar(200), category varchar(50), "
     "price decimal(10,2), url varchar(200), image_url varchar(200), attributes json, "
     "discontinued boolean"},
    {"product_views",
     "view_id integer primary key, customer_id bigint, product_id integer, viewed_at timestamp, "
     "device text",
     "view_id integer primary key, customer_id bigint, product_id integer, viewed_at datetime(3), "
     "device varchar(20)"},
    {"orders",
     "order_id integer primary key, customer_id bigint, contact_email text, ordered_at "
     "timestamptz, status text, total numeric(12,2)",
     "order_id integer primary key, customer_id bigint, contact_email varchar(200), ordered_at "
     "datetime, status varchar(20), total decimal(12,2)"},
};

std::string insertedValue(data::ValueView cell, bool isMariaDb)
{
    if (cell.isNull())
        return "null";
    if (cell.kind == data::ValueKind::Bool)
        return std::string(cell.text);
    std::string text = "'";
    for (const char c : cell.text) {
        if (c == '\'' || (c == '\\' && isMariaDb))
            text += c;
        text += c;
    }
    return text + '\'';
}

/// Members in the order of their names, strings written one way, numbers as they stand.
std::string sortedJson(std::string_view json)
{
    std::string sorted;
    switch (data::jsonType(json)) {
    case data::JsonType::Null:
    case data::JsonType::Bool:
    case data::JsonType::Number:
        return std::string(json);
    case data::JsonType::String:
        data::appendJsonString(sorted, data::jsonText(json));
        return sorted;
    case data::JsonType::Array: {
        const auto elements = *data::jsonElements(json);
        for (const std::string_view element : elements)
            sorted += (sorted.empty() ? "[" : ",") + sortedJson(element);
        return sorted.empty() ? "[]" : sorted + ']';
    }
    case data::JsonType::Object:
        break;
    }
    auto members = *data::jsonMembers(json);
    std::sort(members.begin(), members.end(),
              [](const auto& a, const auto& b) { return a.name < b.name; });
    for (const data::JsonMember& member : members) {
        sorted += sorted.empty() ? "{" : ",";
        data::appendJsonString(sorted, member.name);
        sorted += ':' + sortedJson(member.value);
    }
    return sorted.empty() ? "{}" : sorted + '}';
}

/// A list over views, of name, price and image, in some form. `more`: members of the list.
std::string viewed(const std::string& form, const std::string& more = {})
{
    return R"({"kind":"object","fields":[{"name":"viewed","kind":"list","form":")" + form + "\"," +
           more + R"("sortBy":[{"column":"viewed_at","descending":true}],"element":[
             {"name":"name","kind":"column","column":"name"},
             {"name":"price","kind":"column","column":"price","type":"number"},
             {"name":"image","kind":"column","column":"image_url","nulls":"leave_out"}]}]})";
}

} // namespace

const std::vector<SqlShape>& sqlShapes()
{
    static const std::vector<SqlShape> shapes{
        {"sample",
         R"({"kind":"object","fields":[
           {"name":"firstName","kind":"column","column":"first_name","functions":["trim"],
            "whenNull":"there"},
           {"name":"recently_viewed","kind":"list","form":"dictionaries","sortBy":[
             {"column":"viewed_at","descending":true}],"distinct":["product_id"],"limit":5,
             "element":[
               {"name":"name","kind":"column","column":"name"},
               {"name":"price","kind":"column","column":"price","type":"number"},
               {"name":"url","kind":"column","column":"url"},
               {"name":"image","kind":"column","column":"image_url","nulls":"leave_out"}]},
           {"name":"last_viewed_at","kind":"column","column":"viewed_at","pick":"max"}]})",
         {},
         "customer_id",
         R"([{"column":"country","op":"in","value":["DE","GB","US","FR","NL"]}])"},
        {"dictionaries", viewed("dictionaries")},
        {"dictionary_of_lists", viewed("dictionary_of_lists", R"("limit":4,)")},
        {"values", viewed("values", R"("distinct":["name"],)")},
        {"dictionary_by_key",
         viewed("dictionary_by_key",
                R"("key":{"column":"view_id"},"where":[{"column":"price","op":"is not null"}],)")},
        {"last_by_sort",
         viewed("dictionary_by_key", R"("key":{"column":"sku"},"repeatedKeys":"last_by_sort",)")},
        {"texts_of_one_list", R"({"kind":"object","fields":[
           {"name":"images","kind":"list","form":"values","sortBy":[{"column":"view_id"}],
            "element":[{"name":"","kind":"column","column":"image_url","nulls":"leave_out"}]},
           {"name":"devices","kind":"list","form":"values","distinct":["device"],
            "element":[{"name":"","kind":"column","column":"device"}]}]})"},
        {"conditions", R"({"kind":"object","fields":[
           {"name":"a","kind":"list","form":"values","where":[
              {"column":"name","op":"contains","value":"'"},
              {"any":[{"column":"device","op":"=","value":"app"},
                      {"column":"device","op":"is null"}]}],
            "element":[{"name":"","kind":"column","column":"view_id"}]},
           {"name":"b","kind":"list","form":"values","where":[
              {"column":"device","op":"in","value":["web","tv"]},
              {"column":"view_id","op":">=","value":505000},
              {"column":"product_id","op":"!=","value":1001}],"whenEmpty":"null",
            "element":[{"name":"","kind":"column","column":"view_id"}]},
           {"name":"c","kind":"list","form":"values","where":[
              {"column":"viewed_at","op":"<","value":"2026-10-20"},
              {"column":"sku","op":"starts with","value":"HG-0"}],"whenEmpty":"leave_out",
            "element":[{"name":"","kind":"column","column":"view_id"}]},
           {"name":"d","kind":"list","form":"values","where":[
              {"column":"name","op":"<","value":"Bj"}],
            "element":[{"name":"","kind":"column","column":"name"}]},
           {"name":"none","kind":"list","form":"dictionary_of_lists","where":[
              {"column":"view_id","op":"=","value":-1}],
            "element":[{"name":"x","kind":"column","column":"view_id"},
                       {"name":"y","kind":"column","column":"name"}]}]})"},
        {"booleans",
         R"({"kind":"object","fields":[
           {"name":"now","kind":"list","form":"values","where":[
              {"column":"discontinued","op":"=","value":false}],
            "element":[{"name":"","kind":"column","column":"name"}]},
           {"name":"not","kind":"column","pick":"count","where":[
              {"column":"discontinued","op":"!=","value":false}]},
           {"name":"gone","kind":"list","form":"dictionaries","where":[
              {"column":"discontinued","op":"=","value":true}],
            "element":[{"name":"yes","kind":"column","column":"discontinued"}]}]})",
         {},
         "customer_id",
         R"([{"column":"marketing_consent","op":"=","value":true}])",
         {"mariadb"}},
        {"groups", R"({"kind":"object","fields":[
           {"name":"days","kind":"list","form":"dictionaries","groupBy":["category"],
            "sortBy":[{"column":"category","descending":true}],"limit":3,"element":[
             {"name":"category","kind":"column","column":"category"},
             {"name":"views","kind":"column","pick":"count"},
             {"name":"dearest","kind":"column","column":"name","pick":"first",
              "sortBy":[{"column":"product_id","descending":true}]},
             {"name":"products","kind":"list","form":"dictionaries","distinct":["product_id"],
              "element":[{"name":"id","kind":"column","column":"product_id"},
                         {"name":"image","kind":"column","column":"image_url"}]}]},
           {"name":"by_device","kind":"list","form":"dictionary_by_key","groupBy":["device"],
            "where":[{"column":"device","op":"is not null"}],"key":{"column":"device"},
            "element":[{"name":"skus","kind":"list","form":"values","sortBy":[{"column":"sku"}],
              "distinct":["sku"],"element":[{"name":"","kind":"column","column":"sku"}]}]}]})"},
        {"related", R"({"kind":"object","fields":[
           {"name":"orders","kind":"list","form":"dictionaries","source":{"model":"orders"},
            "sortBy":[{"column":"ordered_at","descending":true}],"limit":2,"element":[
             {"name":"at","kind":"column","column":"ordered_at"},
             {"name":"total","kind":"column","column":"total","type":"number"},
             {"name":"who","kind":"column","column":"customer_id","model":"main"},
             {"name":"email","kind":"column","column":"email","model":"customer"},
             {"name":"last_views","kind":"list","form":"values","source":{"model":"main"},
              "sortBy":[{"column":"viewed_at","descending":true}],"limit":2,
              "element":[{"name":"","kind":"column","column":"sku"}]}]},
           {"name":"order_count","kind":"column","pick":"count","model":"orders"},
           {"name":"open","kind":"column","pick":"count","model":"orders",
            "where":[{"column":"status","op":"=","value":"open"}]},
           {"name":"country","kind":"column","column":"country","model":"customer"},
           {"name":"since","kind":"column","column":"created_at","model":"customer",
            "missing":"leave_out"}]})"},
        {"picks", R"({"kind":"object","fields":[
           {"name":"first","kind":"column","column":"name","pick":"first",
            "sortBy":[{"column":"viewed_at"},{"column":"view_id"}]},
           {"name":"last_app","kind":"text","text":"{view_id}: {sku}","pick":"last",
            "where":[{"column":"device","op":"=","value":"app"}],"sortBy":[{"column":"view_id"}]},
           {"name":"least","kind":"column","column":"name","pick":"min"},
           {"name":"most","kind":"column","column":"view_id","pick":"max"},
           {"name":"ids","kind":"column","column":"product_id","pick":"sum"},
           {"name":"images","kind":"column","column":"image_url","pick":"count"},
           {"name":"web","kind":"column","pick":"count",
            "where":[{"column":"device","op":"=","value":"web"}]},
           {"name":"never","kind":"column","column":"view_id","pick":"max",
            "where":[{"column":"view_id","op":"<","value":0}],"nulls":"leave_out"}]})"},
        {"nulls_and_objects", R"({"kind":"object","fields":[
           {"name":"views","kind":"column","pick":"count"},
           {"name":"constant","kind":"constant","value":"it's \"x\" \\ é"},
           {"name":"number","kind":"constant","value":1.50},
           {"name":"json","kind":"json","value":{"a":[1,{"b":null}]}},
           {"name":"email","kind":"column","column":"email","nulls":"set_if_empty"},
           {"name":"or","kind":"column","column":"email","whenNull":"none"},
           {"name":"inner","kind":"object","whenEmpty":"leave_out","fields":[
             {"name":"a","kind":"column","column":"email","nulls":"leave_out"},
             {"name":"b","kind":"column","column":"image_url","pick":"min","nulls":"leave_out",
              "where":[{"column":"view_id","op":"<","value":0}]}]},
           {"name":"inner_null","kind":"object","whenEmpty":"null","fields":[
             {"name":"a","kind":"column","column":"email","nulls":"leave_out"}]},
           {"name":"inner_sent","kind":"object","fields":[
             {"name":"a","kind":"column","column":"email","nulls":"leave_out"}]}]})"},
        {"functions", R"({"kind":"object","fields":[
           {"name":"views","kind":"column","pick":"count"},
           {"name":"trimmed","kind":"column","column":"first_name","functions":["trim"]},
           {"name":"dear","kind":"text","text":"Dear {{x}} {first_name} \\ {last_name}"},
           {"name":"land","kind":"column","column":"country","functions":[
             {"function":"case","cases":[{"when":"DE","then":"Germany"},{"when":null,"then":"?"}],
              "otherwise":"elsewhere"}]},
           {"name":"all","kind":"column","column":"email","functions":[
             {"function":"concat","with":[{"column":"first_name"},{"value":"EU"}],
              "separator":", "}]},
           {"name":"some","kind":"column","column":"email","functions":[
             {"function":"coalesce","with":[{"column":"first_name"},{"value":"nobody"}]}]},
           {"name":"yes","kind":"column","column":"marketing_consent"},
           {"name":"yes_text","kind":"column","column":"marketing_consent","type":"text"},
           {"name":"id_text","kind":"column","column":"customer_id","type":"text"},
           {"name":"one","kind":"column","column":"country","type":"list"}]})"},
        {"json_columns", R"({"kind":"object","fields":[
           {"name":"viewed","kind":"list","form":"dictionaries","limit":3,"element":[
             {"name":"attributes","kind":"column","column":"attributes"},
             {"name":"parsed","kind":"json","column":"attributes"},
             {"name":"at","kind":"column","column":"viewed_at","type":"text"},
             {"name":"day","kind":"column","column":"viewed_at","type":"date"}]}]})"},
        {"digests",
         R"({"kind":"object","fields":[
           {"name":"views","kind":"column","pick":"count"},
           {"name":"digest","kind":"column","column":"email","functions":[
             {"function":"sha256"}]}]})",
         {"sqlite"}},
        {"rounded",
         R"({"kind":"object","fields":[
           {"name":"prices","kind":"list","form":"values","distinct":["price"],"element":[
             {"name":"","kind":"column","column":"price","functions":[
               {"function":"number_format","decimals":1}]}]}]})",
         {"sqlite"}},
        {"exact_sums",
         R"({"kind":"object","fields":[
           {"name":"views","kind":"column","column":"price","pick":"sum"},
           {"name":"spent","kind":"column","column":"total","pick":"sum","model":"orders"},
           {"name":"least","kind":"column","column":"total","pick":"min","model":"orders"}]})",
         {},
         "customer_id",
         "[]",
         {"sqlite"}},
        {"row_per_record",
         R"({"kind":"object","fields":[
           {"name":"name","kind":"column","column":"name"},
           {"name":"at","kind":"column","column":"viewed_at"},
           {"name":"email","kind":"column","column":"email","model":"customer"},
           {"name":"orders","kind":"list","form":"values","source":{"model":"orders"},
            "element":[{"name":"","kind":"column","column":"order_id"}]}]})",
         {},
         "view_id",
         R"([{"column":"device","op":"=","value":"web"}])"},
        {"text_key",
         R"({"kind":"object","fields":[
           {"name":"customers","kind":"list","form":"values","distinct":["customer_id"],
            "element":[{"name":"","kind":"column","column":"customer_id"}]},
           {"name":"names","kind":"map","key":{"column":"view_id"},
            "value":{"kind":"column","column":"email","nulls":"leave_out"}}]})",
         {},
         "first_name"},
        {"unsaid",
         R"({"kind":"object","fields":[
           {"name":"shout","kind":"column","column":"email","functions":["upper"]},
           {"name":"plain","kind":"column","column":"email","functions":[
             {"function":"regex_replace","pattern":"[aeiou]","replacement":"_"}]},
           {"name":"list","kind":"list","form":"values","order":"query",
            "element":[{"name":"","kind":"column","column":"viewed_at","functions":[
              {"function":"date_format","pattern":"yyyy"}]}]}]})",
         {"sqlite", "postgresql", "mariadb"}}};
    return shapes;
}

void PrintTo(const SqlShape& shape, std::ostream* out)
{
    *out << shape.name;
}

void fillSqlite(const std::string& file)
{
    std::ifstream in(HEADGATE_SOURCE_DIR "/resources/sample/warehouse.sql", std::ios::binary);
    const std::string sql{std::istreambuf_iterator<char>(in), {}};
    if (sql.empty())
        throw std::runtime_error("the sample's warehouse is not there");
    fakes::runOnSqlite(file, "begin;" + sql +
                                 ";delete from customers where customer_id > 9007199254740993 + "
                                 "1009 * 120;"
                                 "delete from product_views where customer_id not in (select "
                                 "customer_id from customers) or view_id % 3 > 0;"
                                 "delete from orders where customer_id not in (select customer_id "
                                 "from customers);"
                                 "update customers set first_name = lower(first_name) where "
                                 "customer_id % 2 = 0 and first_name = 'Emma';"
                                 "commit;");
}

std::vector<std::string> statementsFor(const std::string& warehouse, const std::string& sqliteFile)
{
    const bool isMariaDb = warehouse == "mariadb";
    auto source = warehouse::Source::open(fakes::sqliteOptions(sqliteFile), {});
    if (!source)
        throw std::runtime_error(source.error().toString().toStdString());
    std::vector<std::string> statements;
    for (const CopiedTable& table : copiedTables) {
        const std::string name = "hg_copied_" + std::string(table.name);
        statements.push_back("drop table if exists " + name);
        statements.push_back("create table " + name + " (" +
                             (isMariaDb ? table.mariadb : table.postgres) + ')' +
                             (isMariaDb ? " character set utf8mb4" : ""));
        const auto rows =
            fakes::readAll(**source, "select * from " + std::string(table.name), {}, 0);
        if (!rows)
            throw std::runtime_error(rows.error().toString().toStdString());
        for (std::size_t i = 0; i < rows->size(); ++i) {
            std::string values;
            for (const data::Value& value : (*rows)[i])
                values += (values.empty() ? "(" : ",") + insertedValue(value.view(), isMariaDb);
            if (i % 500 == 0)
                statements.push_back("insert into " + name + " values " + values + ')');
            else
                statements.back() += ',' + values + ')';
        }
    }
    return statements;
}

SqlShapeProject::SqlShapeProject(const warehouse::SourceOptions& source, const std::string& prefix)
    : m_source(source)
{
    m_world.project.models.clear();
    m_world.sync.related.clear();
    m_world.addSource("copied", source);
    m_world.addModel("copied-views", "copied",
                     "select v.view_id, v.customer_id, v.viewed_at, v.device, p.product_id, p.sku, "
                     "p.name, p.category, p.price, p.image_url, p.url, p.attributes, "
                     "p.discontinued, c.email, c.first_name, c.last_name, c.country, "
                     "c.marketing_consent from " +
                         prefix + "product_views v join " + prefix +
                         "customers c on c.customer_id = v.customer_id join " + prefix +
                         "products p on p.product_id = v.product_id; -- all",
                     "view_id");
    m_world.project.models.back().zone = "UTC";
    m_world.addModel("customer", "copied", "select * from " + prefix + "customers", "customer_id");
    m_world.addModel("orders", "copied", "select * from " + prefix + "orders", "order_id");
    m_world.relate("customer", project::RelatedKind::ToOne, "customer_id", "customer_id");
    m_world.relate("orders", project::RelatedKind::ToMany, "customer_id", "customer_id");
    m_world.sync.slug = "copied";
    m_world.sync.model = "copied-views";
}

std::map<std::string, std::string>
SqlShapeProject::shaped(const std::shared_ptr<const RecordSample>& sample) const
{
    std::map<std::string, std::string> payloads;
    const auto shaper =
        SampleShaper::create(sample, m_world.sync, *m_world.project.model("copied-views"));
    EXPECT_TRUE(shaper) << shaper.error().toString().toStdString();
    if (!shaper)
        return payloads;
    EXPECT_TRUE((*shaper)->leftOut().empty());
    for (std::size_t i = 0; i < sample->records.size(); ++i) {
        const ShapedSample record = (*shaper)->shape(i);
        if (record.problems.empty() && !record.filtered)
            payloads[record.keyText] = sortedJson(record.payload);
        else if (!record.problems.empty())
            payloads[record.keyText] = "invalid";
    }
    return payloads;
}

std::map<std::string, std::string> SqlShapeProject::queried(const std::string& sql) const
{
    std::map<std::string, std::string> payloads;
    auto source = warehouse::Source::open(m_source, {});
    EXPECT_TRUE(source);
    if (!source)
        return payloads;
    const auto rows = fakes::readAll(**source, sql, {}, 0);
    EXPECT_TRUE(rows) << rows.error().toString().toStdString() << '\n' << sql;
    if (rows)
        for (const std::vector<data::Value>& row : *rows) {
            const data::ValueView key[] = {row.front().view()};
            EXPECT_TRUE(data::checkJson(row.back().text)) << row.back().text;
            EXPECT_TRUE(payloads.emplace(data::keyText(key), sortedJson(row.back().text)).second)
                << "a record twice";
        }
    return payloads;
}

void SqlShapeProject::compare(const SqlShape& shape)
{
    SCOPED_TRACE(shape.name);
    const auto holds = [&](const std::vector<std::string>& warehouses) {
        return std::find(warehouses.begin(), warehouses.end(), m_source.warehouse) !=
               warehouses.end();
    };
    if (holds(shape.unfit))
        return;
    m_world.setShape(shape.json.c_str());
    m_world.sync.shape->numberNodes();
    m_world.sync.recordKey = {shape.recordKey};
    Issues issues;
    m_world.sync.filter = shape::conditionFromJson(*data::parseJson(shape.filter), {}, issues);
    ASSERT_TRUE(issues.empty()) << toString(issues).toStdString();
    m_world.project.syncs = {m_world.sync};
    SampleReader::Options options{m_world.project, m_world.sync, "development", m_world.path("")};
    const auto sample = SampleReader(options, m_world.secrets(), {}).read();
    ASSERT_TRUE(sample) << sample.error().toString().toStdString();
    ASSERT_TRUE((*sample)->complete);
    const auto copied = copiedSql(m_world.project, "copied", **sample);
    ASSERT_TRUE(copied) << copied.error().toString().toStdString();
    const bool isNoted = holds(shape.noted);
    std::string notes;
    for (const shape::SqlNote& note : copied->notes)
        notes += note.path + ": " + note.text.toStdString() + '\n';
    EXPECT_EQ(!copied->notes.empty(), isNoted) << notes;
    const auto expected = shaped(*sample);
    const auto found = queried(copied->sql);
    if (!copied->notes.empty())
        return;
    std::size_t compared = 0;
    std::size_t differences = 0;
    for (const auto& [key, payload] : expected) {
        if (payload == "invalid")
            continue;
        ++compared;
        const auto other = found.find(key);
        const std::string text = other == found.end() ? "(none)" : other->second;
        if (text == payload)
            continue;
        if (++differences <= 3) {
            EXPECT_EQ(text, payload) << key;
        }
    }
    EXPECT_EQ(differences, 0U) << copied->sql;
    EXPECT_GT(compared, 20U);
    for (const auto& [key, payload] : found)
        EXPECT_TRUE(expected.count(key) > 0) << key << ": " << payload;
}

} // namespace headgate::service
