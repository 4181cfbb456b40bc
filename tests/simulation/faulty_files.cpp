// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation/faulty_files.h"

#include <new>
#include <sqlite3.h>
#include <stdexcept>

namespace headgate::simulation {

namespace {

/// The real file lies behind it in the same allocation.
struct FaultyFile
{
    sqlite3_file base;
    FaultyFiles* owner;
    sqlite3_file* real;
};

FaultyFile& faulty(sqlite3_file* file)
{
    return *reinterpret_cast<FaultyFile*>(file);
}

sqlite3_file* realOf(sqlite3_file* file)
{
    return faulty(file).real;
}

sqlite3_vfs* realVfs(sqlite3_vfs* vfs)
{
    return vfs->pNext != nullptr ? vfs->pNext : vfs;
}

FaultyFiles& ownerOf(sqlite3_vfs* vfs)
{
    return *static_cast<FaultyFiles*>(vfs->pAppData);
}

int closeFile(sqlite3_file* file)
{
    sqlite3_file* real = realOf(file);
    return real->pMethods != nullptr ? real->pMethods->xClose(real) : SQLITE_OK;
}

int readFile(sqlite3_file* file, void* into, int amount, sqlite3_int64 offset)
{
    return realOf(file)->pMethods->xRead(realOf(file), into, amount, offset);
}

int writeFile(sqlite3_file* file, const void* from, int amount, sqlite3_int64 offset)
{
    const int code = faulty(file).owner->onWrite();
    if (code == SQLITE_OK)
        return realOf(file)->pMethods->xWrite(realOf(file), from, amount, offset);
    if (faulty(file).owner->tears())
        static_cast<void>(realOf(file)->pMethods->xWrite(realOf(file), from, amount / 2, offset));
    return code;
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size)
{
    const int code = faulty(file).owner->onWrite();
    return code == SQLITE_OK ? realOf(file)->pMethods->xTruncate(realOf(file), size) : code;
}

int syncFile(sqlite3_file* file, int)
{
    return faulty(file).owner->onWrite();
}

int fileSize(sqlite3_file* file, sqlite3_int64* size)
{
    return realOf(file)->pMethods->xFileSize(realOf(file), size);
}

int lockFile(sqlite3_file* file, int level)
{
    return realOf(file)->pMethods->xLock(realOf(file), level);
}

int unlockFile(sqlite3_file* file, int level)
{
    return realOf(file)->pMethods->xUnlock(realOf(file), level);
}

int checkReserved(sqlite3_file* file, int* result)
{
    return realOf(file)->pMethods->xCheckReservedLock(realOf(file), result);
}

int controlFile(sqlite3_file* file, int operation, void* argument)
{
    return realOf(file)->pMethods->xFileControl(realOf(file), operation, argument);
}

int sectorSize(sqlite3_file* file)
{
    return realOf(file)->pMethods->xSectorSize(realOf(file));
}

int characteristics(sqlite3_file* file)
{
    return realOf(file)->pMethods->xDeviceCharacteristics(realOf(file));
}

int mapShared(sqlite3_file* file, int region, int size, int extend, void volatile** memory)
{
    return realOf(file)->pMethods->xShmMap(realOf(file), region, size, extend, memory);
}

int lockShared(sqlite3_file* file, int offset, int count, int flags)
{
    return realOf(file)->pMethods->xShmLock(realOf(file), offset, count, flags);
}

void sharedBarrier(sqlite3_file* file)
{
    realOf(file)->pMethods->xShmBarrier(realOf(file));
}

int unmapShared(sqlite3_file* file, int removes)
{
    return realOf(file)->pMethods->xShmUnmap(realOf(file), removes);
}

constexpr sqlite3_io_methods faultyMethods = {
    2,          closeFile,     readFile,      writeFile,   truncateFile, syncFile,        fileSize,
    lockFile,   unlockFile,    checkReserved, controlFile, sectorSize,   characteristics, mapShared,
    lockShared, sharedBarrier, unmapShared,   nullptr,     nullptr};

int openFile(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    FaultyFile& opened = faulty(file);
    opened.base.pMethods = nullptr;
    opened.owner = &ownerOf(vfs);
    opened.real = reinterpret_cast<sqlite3_file*>(&opened + 1);
    const int code = realVfs(vfs)->xOpen(realVfs(vfs), name, opened.real, flags, outFlags);
    if (opened.real->pMethods != nullptr)
        opened.base.pMethods = &faultyMethods;
    return code;
}

int deleteFile(sqlite3_vfs* vfs, const char* name, int syncs)
{
    const int code = ownerOf(vfs).onWrite();
    return code == SQLITE_OK ? realVfs(vfs)->xDelete(realVfs(vfs), name, syncs)
                             : SQLITE_IOERR_DELETE;
}

} // namespace

FaultyFiles::FaultyFiles() : m_vfs(std::make_unique<sqlite3_vfs>())
{
    sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
    if (real == nullptr)
        throw std::runtime_error("SQLite has no files");
    *m_vfs = *real;
    m_vfs->szOsFile = static_cast<int>(sizeof(FaultyFile)) + real->szOsFile;
    m_vfs->zName = "simulation";
    m_vfs->pAppData = this;
    m_vfs->xOpen = openFile;
    m_vfs->xDelete = deleteFile;
    if (sqlite3_vfs_register(m_vfs.get(), 1) != SQLITE_OK)
        throw std::runtime_error("SQLite does not take the simulated files");
}

FaultyFiles::~FaultyFiles()
{
    sqlite3_vfs_unregister(m_vfs.get());
}

void FaultyFiles::arm(std::optional<Fault> fault)
{
    m_fault = fault;
    m_writes = 0;
    m_failed = 0;
    m_crashed = false;
    m_tears = false;
}

void FaultyFiles::crash()
{
    m_crashed = true;
}

int FaultyFiles::onWrite()
{
    m_tears = false;
    if (m_crashed) {
        ++m_failed;
        return SQLITE_IOERR_WRITE;
    }
    ++m_writes;
    if (!m_fault || m_writes < m_fault->at || (m_writes > m_fault->at && !m_fault->stays))
        return SQLITE_OK;
    ++m_failed;
    m_crashed = m_fault->crash;
    m_tears = m_fault->crash;
    return m_fault->code;
}

} // namespace headgate::simulation
