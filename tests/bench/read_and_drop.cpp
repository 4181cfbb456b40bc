// SPDX-License-Identifier: GPL-3.0-or-later
// What a run cannot do without: reads the rows of a sync, shapes its records and drops them.
//   read_and_drop PROJECT SYNC      prints how many records and bytes of payload there were
#include "base/stop_token.h"
#include "project/project_folder.h"
#include "secrets/process_secrets.h"
#include "service/sync_reader.h"

#include <QCoreApplication>
#include <QDir>
#include <cstdio>

using namespace headgate;

namespace {

struct Dropped
{
    unsigned long long records = 0;
    unsigned long long bytes = 0;
};

Result<Dropped> readAndDrop(const std::string& directory, const std::string& slug)
{
    auto loaded = project::ProjectFolder(directory).load();
    if (!loaded)
        return propagate(std::move(loaded));
    const project::SyncDefinition* sync = loaded->project.sync(slug);
    if (sync == nullptr)
        return fail(ErrorKind::Usage, "sync.unknown", QStringLiteral("There is no such sync."));
    secrets::ProcessSecrets secrets;
    service::SyncReader reader({loaded->project,
                                *sync,
                                loaded->project.targets.front().slug,
                                directory,
                                QDir::tempPath().toStdString(),
                                false,
                                {},
                                {}},
                               secrets, {});
    auto stream = reader.open();
    if (!stream)
        return propagate(std::move(stream));
    Dropped dropped;
    std::vector<shape::ShapedRecord> block;
    for (bool more = true; more;) {
        block.clear();
        const auto step = (*stream)->read(block);
        if (!step)
            return Failure(step.error());
        more = *step == shape::RecordStep::More;
        dropped.records += block.size();
        for (const shape::ShapedRecord& record : block)
            dropped.bytes += record.payload.size();
    }
    return dropped;
}

} // namespace

int main(int argc, char** argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 3) {
        std::fprintf(stderr, "read_and_drop PROJECT SYNC\n");
        return 2;
    }
    const auto dropped = readAndDrop(argv[1], argv[2]);
    if (!dropped) {
        std::fprintf(stderr, "%s\n", qPrintable(dropped.error().toString()));
        return 1;
    }
    std::printf("{\"records\":%llu,\"bytes\":%llu}\n", dropped->records, dropped->bytes);
    return 0;
}
