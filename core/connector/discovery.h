// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/declarative_destination.h"

#include <string>
#include <vector>

namespace headgate::connector {

/// Asks whether the account works, and who it is. A connector without a check says so.
class CheckInquiry final : public Inquiry<AccountCheck>
{
public:
    explicit CheckInquiry(DeclarativeDestination& destination) : m_destination(destination) {}
    [[nodiscard]] Step next(const http::Answer* answer) override;

private:
    [[nodiscard]] Result<AccountCheck> read(const http::Answer& answer);

    DeclarativeDestination& m_destination;
};

/// Reads a list, page by page, by a DiscoverySpec.
class DiscoveryReader
{
public:
    DiscoveryReader(DeclarativeDestination& destination, const DiscoverySpec& spec,
                    std::string object);

    /// One thing that the list names.
    struct Item
    {
        std::string id;
        const data::JsonNode* node = nullptr; ///< of the page that is being read
    };
    /// Error: Destination "connector.discovery.*", Credential "connector.unauthorised".
    [[nodiscard]] Result<http::Request> first() const;
    /// Calls take(Item) for each item; the request of the next page, if there is one.
    template <typename Take>
    [[nodiscard]] Result<std::optional<http::Request>> read(const http::Answer& answer, Take take)
    {
        auto page = parse(answer);
        if (!page)
            return propagate(std::move(page));
        for (const Item& item : itemsOf(*page))
            take(item);
        return nextPage(*page);
    }

private:
    [[nodiscard]] Result<data::JsonNode> parse(const http::Answer& answer) const;
    [[nodiscard]] std::vector<Item> itemsOf(const data::JsonNode& page) const;
    [[nodiscard]] Result<std::optional<http::Request>> nextPage(const data::JsonNode& page);
    [[nodiscard]] SlotContext context() const;

    DeclarativeDestination& m_destination;
    const DiscoverySpec& m_spec;
    std::string m_object;
    std::uint32_t m_pages = 0;
};

class ObjectsInquiry final : public Inquiry<std::vector<ObjectInfo>>
{
public:
    explicit ObjectsInquiry(DeclarativeDestination& destination);
    [[nodiscard]] Step next(const http::Answer* answer) override;

private:
    std::optional<DiscoveryReader> m_reader;
    const ObjectSpec* m_discovered = nullptr;
    std::vector<ObjectInfo> m_found;
};

class FieldsInquiry final : public Inquiry<std::vector<FieldInfo>>
{
public:
    FieldsInquiry(DeclarativeDestination& destination, const std::string& object);
    [[nodiscard]] Step next(const http::Answer* answer) override;

private:
    [[nodiscard]] FieldInfo fieldOf(const DiscoveryReader::Item& item) const;

    DeclarativeDestination& m_destination;
    const ObjectSpec* m_object = nullptr;
    std::string m_objectId;
    std::optional<DiscoveryReader> m_reader;
    std::vector<FieldInfo> m_found;
};

/// An answer to a question, as an error for people: who refused what, and why.
[[nodiscard]] Error inquiryError(const ConnectorSpec& spec, const http::Answer& answer);

} // namespace headgate::connector
