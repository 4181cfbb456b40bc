// SPDX-License-Identifier: GPL-3.0-or-later
#include "faulty_vfs.h"

#include <cstring>
#include <gtest/gtest.h>
#include <sqlite3.h>

namespace headgate::state {

struct FaultyVfs::State
{
    sqlite3_vfs vfs{};
    sqlite3_vfs* real = nullptr;
    std::uint64_t operations = 0;
    std::uint64_t failAt = 0;
    FaultKind kind = FaultKind::InputOutput;
    bool persistent = false;
    bool failed = false;
};

namespace {

FaultyVfs::State* activeFaults = nullptr;

/// Zero, or the code to fail with.
int countedFault(int inputOutputCode)
{
    FaultyVfs::State& faults = *activeFaults;
    ++faults.operations;
    const bool due =
        faults.failAt != 0 && (faults.operations == faults.failAt ||
                               (faults.persistent && faults.operations > faults.failAt));
    if (!due)
        return SQLITE_OK;
    faults.failed = true;
    return faults.kind == FaultKind::DiskFull ? SQLITE_FULL : inputOutputCode;
}

struct FaultyFile
{
    sqlite3_file base;
    sqlite3_file* real;
};

sqlite3_file* realFile(sqlite3_file* file)
{
    return reinterpret_cast<FaultyFile*>(file)->real;
}

int closeFile(sqlite3_file* file)
{
    return realFile(file)->pMethods->xClose(realFile(file));
}

int readFile(sqlite3_file* file, void* into, int size, sqlite3_int64 offset)
{
    return realFile(file)->pMethods->xRead(realFile(file), into, size, offset);
}

int writeFile(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset)
{
    const auto* methods = realFile(file)->pMethods;
    const int fault = countedFault(SQLITE_IOERR_WRITE);
    if (fault == SQLITE_OK)
        return methods->xWrite(realFile(file), from, size, offset);
    // Half of it arrives, as on a full disk.
    const int half = methods->xWrite(realFile(file), from, size / 2, offset);
    return half == SQLITE_OK ? fault : half;
}

int truncateFile(sqlite3_file* file, sqlite3_int64 size)
{
    const int fault = countedFault(SQLITE_IOERR_TRUNCATE);
    return fault != SQLITE_OK ? fault : realFile(file)->pMethods->xTruncate(realFile(file), size);
}

int syncFile(sqlite3_file* /*file*/, int /*flags*/)
{
    return countedFault(SQLITE_IOERR_FSYNC);
}

int fileSize(sqlite3_file* file, sqlite3_int64* size)
{
    return realFile(file)->pMethods->xFileSize(realFile(file), size);
}

int lockFile(sqlite3_file* file, int level)
{
    return realFile(file)->pMethods->xLock(realFile(file), level);
}

int unlockFile(sqlite3_file* file, int level)
{
    return realFile(file)->pMethods->xUnlock(realFile(file), level);
}

int checkReservedLock(sqlite3_file* file, int* held)
{
    return realFile(file)->pMethods->xCheckReservedLock(realFile(file), held);
}

int fileControl(sqlite3_file* file, int operation, void* argument)
{
    return realFile(file)->pMethods->xFileControl(realFile(file), operation, argument);
}

int sectorSize(sqlite3_file* file)
{
    return realFile(file)->pMethods->xSectorSize(realFile(file));
}

int deviceCharacteristics(sqlite3_file* file)
{
    return realFile(file)->pMethods->xDeviceCharacteristics(realFile(file));
}

int mapShared(sqlite3_file* file, int page, int size, int extend, void volatile** memory)
{
    const int fault = extend != 0 ? countedFault(SQLITE_IOERR_SHMSIZE) : SQLITE_OK;
    return fault != SQLITE_OK
               ? fault
               : realFile(file)->pMethods->xShmMap(realFile(file), page, size, extend, memory);
}

int lockShared(sqlite3_file* file, int offset, int count, int flags)
{
    return realFile(file)->pMethods->xShmLock(realFile(file), offset, count, flags);
}

void shareBarrier(sqlite3_file* file)
{
    realFile(file)->pMethods->xShmBarrier(realFile(file));
}

int unmapShared(sqlite3_file* file, int remove)
{
    return realFile(file)->pMethods->xShmUnmap(realFile(file), remove);
}

const sqlite3_io_methods faultyMethods = {2,
                                          closeFile,
                                          readFile,
                                          writeFile,
                                          truncateFile,
                                          syncFile,
                                          fileSize,
                                          lockFile,
                                          unlockFile,
                                          checkReservedLock,
                                          fileControl,
                                          sectorSize,
                                          deviceCharacteristics,
                                          mapShared,
                                          lockShared,
                                          shareBarrier,
                                          unmapShared,
                                          nullptr,
                                          nullptr};

int openFile(sqlite3_vfs* /*vfs*/, const char* name, sqlite3_file* file, int flags, int* outFlags)
{
    auto* faulty = reinterpret_cast<FaultyFile*>(file);
    faulty->base.pMethods = nullptr;
    faulty->real = reinterpret_cast<sqlite3_file*>(faulty + 1);
    sqlite3_vfs* real = activeFaults->real;
    if ((flags & SQLITE_OPEN_CREATE) != 0)
        if (const int fault = countedFault(SQLITE_CANTOPEN); fault != SQLITE_OK)
            return fault;
    const int code = real->xOpen(real, name, faulty->real, flags, outFlags);
    if (faulty->real->pMethods != nullptr)
        faulty->base.pMethods = &faultyMethods;
    return code;
}

int deleteFile(sqlite3_vfs* /*vfs*/, const char* name, int /*syncDirectory*/)
{
    const int fault = countedFault(SQLITE_IOERR_DELETE);
    sqlite3_vfs* real = activeFaults->real;
    return fault != SQLITE_OK ? fault : real->xDelete(real, name, 0);
}

} // namespace

FaultyVfs::FaultyVfs() : m_state(std::make_unique<State>())
{
    m_state->real = sqlite3_vfs_find(nullptr);
    m_state->vfs = *m_state->real;
    m_state->vfs.zName = "faulty";
    m_state->vfs.szOsFile = static_cast<int>(sizeof(FaultyFile)) + m_state->real->szOsFile;
    m_state->vfs.xOpen = openFile;
    m_state->vfs.xDelete = deleteFile;
    activeFaults = m_state.get();
    EXPECT_EQ(sqlite3_vfs_register(&m_state->vfs, 1), SQLITE_OK);
}

FaultyVfs::~FaultyVfs()
{
    EXPECT_EQ(sqlite3_vfs_unregister(&m_state->vfs), SQLITE_OK);
    EXPECT_EQ(sqlite3_vfs_register(m_state->real, 1), SQLITE_OK);
    activeFaults = nullptr;
}

void FaultyVfs::failAt(std::uint64_t operation, FaultKind kind, bool persistent)
{
    m_state->operations = 0;
    m_state->failed = false;
    m_state->failAt = operation;
    m_state->kind = kind;
    m_state->persistent = persistent;
}

void FaultyVfs::heal()
{
    failAt(0, FaultKind::InputOutput, false);
}

std::uint64_t FaultyVfs::operations() const
{
    return m_state->operations;
}

bool FaultyVfs::hasFailed() const
{
    return m_state->failed;
}

} // namespace headgate::state
