// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/project_path.h"

#include "base/id.h"
#include "base/text.h"

#include <QFile>
#include <QSaveFile>
#include <algorithm>
#include <array>
#include <system_error>
#include <vector>

namespace headgate::project {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t longestName = 255;

Failure outside(std::string_view relative)
{
    return fail(ErrorKind::Config, "project.path.outside",
                Text::tr("\"%1\" does not name a file inside the project folder. Write its path "
                         "from the project folder on, with forward slashes and without \"..\".")
                    .arg(toQString(relative)));
}

bool isPlainName(std::string_view name)
{
    return !name.empty() && name != "." && name != ".." && name.size() <= longestName &&
           name.find_first_of("\\:") == std::string_view::npos &&
           std::none_of(name.begin(), name.end(),
                        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::vector<std::string_view> splitPath(std::string_view path)
{
    std::vector<std::string_view> names;
    for (;;) {
        const std::size_t slash = path.find('/');
        names.push_back(path.substr(0, slash));
        if (slash == std::string_view::npos)
            return names;
        path.remove_prefix(slash + 1);
    }
}

Failure writeFailed(const fs::path& path, const QString& detail)
{
    return fail(ErrorKind::State, "project.write",
                Text::tr("The file %1 could not be written; its former content is kept. Check the "
                         "free space and the permissions of its folder.")
                    .arg(shown(path)),
                detail);
}

template <typename Char>
QString fromNative(const std::basic_string<Char>& native)
{
    if constexpr (sizeof(Char) == 1)
        return QFile::decodeName(QByteArray::fromStdString(native));
    else
        return QString::fromStdWString(native);
}

QString fromSystem(const std::error_code& code)
{
    return QString::fromLocal8Bit(code.message().c_str());
}

} // namespace

QString shown(const fs::path& path)
{
    return fromNative(path.native());
}

bool isFileSlug(std::string_view text)
{
    static constexpr std::array<std::string_view, 4> devices{"con", "prn", "aux", "nul"};
    const bool numbered = text.size() == 4 &&
                          (text.starts_with("com") || text.starts_with("lpt")) && text[3] >= '0' &&
                          text[3] <= '9';
    return isSlug(text) && !numbered &&
           std::find(devices.begin(), devices.end(), text) == devices.end();
}

Result<fs::path> pathInside(const fs::path& root, std::string_view relative)
{
    fs::path path = root;
    for (const std::string_view name : splitPath(relative)) {
        if (!isPlainName(name))
            return outside(relative);
        path /= fs::path(std::u8string(name.begin(), name.end()));
        std::error_code code;
        if (fs::is_symlink(fs::symlink_status(path, code)))
            return fail(ErrorKind::Config, "project.path.symlink",
                        Text::tr("%1 is a symbolic link, which a project must not follow. Put the "
                                 "file itself there.")
                            .arg(shown(path)));
    }
    return path;
}

Result<std::string> readRegularFile(const fs::path& path, std::uintmax_t limit)
{
    std::error_code code;
    const fs::file_status status = fs::status(path, code);
    if (!fs::exists(status))
        return fail(ErrorKind::Config, "project.file.missing",
                    Text::tr("The file %1 is missing.").arg(shown(path)), fromSystem(code));
    if (!fs::is_regular_file(status))
        return fail(ErrorKind::Config, "project.file.kind",
                    Text::tr("%1 is not an ordinary file. Put the file itself there, or remove it.")
                        .arg(shown(path)));
    if (fs::file_size(path, code) > limit || code)
        return fail(ErrorKind::Config, "project.file.size",
                    Text::tr("The file %1 is larger than %2 bytes. Move what does not belong to it "
                             "elsewhere, or split it.")
                        .arg(shown(path))
                        .arg(qulonglong(limit)),
                    fromSystem(code));
    QFile file(shown(path));
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorKind::Config, "project.file.read",
                    Text::tr("The file %1 cannot be read. Check its permissions.").arg(shown(path)),
                    file.errorString());
    const QByteArray bytes = file.read(static_cast<qint64>(limit) + 1);
    if (file.error() != QFileDevice::NoError || static_cast<std::uintmax_t>(bytes.size()) > limit)
        return fail(ErrorKind::Config, "project.file.read",
                    Text::tr("The file %1 could not be read as a whole.").arg(shown(path)),
                    file.errorString());
    return bytes.toStdString();
}

Result<void> writeWholeFile(const fs::path& path, std::string_view bytes)
{
    std::error_code code;
    if (fs::is_symlink(fs::symlink_status(path, code)))
        return writeFailed(path, Text::tr("A symbolic link stands there."));
    fs::create_directories(path.parent_path(), code);
    if (code)
        return writeFailed(path, fromSystem(code));
    const auto size = static_cast<qint64>(bytes.size());
    QSaveFile file(shown(path));
    if (!file.open(QIODevice::WriteOnly))
        return writeFailed(path, file.errorString());
    if (file.write(bytes.data(), size) != size || !file.flush() ||
        file.error() != QFileDevice::NoError) {
        file.cancelWriting();
        return writeFailed(path, file.errorString());
    }
    if (!file.commit())
        return writeFailed(path, file.errorString());
    const auto written = readRegularFile(path, bytes.size());
    if (!written || *written != bytes)
        return fail(ErrorKind::State, "project.write",
                    Text::tr("The file %1 does not hold what was written to it. Check the disk.")
                        .arg(shown(path)));
    return {};
}

} // namespace headgate::project
