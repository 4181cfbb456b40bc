// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/credentials.h"

#include <memory>
#include <string>
#include <string_view>

namespace headgate::connector {

/// Writes the requests of one account: address, headers and credentials around a body.
class RequestBuilder
{
public:
    /// All arguments outlive it. Error: Config "connector.account.url".
    [[nodiscard]] static Result<RequestBuilder> open(const ConnectorSpec& spec,
                                                     const AccountValues& account,
                                                     const Credentials& credentials,
                                                     const DestinationConfig& config);

    struct Body
    {
        std::shared_ptr<const std::string> bytes; ///< null: none
        std::string_view contentType;
        std::string_view idempotencyHeader;
    };
    /// Error: Destination "connector.record.path" where a value cannot be a part of the path.
    [[nodiscard]] Result<http::Request> build(const RequestSpec& spec, const SlotContext& context,
                                              const Body& body) const;
    /// A GET of an absolute URL that an answer named; of our own origin only.
    /// Error: Destination "connector.next_page".
    [[nodiscard]] Result<http::Request>
    buildNext(const RequestSpec& spec, const SlotContext& context, std::string_view url) const;
    /// The request that gets an access token. Error: Config "connector.account.url".
    [[nodiscard]] Result<http::Request> buildToken(const AuthSpec& auth,
                                                   const SlotContext& context) const;
    [[nodiscard]] const std::string& baseUrl() const { return m_baseUrl; }

private:
    [[nodiscard]] http::Request frame(const RequestSpec& spec, const SlotContext& context,
                                      const Body& body) const;
    [[nodiscard]] Result<std::string> pathOf(const SlotText& path,
                                             const SlotContext& context) const;

    const ConnectorSpec* m_spec = nullptr;
    const AccountValues* m_account = nullptr;
    const Credentials* m_credentials = nullptr;
    std::string m_baseUrl; ///< without its query
    std::string m_baseQuery;
    std::string m_caFile;
    Milliseconds m_totalTimeout{60'000};
    bool m_overridden = false;
};

} // namespace headgate::connector
