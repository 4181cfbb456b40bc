// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/row_key_check.h"

#include "base/text.h"

#include <algorithm>

namespace headgate::shape {

Result<std::unique_ptr<RowKeyCheck>> RowKeyCheck::create(const std::string& directory)
{
    auto file = PartitionedFile::create(directory);
    if (!file)
        return propagate(std::move(file));
    return std::unique_ptr<RowKeyCheck>(new RowKeyCheck(std::move(*file)));
}

Result<void> RowKeyCheck::add(std::string_view rowKey, std::string_view recordKey)
{
    const Hash128 row = fastHash(rowKey);
    m_entry.assign(row.view());
    m_entry += fastHash(recordKey).view();
    return m_file->append(partitionOf(row, 0), m_entry);
}

Result<std::set<Hash128>> RowKeyCheck::finish()
{
    HEADGATE_TRY(m_file->finish());
    std::set<Hash128> records;
    for (std::size_t partition = 0; partition < PartitionedFile::partitionCount; ++partition) {
        HEADGATE_TRY(load(partition));
        collect(records);
        if (records.size() > mostRecords)
            return fail(ErrorKind::Config, "record.row_key",
                        Text::tr("More than %1 records share row keys: the columns named as the "
                                 "model's row key do not tell its rows apart. Name others.")
                            .arg(qulonglong(mostRecords)));
    }
    return records;
}

Result<void> RowKeyCheck::load(std::size_t partition)
{
    m_rows.clear();
    PartitionedFile::Reader reader(*m_file, partition);
    std::string_view entry;
    while (true) {
        const auto more = reader.next(entry);
        if (!more)
            return Failure(more.error());
        if (!*more)
            break;
        constexpr std::size_t half = sizeof(Hash128::bytes);
        m_rows.push_back(
            {Hash128::fromBytes(entry.substr(0, half)), Hash128::fromBytes(entry.substr(half))});
    }
    std::sort(m_rows.begin(), m_rows.end());
    return {};
}

void RowKeyCheck::collect(std::set<Hash128>& records) const
{
    for (std::size_t i = 1; i < m_rows.size(); ++i) {
        const bool shared = m_rows[i].rowKey == m_rows[i - 1].rowKey &&
                            m_rows[i].recordKey != m_rows[i - 1].recordKey;
        if (shared)
            records.insert({m_rows[i].recordKey, m_rows[i - 1].recordKey});
    }
}

} // namespace headgate::shape
