// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/destination.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace headgate::inbox {

/// A record as the destination that the inbox stands in for would hold it.
struct AppliedRecord
{
    std::string match;          ///< empty: the request names none
    std::string payload;        ///< of the last write, as it came
    std::string idempotencyKey; ///< of the request that wrote it last; empty: it named none
    std::uint64_t writes = 0;   ///< how often it was written; above one after a repeat
    bool archived = false;
};

enum class ItemFate
{
    Taken,
    Exists, ///< Insert of a match value that is there
    Absent, ///< Update, Archive, Clear or Rename of one that is not
    Refused ///< told to fail, or its item cannot be understood
};

/// One thing that is asked for in a request.
struct AppliedItem
{
    std::string match;
    std::string previousMatch; ///< for Rename
    std::string key;           ///< of an appended record, by which a repeat replaces it; else empty
    std::string_view payload;  ///< JSON; empty for Delete
};

/// What was taken, by object and match value. Records of Append, and those without a match value,
/// are kept in order of arrival instead.
class AppliedStore
{
public:
    using Records = std::map<std::string, AppliedRecord, std::less<>>;

    /// What apply() would say, without applying. Deleting what is gone is Taken.
    [[nodiscard]] ItemFate fateOf(const std::string& object, connector::Operation operation,
                                  const AppliedItem& item) const;
    ItemFate apply(const std::string& object, connector::Operation operation,
                   const AppliedItem& item, const std::string& idempotencyKey);

    [[nodiscard]] const AppliedRecord* find(const std::string& object,
                                            const std::string& match) const;
    /// Null: nothing of that object ever came.
    [[nodiscard]] const Records* records(const std::string& object) const;
    [[nodiscard]] const std::vector<AppliedRecord>* appended(const std::string& object) const;
    [[nodiscard]] std::size_t size() const;
    void clear() { m_objects.clear(); }

private:
    struct Object
    {
        Records records;
        std::vector<AppliedRecord> appended;
        std::map<std::string, std::size_t> appendedKeys; ///< position by key
    };

    static void append(Object& object, const AppliedItem& item, const std::string& key);
    static void write(Object& object, const AppliedItem& item, const std::string& key);
    static void change(Object& object, connector::Operation operation, const AppliedItem& item,
                       const std::string& key);

    std::map<std::string, Object, std::less<>> m_objects;
};

} // namespace headgate::inbox
