// SPDX-License-Identifier: GPL-3.0-or-later
#include "warehouse/found_connection.h"

#include "base/text.h"

namespace headgate::warehouse {

void takeSslMode(FoundConnection& connection, std::string_view mode)
{
    if (mode == "verify-full") {
        connection.fields["tls"] = "verify";
    } else if (mode == "verify-ca") {
        connection.fields["tls"] = "verify";
        connection.notes.push_back(
            Text::tr("The server's name is verified too, which sslmode=verify-ca does not."));
    } else if (mode == "require") {
        connection.fields["tls"] = "require";
    } else if (mode == "disable") {
        connection.fields["tls"] = "disable";
    } else if (!mode.empty()) {
        connection.notes.push_back(
            Text::tr("sslmode=%1 was not carried over: the encryption is chosen automatically.")
                .arg(toQString(mode)));
    }
}

void takeHost(FoundConnection& connection, std::string_view host)
{
    const std::size_t comma = host.find(',');
    if (comma != std::string_view::npos)
        connection.notes.push_back(
            Text::tr("Of the hosts %1 the first is used.").arg(toQString(host)));
    if (const std::string_view first = host.substr(0, comma); !first.empty())
        connection.fields["host"] = std::string(first);
}

void fitToForm(FoundConnection& connection, const WarehouseSpec& spec)
{
    QStringList lost;
    const auto fit = [&](auto& members, bool secrets) {
        for (auto each = members.begin(); each != members.end();) {
            const WarehouseField* field = spec.field(each->first);
            const bool fits = field && (field->kind == WarehouseFieldKind::Secret) == secrets;
            if (!fits)
                lost.append(toQString(each->first));
            each = fits ? std::next(each) : members.erase(each);
        }
    };
    for (auto each = connection.fields.begin(); each != connection.fields.end();)
        each = each->second.empty() ? connection.fields.erase(each) : std::next(each);
    fit(connection.fields, false);
    fit(connection.secretRefs, true);
    fit(connection.secrets, true);
    if (!lost.isEmpty())
        connection.notes.push_back(Text::tr("%1 has no place for: %2.")
                                       .arg(toQString(spec.name), lost.join(QStringLiteral(", "))));
}

} // namespace headgate::warehouse
