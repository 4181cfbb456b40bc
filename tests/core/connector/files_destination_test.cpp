// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/destination_factory.h"
#include "connector/spec_library.h"
#include "fakes/batch_box.h"
#include "fakes/fake_clock.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <gtest/gtest.h>

using namespace headgate;
using namespace headgate::connector;
using fakes::answerOf;
using fakes::BatchBox;
using fakes::resultOf;

namespace {

using Fields = std::map<std::string, std::string>;

/// A folder and the files that runs leave in it.
class FilesWorld
{
public:
    explicit FilesWorld(Fields fields = {}) : m_fields(std::move(fields))
    {
        m_fields.emplace("folder", m_folder.path().toStdString());
    }

    [[nodiscard]] std::unique_ptr<Destination> open() const
    {
        DestinationConfig config;
        config.fields = m_fields;
        auto opened =
            openDestination(SpecLibrary::builtIn().find("files"), std::move(config), m_clock);
        if (!opened)
            throw std::runtime_error(opened.error().message.toStdString());
        return std::move(*opened);
    }
    [[nodiscard]] std::string path(const std::string& name) const
    {
        return m_folder.filePath(QString::fromStdString(name)).toStdString();
    }
    [[nodiscard]] std::string read(const std::string& name) const
    {
        QFile file(QString::fromStdString(path(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : "(none)";
    }
    void write(const std::string& name, const std::string& bytes) const
    {
        QFile file(QString::fromStdString(path(name)));
        ASSERT_TRUE(file.open(QIODevice::WriteOnly));
        ASSERT_EQ(file.write(bytes.data(), qint64(bytes.size())), qint64(bytes.size()));
    }
    void remove(const std::string& name) const
    {
        ASSERT_TRUE(QFile::remove(QString::fromStdString(path(name))));
    }
    [[nodiscard]] QStringList visible() const
    {
        return QDir(m_folder.path()).entryList(QDir::Files, QDir::Name);
    }

private:
    QTemporaryDir m_folder;
    Fields m_fields;
    fakes::FakeClock m_clock;
};

Verdict begin(Destination& files, const std::string& run, Operation operation,
              const std::string& object = "people")
{
    return resultOf(files.beginRun(run, object, operation)).verdict;
}

BatchBox batch(Operation operation, const std::string& key, const std::vector<std::string>& rows)
{
    BatchBox box(operation, "people", key);
    for (const std::string& row : rows)
        box.add(row);
    return box;
}

std::vector<Fate> fileFates(const BatchResult& result)
{
    std::vector<Fate> all;
    for (const RecordOutcome& outcome : result.outcomes)
        all.push_back(outcome.fate);
    return all;
}

/// Where a journal is cut: around each line's end, and here and there within the lines.
std::vector<std::size_t> cutsOf(const std::string& journal)
{
    std::vector<std::size_t> cuts;
    for (std::size_t cut = 0; cut <= journal.size(); ++cut) {
        const std::string_view around = std::string_view(journal).substr(cut < 2 ? 0 : cut - 2, 4);
        if (cut % 31 == 0 || around.find('\n') != std::string_view::npos)
            cuts.push_back(cut);
    }
    return cuts;
}

const std::string one = R"({"id":1,"n":12345678901234567890.10,"tags":["a"],"s":"x\ny"})";
const std::string two = R"({"id":2,"n":null,"tags":[],"s":""})";
const std::string three = R"({"id":3,"n":0.5,"tags":[],"s":"=1+1"})";

} // namespace

TEST(FilesDestination, appendsAFileForEachRun)
{
    const FilesWorld world;
    const auto files = world.open();
    for (const char* run : {"r1", "r2"}) {
        ASSERT_EQ(begin(*files, run, Operation::Append), Verdict::PerRecord);
        const auto box = batch(Operation::Append, "k1", {one, two});
        const BatchResult result = resultOf(files->submit(box.batch()));
        ASSERT_EQ(result.verdict, Verdict::PerRecord);
        EXPECT_EQ(fileFates(result), (std::vector<Fate>{Fate::Accepted, Fate::Accepted}));
        ASSERT_EQ(resultOf(files->commitRun(run)).verdict, Verdict::PerRecord);
    }
    EXPECT_EQ(world.visible(),
              (QStringList{QStringLiteral("people-r1.jsonl"), QStringLiteral("people-r2.jsonl")}));
    EXPECT_EQ(world.read("people-r2.jsonl"), one + "\n" + two + "\n");
}

TEST(FilesDestination, aRunThatAppendsNothingLeavesNothing)
{
    const FilesWorld world;
    for (int i = 0; i < 2; ++i) {
        const auto files = world.open();
        ASSERT_EQ(begin(*files, "r1", Operation::Append), Verdict::PerRecord);
        ASSERT_EQ(resultOf(files->commitRun("r1")).verdict, Verdict::PerRecord);
        const QDir folder(QString::fromStdString(world.path({})));
        EXPECT_EQ(folder.entryList(QDir::Files | QDir::Hidden), QStringList());
    }
}

TEST(FilesDestination, replaceShowsTheOldSetUntilTheNewOneIsWhole)
{
    const FilesWorld world;
    const auto files = world.open();
    ASSERT_EQ(begin(*files, "r1", Operation::Replace), Verdict::PerRecord);
    ASSERT_EQ(resultOf(files->submit(batch(Operation::Replace, "k1", {one}).batch())).verdict,
              Verdict::PerRecord);
    EXPECT_TRUE(world.visible().isEmpty());
    ASSERT_EQ(resultOf(files->commitRun("r1")).verdict, Verdict::PerRecord);
    EXPECT_EQ(world.read("people.jsonl"), one + "\n");

    ASSERT_EQ(begin(*files, "r2", Operation::Replace), Verdict::PerRecord);
    ASSERT_EQ(resultOf(files->submit(batch(Operation::Replace, "k2", {two}).batch())).verdict,
              Verdict::PerRecord);
    EXPECT_EQ(world.read("people.jsonl"), one + "\n");
    ASSERT_EQ(resultOf(files->commitRun("r2")).verdict, Verdict::PerRecord);
    EXPECT_EQ(world.read("people.jsonl"), two + "\n");

    ASSERT_EQ(begin(*files, "r3", Operation::Replace), Verdict::PerRecord);
    ASSERT_EQ(resultOf(files->commitRun("r3")).verdict, Verdict::PerRecord);
    EXPECT_EQ(world.read("people.jsonl"), "");
}

TEST(FilesDestination, writesCsvAsItsRfcHasIt)
{
    const FilesWorld world(Fields{{"format", "csv"}});
    const auto files = world.open();
    ASSERT_EQ(begin(*files, "r1", Operation::Append), Verdict::PerRecord);
    const auto box = batch(Operation::Append, "k1",
                           {one, two, three, R"({"s":"a,\"b\"","id":4})", R"({"id":5,"extra":1})",
                            R"({"id":true,"tags":{"k":[1.50]}})"});
    const BatchResult result = resultOf(files->submit(box.batch()));
    EXPECT_EQ(fileFates(result),
              (std::vector<Fate>{Fate::Accepted, Fate::Accepted, Fate::Accepted, Fate::Accepted,
                                 Fate::Rejected, Fate::Accepted}));
    EXPECT_EQ(result.outcomes[4].code, "file.column.unknown");
    EXPECT_NE(result.outcomes[4].message.find("'extra'"), std::string::npos);
    EXPECT_EQ(world.read("people-r1.csv"), "id,n,tags,s\r\n"
                                           "1,12345678901234567890.10,\"[\"\"a\"\"]\",\"x\ny\"\r\n"
                                           "2,,[],\"\"\r\n"
                                           "3,0.5,[],=1+1\r\n"
                                           "4,,,\"a,\"\"b\"\"\"\r\n"
                                           "true,,\"{\"\"k\"\":[1.50]}\",\r\n");
}

TEST(FilesDestination, csvFollowsItsSettings)
{
    const FilesWorld world(Fields{{"format", "csv"},
                                  {"separator", "tab"},
                                  {"nullText", "NULL"},
                                  {"formulaGuard", "true"},
                                  {"appendName", "{run} {object}"}});
    const auto files = world.open();
    ASSERT_EQ(begin(*files, "r1", Operation::Append), Verdict::PerRecord);
    auto box = batch(Operation::Append, "k1",
                     {R"({"s":"=1","b":"-x"})", R"({"n":-5,"s":"NULL"})", R"({"s":"a\tb"})"});
    box.options(R"({"columns":"n, s ,b"})");
    ASSERT_EQ(resultOf(files->submit(box.batch())).verdict, Verdict::PerRecord);
    EXPECT_EQ(world.read("r1 people.csv"), "n\ts\tb\r\nNULL\t'=1\t'-x\r\n-5\t\"NULL\"\tNULL\r\n"
                                           "NULL\t\"a\tb\"\tNULL\r\n");
}

TEST(FilesDestination, aBatchThatComesAgainIsNotDoubled)
{
    const FilesWorld world(Fields{{"format", "csv"}});
    auto files = world.open();
    ASSERT_EQ(begin(*files, "r1", Operation::Append), Verdict::PerRecord);
    const auto first = batch(Operation::Append, "k1", {one, R"({"no":1})"});
    const auto second = batch(Operation::Append, "k2", {two});
    const auto outcome = fileFates(resultOf(files->submit(first.batch())));
    EXPECT_EQ(fileFates(resultOf(files->submit(first.batch()))), outcome);
    files.reset();
    files = world.open();
    ASSERT_EQ(begin(*files, "r1", Operation::Append), Verdict::PerRecord);
    EXPECT_EQ(fileFates(resultOf(files->submit(first.batch()))), outcome);
    ASSERT_EQ(resultOf(files->submit(second.batch())).verdict, Verdict::PerRecord);
    ASSERT_EQ(resultOf(files->commitRun("r1")).verdict, Verdict::PerRecord);
    const std::string whole = world.read("people-r1.csv");
    EXPECT_EQ(std::count(whole.begin(), whole.end(), '\r'), 3);
    ASSERT_EQ(begin(*files, "r1", Operation::Append), Verdict::PerRecord);
    ASSERT_EQ(resultOf(files->submit(second.batch())).verdict, Verdict::PerRecord);
    ASSERT_EQ(resultOf(files->commitRun("r1")).verdict, Verdict::PerRecord);
    EXPECT_EQ(world.read("people-r1.csv"), whole);
}

/// The journal as an interruption may leave it; the data is what the disk has by then, or more.
/// Sending everything again gives the same file.
TEST(FilesDestination, everyInterruptionIsGoneOnFrom)
{
    const std::vector<std::pair<Operation, std::string>> modes = {{Operation::Append, "people-r1"},
                                                                  {Operation::Replace, "people"}};
    for (const auto& [operation, name] : modes) {
        const std::vector<BatchBox> batches = [&, mode = operation] {
            std::vector<BatchBox> all;
            all.push_back(batch(mode, "k1", {one}));
            all.push_back(batch(mode, "k2", {two, three}));
            return all;
        }();
        const std::string target = name + ".csv";
        const std::string data = operation == Operation::Append ? target : ".people.csv.r1.part";
        const std::string journal = '.' + target + ".r1.headgate";
        std::string journalText;
        std::string dataText;
        {
            const FilesWorld world(Fields{{"format", "csv"}});
            const auto files = world.open();
            ASSERT_EQ(begin(*files, "r1", operation), Verdict::PerRecord);
            for (const BatchBox& box : batches)
                ASSERT_EQ(resultOf(files->submit(box.batch())).verdict, Verdict::PerRecord);
            journalText = world.read(journal);
            dataText = world.read(data);
        }
        for (const std::size_t cut : cutsOf(journalText)) {
            const FilesWorld world(Fields{{"format", "csv"}});
            world.write(journal, journalText.substr(0, cut));
            world.write(data, dataText + "torn");
            const auto files = world.open();
            ASSERT_EQ(begin(*files, "r1", operation), Verdict::PerRecord) << cut;
            for (const BatchBox& box : batches) {
                const BatchResult result = resultOf(files->submit(box.batch()));
                ASSERT_EQ(result.verdict, Verdict::PerRecord)
                    << cut << ' ' << result.code << ' ' << result.message;
            }
            ASSERT_EQ(resultOf(files->commitRun("r1")).verdict, Verdict::PerRecord) << cut;
            EXPECT_EQ(world.read(target), dataText) << cut;
        }
    }
}

TEST(FilesDestination, anInterruptionAfterTheRenameIsACommit)
{
    const FilesWorld world;
    auto files = world.open();
    ASSERT_EQ(begin(*files, "r1", Operation::Replace), Verdict::PerRecord);
    ASSERT_EQ(resultOf(files->submit(batch(Operation::Replace, "k1", {one}).batch())).verdict,
              Verdict::PerRecord);
    files.reset();
    ASSERT_TRUE(QFile::rename(QString::fromStdString(world.path(".people.jsonl.r1.part")),
                              QString::fromStdString(world.path("people.jsonl"))));
    files = world.open();
    ASSERT_EQ(begin(*files, "r1", Operation::Replace), Verdict::PerRecord);
    ASSERT_EQ(resultOf(files->submit(batch(Operation::Replace, "k1", {one}).batch())).verdict,
              Verdict::PerRecord);
    EXPECT_EQ(resultOf(files->submit(batch(Operation::Replace, "k2", {two}).batch())).verdict,
              Verdict::Fatal);
    ASSERT_EQ(resultOf(files->commitRun("r1")).verdict, Verdict::PerRecord);
    EXPECT_EQ(world.read("people.jsonl"), one + "\n");
}

TEST(FilesDestination, whatIsNotAsTheJournalSaysIsRefused)
{
    const FilesWorld world;
    auto files = world.open();
    ASSERT_EQ(begin(*files, "r1", Operation::Append), Verdict::PerRecord);
    ASSERT_EQ(resultOf(files->submit(batch(Operation::Append, "k1", {one}).batch())).verdict,
              Verdict::PerRecord);
    files.reset();
    world.write("people-r1.jsonl", "short");
    files = world.open();
    EXPECT_EQ(resultOf(files->beginRun("r1", "people", Operation::Append)).code, "file.damaged");
    world.remove("people-r1.jsonl");
    EXPECT_EQ(resultOf(files->beginRun("r1", "people", Operation::Append)).code, "file.damaged");
    world.write(".people-r1.jsonl.r1.headgate", "{\"x\":1}\n");
    EXPECT_EQ(resultOf(files->beginRun("r1", "people", Operation::Append)).code, "file.damaged");
    world.write("people-r9.jsonl", "somebody's");
    EXPECT_EQ(resultOf(files->beginRun("r9", "people", Operation::Append)).code, "file.foreign");
    EXPECT_EQ(world.read("people-r9.jsonl"), "somebody's");
}

TEST(FilesDestination, oneWriterAtATime)
{
    const FilesWorld world;
    const auto one_ = world.open();
    const auto other = world.open();
    ASSERT_EQ(begin(*one_, "r1", Operation::Append), Verdict::PerRecord);
    const BatchResult refused = resultOf(other->beginRun("r1", "people", Operation::Append));
    EXPECT_EQ(refused.verdict, Verdict::Transient);
    EXPECT_EQ(refused.code, "file.busy");
    EXPECT_EQ(begin(*other, "r2", Operation::Append), Verdict::PerRecord);
}

TEST(FilesDestination, namesAreChecked)
{
    const FilesWorld world;
    const auto files = world.open();
    for (const char* object : {"", "../x", "a/b", ".hidden", "x\ny", "a\\b", "trailing."})
        EXPECT_EQ(files->capabilities(object).error().code, "file.name") << object;
    EXPECT_TRUE(files->capabilities("Recently viewed_2"));
    EXPECT_EQ(begin(*files, "../r", Operation::Append), Verdict::Fatal);

    DestinationConfig config;
    config.fields = {{"folder", world.path("")}, {"appendName", "always-the-same"}};
    fakes::FakeClock clock;
    const auto refused =
        openDestination(SpecLibrary::builtIn().find("files"), std::move(config), clock);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "file.name");
}

TEST(FilesDestination, theCheckTriesTheFolder)
{
    const FilesWorld world;
    const auto files = world.open();
    EXPECT_TRUE(answerOf(files->check()));
    EXPECT_TRUE(world.visible().isEmpty());
    world.write("b.jsonl", "");
    world.write("a.csv", "");
    const auto objects = answerOf(files->objects());
    ASSERT_TRUE(objects);
    ASSERT_EQ(objects->size(), 1U);
    EXPECT_EQ(objects->front().id, "b");

    const FilesWorld gone(Fields{{"folder", world.path("missing")}});
    const auto nowhere = gone.open();
    EXPECT_EQ(answerOf(nowhere->check()).error().code, "file.missing");
    EXPECT_EQ(begin(*nowhere, "r1", Operation::Append), Verdict::Fatal);
}

TEST(FilesDestination, submittingWithoutARunIsSaid)
{
    const FilesWorld world;
    const auto files = world.open();
    EXPECT_EQ(resultOf(files->submit(batch(Operation::Append, "k", {one}).batch())).code,
              "file.run");
    EXPECT_EQ(resultOf(files->commitRun("r1")).code, "file.run");
}

TEST(FilesDestination, batchesOverTheLimitAreSplitAndEmptyOnesDoNothing)
{
    const FilesWorld world;
    const auto files = world.open();
    BatchBox box(Operation::Append, "people", "k1");
    EXPECT_EQ(resultOf(files->submit(box.batch())).verdict, Verdict::PerRecord);
    for (std::uint32_t i = 0; i <= files->capabilities("people")->batchRecords; ++i)
        box.add("{}");
    const BatchResult refused = resultOf(files->submit(box.batch()));
    EXPECT_EQ(refused.verdict, Verdict::Refused);
    EXPECT_TRUE(refused.splittable);
    EXPECT_TRUE(world.visible().isEmpty());
}

TEST(FilesDestination, payloadsThatAreNoObjectsAreRefused)
{
    for (const char* format : {"jsonl", "csv"}) {
        const FilesWorld world(Fields{{"format", format}});
        const auto files = world.open();
        ASSERT_EQ(begin(*files, "r1", Operation::Append), Verdict::PerRecord);
        const auto box = batch(Operation::Append, "k1", {R"({"a":1})", "", "[1]"});
        EXPECT_EQ(fileFates(resultOf(files->submit(box.batch()))),
                  (std::vector<Fate>{Fate::Accepted, Fate::Rejected, Fate::Rejected}));
    }
}

TEST(FilesDestination, columnsComeFromTheFirstRecordThatHasFields)
{
    const FilesWorld world(Fields{{"format", "csv"}});
    auto files = world.open();
    ASSERT_EQ(begin(*files, "r1", Operation::Append), Verdict::PerRecord);
    const auto none = batch(Operation::Append, "k1", {"{}", "[]"});
    const BatchResult refused = resultOf(files->submit(none.batch()));
    EXPECT_EQ(fileFates(refused), (std::vector<Fate>{Fate::Rejected, Fate::Rejected}));
    EXPECT_EQ(refused.outcomes[0].code, "file.column.none");
    files.reset();
    files = world.open();
    ASSERT_EQ(begin(*files, "r1", Operation::Append), Verdict::PerRecord);
    const auto some = batch(Operation::Append, "k2", {"[]", R"({"id":1})", "{}"});
    EXPECT_EQ(fileFates(resultOf(files->submit(some.batch()))),
              (std::vector<Fate>{Fate::Rejected, Fate::Accepted, Fate::Accepted}));
    EXPECT_EQ(world.read("people-r1.csv"), "id\r\n1\r\n\"\"\r\n");
}
