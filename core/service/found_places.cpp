// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/found_places.h"

#include <QDir>

namespace headgate::service {

namespace {

Platform thisPlatform()
{
#if defined(Q_OS_WIN)
    return Platform::Windows;
#elif defined(Q_OS_MACOS)
    return Platform::MacOs;
#else
    return Platform::Unix;
#endif
}

/// Reads one platform's conventions.
class PlaceFinder
{
public:
    PlaceFinder(Platform platform, std::string home, const dbt::Environment& environment)
        : m_platform(platform), m_home(std::move(home)), m_environment(environment)
    {}

    [[nodiscard]] std::string variable(const char* name) const
    {
        return m_environment(name).value_or(std::string());
    }

    [[nodiscard]] bool isWindows() const { return m_platform == Platform::Windows; }

    /// %APPDATA%, ~/Library or $XDG_DATA_HOME.
    [[nodiscard]] std::string data() const
    {
        switch (m_platform) {
        case Platform::Windows:
            return variable("APPDATA");
        case Platform::MacOs:
            return m_home + "/Library";
        case Platform::Unix:
            break;
        }
        const std::string chosen = variable("XDG_DATA_HOME");
        return chosen.starts_with('/') ? chosen : m_home + "/.local/share";
    }

    [[nodiscard]] std::vector<std::string> services() const
    {
        const std::string chosen = variable("PGSERVICEFILE");
        std::vector<std::string> files;
        if (!chosen.empty())
            files.push_back(chosen);
        else
            files.push_back(isWindows() ? data() + "/postgresql/.pg_service.conf"
                                        : m_home + "/.pg_service.conf");
        const std::string shared = variable("PGSYSCONFDIR");
        if (!shared.empty())
            files.push_back(shared + "/pg_service.conf");
        else if (!isWindows())
            for (const char* folder : {"/etc/postgresql-common", "/etc"})
                files.push_back(std::string(folder) + "/pg_service.conf");
        return files;
    }

    [[nodiscard]] std::string passwords() const
    {
        const std::string chosen = variable("PGPASSFILE");
        if (!chosen.empty())
            return chosen;
        return isWindows() ? data() + "/postgresql/pgpass.conf" : m_home + "/.pgpass";
    }

    [[nodiscard]] std::vector<std::string> profiles(const std::string& project) const
    {
        const std::string chosen = variable("DBT_PROFILES_DIR");
        if (!chosen.empty())
            return {chosen + "/profiles.yml"};
        return {project + "/profiles.yml", m_home + "/.dbt/profiles.yml"};
    }

    [[nodiscard]] std::vector<std::string> odbc() const
    {
        if (isWindows())
            return {};
        const std::string own = variable("ODBCINI");
        const std::string shared = variable("ODBCSYSINI");
        return {own.empty() ? m_home + "/.odbc.ini" : own,
                (shared.empty() ? std::string("/etc") : shared) + "/odbc.ini"};
    }

private:
    Platform m_platform;
    std::string m_home;
    const dbt::Environment& m_environment;
};

} // namespace

FoundPlaces FoundPlaces::of(Platform platform, const std::string& home, const std::string& project,
                            dbt::Environment environment)
{
    const PlaceFinder finder(platform, home, environment);
    FoundPlaces places;
    places.dbtProfiles = finder.profiles(project);
    places.serviceFiles = finder.services();
    places.passwordFile = finder.passwords();
    places.dbeaver = {finder.data() + "/DBeaverData/workspace6/*/.dbeaver/data-sources.json"};
    places.odbc = finder.odbc();
    places.passwordFileMustBePrivate = platform != Platform::Windows;
    places.environment = std::move(environment);
    return places;
}

FoundPlaces FoundPlaces::ofThisUser(const std::string& project)
{
    return of(thisPlatform(), QDir::homePath().toStdString(), project,
              [](const std::string& name) -> std::optional<std::string> {
                  if (!qEnvironmentVariableIsSet(name.c_str()))
                      return std::nullopt;
                  return qgetenv(name.c_str()).toStdString();
              });
}

} // namespace headgate::service
