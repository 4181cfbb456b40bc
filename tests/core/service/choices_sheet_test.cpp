// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/service/sync_reader_project.h"
#include "data/json.h"
#include "fakes/test_servers.h"
#include "service/choices_sheet.h"
#include "service/sample_reader.h"

#include <QXmlStreamReader>
#include <gmock/gmock.h>

namespace headgate::service {
namespace {

using shape::ListForm;
using testing::HasSubstr;
using testing::Not;

/// Customers who looked at products; the second one is out to break the page.
class ChoicesSheetTest : public testing::Test
{
protected:
    void SetUp() override
    {
        fakes::runOnSqlite(
            m_world.path("shop.sqlite"),
            "create table views (id integer primary key, customer_id integer, email text, "
            "first_name text, product text, price text, note text);"
            "insert into views values "
            "(1, 7, 'zoe@shop.test', 'Zoë Smith', 'Sock', '4.90', 'ring +49 30 123'),"
            "(2, 7, 'zoe@shop.test', 'Zoë Smith', 'Hat', '12.00', 'write to z.s@shop.test'),"
            "(3, 8, '<b>@x.y', '</pre><script>alert(1)</script>', 'A&B\"''<i>', '1', "
            "'{{#each}}')");
        m_world.addSource("shop", fakes::sqliteOptions(m_world.path("shop.sqlite")));
        m_world.addModel("views", "shop", "select * from views", "id");
        m_world.sync.model = "views";
        m_world.sync.name = "Recently <viewed>";
        m_world.sync.recordKey = {"customer_id"};
        m_world.setShape(R"({"kind":"object","fields":[
            {"name":"email","kind":"column","column":"email"},
            {"name":"greeting","kind":"text","text":"Dear {first_name}"},
            {"name":"data","kind":"object","fields":[
              {"name":"recently viewed","kind":"list","form":"dictionaries",
               "sortBy":[{"column":"id"}],"element":[
                 {"name":"name","kind":"column","column":"product"},
                 {"name":"unit price","kind":"column","column":"price","type":"number"},
                 {"name":"note","kind":"column","column":"note"}]}]}]})");
        SampleReader::Options options{m_world.project, m_world.sync, "development",
                                      m_world.path("")};
        auto read = SampleReader(options, m_world.secrets(), {}).read();
        ASSERT_TRUE(read) << read.error().toString().toStdString();
        sample = *read;
        m_world.sync.shape->numberNodes();
        list = m_world.sync.shape->root.children[2].children[0].id;
    }

    [[nodiscard]] ChoicesSheet sheet(std::size_t record)
    {
        auto made = choicesSheet(*sample, record, m_world.sync, m_world.project.models.front(),
                                 list, personalColumns(*sample, record));
        if (!made) {
            ADD_FAILURE() << made.error().toString().toStdString();
            return {};
        }
        return *std::move(made);
    }

    SyncReaderProject m_world;
    std::shared_ptr<const RecordSample> sample;
    shape::NodeId list = 0;
};

/// Whether it is one well-formed tree; its elements' names. The void elements of HTML are closed
/// first.
QStringList elementsOf(std::string html)
{
    for (const char* const name : {"<meta ", "<input "})
        for (std::size_t at = html.find(name); at != std::string::npos;
             at = html.find(name, at + 1))
            html.insert(html.find('>', at), "/");
    html.erase(0, html.find('\n'));
    QXmlStreamReader reader(QByteArray::fromStdString(html));
    QStringList names;
    while (!reader.atEnd())
        if (reader.readNext() == QXmlStreamReader::StartElement)
            names << reader.name().toString();
    EXPECT_FALSE(reader.hasError()) << reader.errorString().toStdString();
    return names;
}

} // namespace

TEST_F(ChoicesSheetTest, theSameRecordStandsInAllForms)
{
    const ChoicesSheet made = sheet(0);
    ASSERT_EQ(made.choices.size(), 4U);
    const std::string head =
        R"({"email":"z•••@example.com","greeting":"Dear Xxx Xxxxx","data":{"recently viewed":)";
    const std::string notes[] = {"xxxx +00 00 000", "xxxxx xx x.x@xxxx.xxxx"};
    EXPECT_EQ(made.choices[0].payload,
              head + R"([{"name":"Sock","unit price":4.90,"note":")" + notes[0] +
                  R"("},{"name":"Hat","unit price":12.00,"note":")" + notes[1] + R"("}]}})");
    EXPECT_EQ(made.choices[1].payload,
              head + R"({"name":["Sock","Hat"],"unit price":[4.90,12.00],"note":[")" + notes[0] +
                  R"(",")" + notes[1] + R"("]}}})");
    EXPECT_EQ(made.choices[2].payload, head + R"(["Sock","Hat"]}})");
    EXPECT_EQ(made.choices[3].payload,
              head + R"({"Sock":{"name":"Sock","unit price":4.90,"note":")" + notes[0] +
                  R"("},"Hat":{"name":"Hat","unit price":12.00,"note":")" + notes[1] + R"("}}}})");
    for (const ChoicesSheet::Choice& choice : made.choices)
        EXPECT_TRUE(choice.impossible.isEmpty()) << choice.impossible.toStdString();
    EXPECT_EQ(made.masked,
              (std::vector<QString>{QStringLiteral("customer_id"), QStringLiteral("email"),
                                    QStringLiteral("first_name"), QStringLiteral("note")}));
}

TEST_F(ChoicesSheetTest, templatesAreToldHowToWalkIt)
{
    const ChoicesSheet made = sheet(0);
    EXPECT_EQ(handlebarsSnippet(made, ListForm::Dictionaries),
              "{{#each data.[recently viewed]}}\n  {{name}}\n  {{[unit price]}}\n  {{note}}\n"
              "{{/each}}");
    EXPECT_EQ(handlebarsSnippet(made, ListForm::DictionaryOfLists),
              "{{#each data.[recently viewed].name}}\n  {{this}}\n"
              "  {{lookup ../data.[recently viewed].[unit price] @index}}\n"
              "  {{lookup ../data.[recently viewed].note @index}}\n{{/each}}");
    EXPECT_EQ(handlebarsSnippet(made, ListForm::Values),
              "{{#each data.[recently viewed]}}\n  {{this}}\n{{/each}}");
    EXPECT_EQ(handlebarsSnippet(made, ListForm::DictionaryByKey),
              "{{#each data.[recently viewed]}}\n  {{@key}}\n  {{name}}\n  {{[unit price]}}\n"
              "  {{note}}\n{{/each}}");
    EXPECT_EQ(liquidSnippet(made, ListForm::Dictionaries),
              "{% for entry in data[\"recently viewed\"] %}\n  {{ entry.name }}\n"
              "  {{ entry[\"unit price\"] }}\n  {{ entry.note }}\n{% endfor %}");
    EXPECT_EQ(liquidSnippet(made, ListForm::DictionaryOfLists),
              "{% for entry in data[\"recently viewed\"].name %}\n  {{ entry }}\n"
              "  {{ data[\"recently viewed\"][\"unit price\"][forloop.index0] }}\n"
              "  {{ data[\"recently viewed\"].note[forloop.index0] }}\n{% endfor %}");
    EXPECT_EQ(liquidSnippet(made, ListForm::Values),
              "{% for entry in data[\"recently viewed\"] %}\n  {{ entry }}\n{% endfor %}");
    EXPECT_EQ(liquidSnippet(made, ListForm::DictionaryByKey),
              "{% for entry in data[\"recently viewed\"] %}\n  {{ entry[0] }}\n"
              "  {{ entry[1].name }}\n  {{ entry[1][\"unit price\"] }}\n  {{ entry[1].note }}\n"
              "{% endfor %}");
}

TEST_F(ChoicesSheetTest, thePageStandsByItself)
{
    ChoicesSheet made = sheet(0);
    made.made = QStringLiteral("23 November 2026");
    const std::string html = toHtml(made);
    const QStringList elements = elementsOf(html);
    EXPECT_EQ(elements.count(QStringLiteral("section")), 5);
    EXPECT_EQ(elements.count(QStringLiteral("input")), 6) << "four to tick, a name and a date";
    EXPECT_EQ(elements.count(QStringLiteral("h1")), 1);
    EXPECT_EQ(elements.count(QStringLiteral("pre")), 12);
    for (const char* const outside :
         {"<script", "src=", "href=", "url(", "http:", "https:", "@import"})
        EXPECT_THAT(html, Not(HasSubstr(outside)));
    EXPECT_THAT(html, HasSubstr("<html lang=\"en\">"));
    EXPECT_THAT(html, HasSubstr("23 November 2026"));
    EXPECT_THAT(html, HasSubstr("Recently &lt;viewed&gt;"));
    for (const char* const person : {"zoe", "Zoë", "Smith", "+49", "z.s@"})
        EXPECT_THAT(html, Not(HasSubstr(person)));
    for (const char* const id : {"choice1", "choice2", "choice3", "choice4"}) {
        EXPECT_THAT(html, HasSubstr(std::string("id=\"") + id + "\""));
        EXPECT_THAT(html, HasSubstr(std::string("for=\"") + id + "\""));
    }
}

TEST_F(ChoicesSheetTest, hostileTextsStayText)
{
    auto made = choicesSheet(*sample, 1, m_world.sync, m_world.project.models.front(), list, {});
    ASSERT_TRUE(made) << made.error().toString().toStdString();
    made->made = QString::fromUtf8("\x01<img src=x>");
    made->language = QStringLiteral("en\" onload=\"x");
    const std::string html = toHtml(*made);
    const QStringList elements = elementsOf(html);
    EXPECT_EQ(elements.count(QStringLiteral("pre")), 12);
    for (const char* const foreign : {"script", "b", "i", "img"})
        EXPECT_EQ(elements.count(QLatin1String(foreign)), 0) << foreign;
    EXPECT_THAT(html, HasSubstr("&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;"));
    EXPECT_THAT(html, HasSubstr("A&amp;B\\&quot;&#39;&lt;i&gt;"));
    EXPECT_THAT(html, Not(HasSubstr("\x01")));
    EXPECT_THAT(html, HasSubstr("Nothing in this record is masked."));
}

TEST_F(ChoicesSheetTest, whatARecordCannotBeIsSaid)
{
    shape::Node& node = *m_world.sync.shape->find(list);
    node.list.key.column = "first_name";
    const ChoicesSheet made = sheet(0);
    EXPECT_TRUE(made.choices[0].impossible.isEmpty());
    EXPECT_FALSE(made.choices[3].impossible.isEmpty()) << "one key for two different rows";
    EXPECT_EQ(made.choices[3].payload, "");
    const std::string html = toHtml(made);
    EXPECT_THAT(html, Not(HasSubstr("id=\"choice4\"")));
    EXPECT_EQ(elementsOf(html).count(QStringLiteral("input")), 5);

    const auto noList = choicesSheet(*sample, 0, m_world.sync, m_world.project.models.front(),
                                     m_world.sync.shape->root.id, {});
    ASSERT_FALSE(noList);
    EXPECT_EQ(noList.error().code, "sheet.list");
    EXPECT_FALSE(choicesSheet(*sample, 99, m_world.sync, m_world.project.models.front(), list, {}));
}

TEST_F(ChoicesSheetTest, differentValuesStayDifferent)
{
    shape::Node& node = *m_world.sync.shape->find(list);
    node.list.key.column = "product";
    const std::size_t product = *sample->models.main.indexOf("product");
    fakes::runOnSqlite(m_world.path("shop.sqlite"),
                       "insert into views values (4, 7, 'zoe@shop.test', 'Zoë Smith', 'Cap', '1', "
                       "null)");
    SampleReader::Options options{m_world.project, m_world.sync, "development", m_world.path("")};
    auto read = SampleReader(options, m_world.secrets(), {}).read();
    ASSERT_TRUE(read);
    const auto made =
        choicesSheet(**read, 0, m_world.sync, m_world.project.models.front(), list, {{0, product}});
    ASSERT_TRUE(made);
    EXPECT_EQ(made->choices[2].payload,
              R"({"email":"zoe@shop.test","greeting":"Dear Zoë Smith","data":{"recently viewed":)"
              R"(["Xxxx","Xxx","Xxx2"]}})");
    EXPECT_TRUE(made->choices[3].impossible.isEmpty());
}

TEST(MaskedText, keepsTheShapeOnly)
{
    EXPECT_EQ(maskedText("eve@mail.example.org"), "e•••@example.com");
    EXPECT_EQ(maskedText("Zoë O'Neil-27"), "Xxx X'Xxxx-00");
    EXPECT_EQ(maskedText("美咲"), "xx");
    EXPECT_EQ(maskedText("🚀 1"), "x 0");
    EXPECT_EQ(maskedText(""), "");
    EXPECT_EQ(maskedText("a@b"), "x@x") << "no address";
    EXPECT_EQ(maskedText("𝒜@x.de"), "𝒜•••@example.com");
}

} // namespace headgate::service
