// SPDX-License-Identifier: GPL-3.0-or-later
#include "inbox/applied_store.h"

namespace headgate::inbox {

using connector::Operation;

ItemFate AppliedStore::fateOf(const std::string& object, Operation operation,
                              const AppliedItem& item) const
{
    const auto there = [&](const std::string& match) { return find(object, match) != nullptr; };
    switch (operation) {
    case Operation::Append:
    case Operation::Upsert:
    case Operation::Replace:
    case Operation::Delete:
        return ItemFate::Taken;
    case Operation::Insert:
        return there(item.match) ? ItemFate::Exists : ItemFate::Taken;
    case Operation::Update:
    case Operation::Archive:
    case Operation::Clear:
        return there(item.match) ? ItemFate::Taken : ItemFate::Absent;
    case Operation::Rename:
        return !there(item.previousMatch) ? ItemFate::Absent
               : there(item.match)        ? ItemFate::Exists
                                          : ItemFate::Taken;
    }
    return ItemFate::Refused;
}

ItemFate AppliedStore::apply(const std::string& object, Operation operation,
                             const AppliedItem& item, const std::string& idempotencyKey)
{
    const ItemFate fate = fateOf(object, operation, item);
    if (fate != ItemFate::Taken)
        return fate;
    Object& kept = m_objects[object];
    switch (operation) {
    case Operation::Append:
        append(kept, item, idempotencyKey);
        break;
    case Operation::Upsert:
    case Operation::Replace:
    case Operation::Insert:
    case Operation::Update:
        write(kept, item, idempotencyKey);
        break;
    case Operation::Delete:
        kept.records.erase(item.match);
        break;
    case Operation::Archive:
    case Operation::Clear:
    case Operation::Rename:
        change(kept, operation, item, idempotencyKey);
        break;
    }
    return fate;
}

void AppliedStore::append(Object& object, const AppliedItem& item, const std::string& key)
{
    const std::size_t next = object.appended.size();
    const std::size_t place =
        item.key.empty() ? next : object.appendedKeys.try_emplace(item.key, next).first->second;
    if (place == next)
        object.appended.emplace_back();
    AppliedRecord& record = object.appended[place];
    record.match = item.match;
    record.payload = std::string(item.payload);
    record.idempotencyKey = key;
    ++record.writes;
}

void AppliedStore::write(Object& object, const AppliedItem& item, const std::string& key)
{
    if (item.match.empty())
        return append(object, item, key);
    AppliedRecord& record = object.records[item.match];
    record.match = item.match;
    record.payload = std::string(item.payload);
    record.idempotencyKey = key;
    record.archived = false;
    ++record.writes;
}

void AppliedStore::change(Object& object, Operation operation, const AppliedItem& item,
                          const std::string& key)
{
    auto found =
        object.records.find(operation == Operation::Rename ? item.previousMatch : item.match);
    AppliedRecord record = std::move(found->second);
    object.records.erase(found);
    record.archived = record.archived || operation == Operation::Archive;
    if (operation == Operation::Clear || !item.payload.empty())
        record.payload = std::string(item.payload);
    record.idempotencyKey = key;
    ++record.writes;
    record.match = item.match;
    object.records.insert_or_assign(item.match, std::move(record));
}

const AppliedRecord* AppliedStore::find(const std::string& object, const std::string& match) const
{
    const Records* all = records(object);
    const auto found = all ? all->find(match) : Records::const_iterator{};
    return all && found != all->end() ? &found->second : nullptr;
}

const AppliedStore::Records* AppliedStore::records(const std::string& object) const
{
    const auto found = m_objects.find(object);
    return found == m_objects.end() ? nullptr : &found->second.records;
}

const std::vector<AppliedRecord>* AppliedStore::appended(const std::string& object) const
{
    const auto found = m_objects.find(object);
    return found == m_objects.end() ? nullptr : &found->second.appended;
}

std::size_t AppliedStore::size() const
{
    std::size_t total = 0;
    for (const auto& [name, object] : m_objects)
        total += object.records.size() + object.appended.size();
    return total;
}

} // namespace headgate::inbox
