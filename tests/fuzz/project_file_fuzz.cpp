// SPDX-License-Identifier: GPL-3.0-or-later
#include "fuzz/hold.h"
#include "project/project_reader.h"
#include "project/validation.h"

#include <cstdint>

using namespace headgate;
using namespace headgate::project;

namespace {

using Files = std::map<std::string, std::string>;

const Files& sound()
{
    static const Files files{
        {"headgate.json",
         R"({"format":1,"id":"abcdefghijklmnop","name":"P","targets":[{"slug":"development"}]})"},
        {"models/m.sql", "select 1"},
        {"models/m.json", R"({"id":"bcdefghijklmnopa","source":"s","rowKey":["id"]})"}};
    return files;
}

void check(const std::string& path, const std::string& text)
{
    static const connector::SpecLibrary connectors = connector::SpecLibrary::builtIn();
    Files files = sound();
    files[path] = text;
    const auto loaded = readProject(files, ProjectFormat::ours());
    if (!loaded) {
        fuzz::hold(path == "headgate.json", "one bad definition does not hide the others");
        return;
    }
    fuzz::hold(loaded->unread.empty() || !loaded->issues.empty(), "what is left out is said");
    for (const Issue& issue : loaded->issues)
        fuzz::hold(!issue.place.empty() && !issue.message.isEmpty(),
                   "a mistake has a place and a sentence");
    static_cast<void>(validate(loaded->project, "development", {connectors}));
    if (!loaded->unread.empty())
        return;
    const Files written = projectTexts(loaded->project);
    const auto again = readProject(written, ProjectFormat::ours());
    fuzz::hold(again && again->unread.empty() && again->project == loaded->project,
               "what is written is read back as it was");
    fuzz::hold(projectTexts(again->project) == written, "saving again changes no byte");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string text(reinterpret_cast<const char*>(bytes), size);
    for (const char* path : {"headgate.json", "sources/s.json", "destinations/d.json",
                             "models/m.json", "models/m.sql", "syncs/s.json"})
        check(path, text);
    return 0;
}
