// SPDX-License-Identifier: GPL-3.0-or-later
#include "connector/spec_library.h"

#include "base/text.h"

#include <QDir>
#include <QFile>

static void initConnectorResources()
{
    Q_INIT_RESOURCE(headgate_connectors);
}

namespace headgate::connector {

SpecLibrary SpecLibrary::builtIn()
{
    // They never change: read once, and shared by all that are opened after.
    static const SpecLibrary shipped = [] {
        initConnectorResources();
        SpecLibrary library;
        library.addFolder(QStringLiteral(":/headgate/connectors"));
        return library;
    }();
    return shipped;
}

void SpecLibrary::addProject(const QString& projectFolder)
{
    addFolder(projectFolder + QStringLiteral("/connectors"));
}

void SpecLibrary::addFolder(const QString& folder)
{
    const QDir directory(folder);
    for (const QString& id : directory.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        const QString path = directory.filePath(id + QStringLiteral("/spec.json"));
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            unreadable(path, file.errorString());
            continue;
        }
        const QByteArray bytes = file.readAll();
        if (file.error() != QFileDevice::NoError) {
            unreadable(path, file.errorString());
            continue;
        }
        add(loadSpec({bytes.constData(), static_cast<std::size_t>(bytes.size())},
                     path.toStdString()),
            id.toStdString(), path.toStdString());
    }
}

void SpecLibrary::unreadable(const QString& path, const QString& why)
{
    m_issues.push_back({Severity::Error,
                        "connector.spec.unreadable",
                        path.toStdString(),
                        Text::tr("The connector's file cannot be read: %1.").arg(why),
                        {}});
}

void SpecLibrary::add(LoadedSpec loaded, const std::string& id, const std::string& file)
{
    m_issues.insert(m_issues.end(), loaded.issues.begin(), loaded.issues.end());
    if (loaded.spec && loaded.spec->id != id) {
        m_issues.push_back({Severity::Error, "connector.spec.id", file,
                            Text::tr("The connector calls itself '%1' and its folder is '%2'.")
                                .arg(toQString(loaded.spec->id), toQString(id)),
                            Text::tr("Give both the same name.")});
        loaded.spec.reset();
    }
    if (loaded.spec)
        m_specs[id] = std::move(loaded.spec);
    else
        m_specs.erase(id);
}

SharedSpec SpecLibrary::find(const std::string& id) const
{
    const auto found = m_specs.find(id);
    return found == m_specs.end() ? nullptr : found->second;
}

std::vector<SharedSpec> SpecLibrary::all() const
{
    std::vector<SharedSpec> specs;
    for (const auto& [id, spec] : m_specs)
        specs.push_back(spec);
    return specs;
}

} // namespace headgate::connector
