// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/declarative_destination.h"

namespace headgate::connector {

/// Gets an access token by OAuth 2 (RFC 6749 §4.4 and §6) and gives it to the destination.
class TokenRenewal final : public Inquiry<CredentialRenewal>
{
public:
    explicit TokenRenewal(DeclarativeDestination& destination) : m_destination(destination) {}
    [[nodiscard]] Step next(const http::Answer* answer) override;

private:
    [[nodiscard]] Result<CredentialRenewal> read(const http::Answer& answer);

    DeclarativeDestination& m_destination;
};

} // namespace headgate::connector
