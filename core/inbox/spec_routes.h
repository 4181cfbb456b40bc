// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "connector/connector_spec.h"
#include "inbox/request_parser.h"
#include "inbox/target.h"

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace headgate::inbox {

/// The account fields of whoever sends here, as far as the inbox was told; initial values else.
class SenderAccount
{
public:
    SenderAccount(const connector::ConnectorSpec& spec, std::map<std::string, std::string> values);

    /// Some value of the account makes `text` be `constant`.
    [[nodiscard]] bool couldBe(const connector::SlotText& text, std::string_view constant) const;
    /// Empty optional: it has slots that differ between requests or that nobody told.
    [[nodiscard]] std::optional<std::string> constantText(const connector::SlotText& text) const;

private:
    std::map<std::string, std::string> m_values;
    std::map<std::string, std::vector<std::string>> m_choices; ///< of fields that nobody told
};

enum class RouteKind
{
    Check,
    Discovery,
    Token, ///< OAuth 2
    Lookup,
    Delivery,
    Poll,
    JobErrors
};

/// One kind of request that a spec's destination serves. The pointers reach into the spec; those
/// that the kind does not need are null.
struct Route
{
    RouteKind kind = RouteKind::Delivery;
    const connector::RequestSpec* request = nullptr;
    const connector::CheckSpec* check = nullptr;
    const connector::DiscoverySpec* discovery = nullptr;
    bool discoversFields = false;
    const connector::ObjectSpec* object = nullptr;
    const connector::OperationSpec* operation = nullptr;
};

/// What a request's path said in the places of slots.
class Captures
{
public:
    void set(const connector::Slot& slot, std::string text);
    [[nodiscard]] std::optional<std::string> get(connector::SlotKind kind) const;

private:
    std::vector<std::pair<connector::SlotKind, std::string>> m_texts;
};

struct RouteMatch
{
    Route route;
    Captures captures;
};

/// The requests of a spec, found again from what arrives on the wire.
class SpecRoutes
{
public:
    SpecRoutes(connector::SharedSpec spec, SenderAccount account);

    /// Every route that the request line fits; several operations may share one, and the check may
    /// be the same call as the list of fields.
    [[nodiscard]] std::vector<RouteMatch> find(std::string_view method,
                                               std::string_view path) const;
    [[nodiscard]] const connector::ConnectorSpec& spec() const { return *m_spec; }

private:
    void addObject(const connector::ObjectSpec& object);
    void addOperation(const connector::ObjectSpec& object,
                      const connector::OperationSpec& operation);

    connector::SharedSpec m_spec;
    SenderAccount m_account;
    std::vector<Route> m_routes;
    std::string m_basePath;
};

} // namespace headgate::inbox
