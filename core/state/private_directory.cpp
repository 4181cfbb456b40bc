// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/private_directory.h"

#include "base/text.h"

#include <QStorageInfo>
#include <algorithm>
#include <array>

namespace headgate::state {

bool isNetworkFileSystem(std::string_view type)
{
    constexpr std::array<std::string_view, 27> known = {"9p",
                                                        "acfs",
                                                        "afpfs",
                                                        "afs",
                                                        "autofs",
                                                        "ceph",
                                                        "cifs",
                                                        "coda",
                                                        "davfs",
                                                        "fuse.ceph",
                                                        "fuse.gcsfuse",
                                                        "fuse.glusterfs",
                                                        "fuse.gvfsd-fuse",
                                                        "fuse.rclone",
                                                        "fuse.s3fs",
                                                        "fuse.sshfs",
                                                        "gfs",
                                                        "gfs2",
                                                        "gpfs",
                                                        "lustre",
                                                        "ncpfs",
                                                        "nfs",
                                                        "nfs4",
                                                        "ocfs2",
                                                        "smb3",
                                                        "smbfs",
                                                        "webdav"};
    return std::find(known.begin(), known.end(), type) != known.end();
}

Result<void> requireLocalFileSystem(const std::string& directory)
{
    const QStorageInfo storage(toQString(directory));
    const bool networkPath = directory.starts_with("//") || directory.starts_with("\\\\");
    const std::string type = storage.fileSystemType().toStdString();
    if (!networkPath && !isNetworkFileSystem(type))
        return {};
    return fail(ErrorKind::State, "state.network_filesystem",
                Text::tr("The state folder %1 is on a network file system (%2), where file locks "
                         "cannot be trusted. Choose a local folder with HEADGATE_STATE_DIR.")
                    .arg(toQString(directory), toQString(type)));
}

} // namespace headgate::state
