// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/date_time.h"

#include "fakes/print_to.h"

#include <QDateTime>
#include <gtest/gtest.h>
#include <rapidcheck.h>

using namespace headgate;
using namespace headgate::shape;

namespace {

std::string written(const char* pattern, const DateTime& time)
{
    const auto compiled = DatePattern::compile(pattern);
    EXPECT_TRUE(compiled) << pattern;
    std::string out;
    return compiled && compiled->append(out, time) ? out : "-";
}

std::string writtenIn(const char* zone, const char* time)
{
    const auto moved = inZone(*parseDateTime(time), *zoneNamed(zone));
    return moved ? written("iso", *moved) : "-";
}

std::string meantIn(const char* zone, const char* time)
{
    const auto placed = atZone(*parseDateTime(time), *zoneNamed(zone));
    return placed ? written("iso", *placed) : "-";
}

} // namespace

TEST(DateTime, readsIsoForms)
{
    for (const char* good :
         {"2024-02-29", "2026-01-01T00:00", "2026-01-01 23:59:59", "2026-01-01T00:00:00.123456",
          "2026-01-01T00:00:00.1234560000", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00+05:30",
          "2026-01-01T00:00:00-0800", "2026-01-01T00:00:00+14", "0001-01-01", "9999-12-31"})
        EXPECT_TRUE(parseDateTime(good)) << good;
    for (const char* bad :
         {"", "2026", "2023-02-29", "2026-13-01", "2026-00-01", "2026-01-32", "0000-01-01",
          "2026-01-01T", "2026-01-01T24:00:00", "2026-01-01T23:60:00", "2026-01-01T23:59:60",
          "2026-01-01T00:00:00.", "2026-01-01T00:00:00.1234567", "2026-01-01T00:00:00+",
          "2026-01-01T00:00:00Zx", "2026-1-1", "+2026-01-01", "2026-01-01x", "20260101"})
        EXPECT_FALSE(parseDateTime(bad)) << bad;
}

TEST(DateTime, calendarAgreesWithQt)
{
    EXPECT_TRUE(rc::check("seconds to fields and back", [] {
        const auto seconds = *rc::gen::inRange<std::int64_t>(-62135596800, 253402300800);
        const auto time = DateTime::fromSeconds(seconds, 0, 0);
        RC_ASSERT(time.has_value());
        RC_ASSERT(time->fieldSeconds() == seconds);
        const QDateTime expected = QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
        RC_ASSERT(expected.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")).toStdString() ==
                  canonicalText(*time, data::ValueKind::Timestamp));
        RC_ASSERT(expected.date().dayOfWeek() % 7 == time->dayOfWeek());
    }));
}

TEST(DateTime, yearsOutOfRangeAreRefused)
{
    EXPECT_FALSE(DateTime::fromSeconds(-62135596801, 0, 0));
    EXPECT_FALSE(DateTime::fromSeconds(253402300800, 0, 0));
    EXPECT_EQ(writtenIn("Asia/Tokyo", "9999-12-31T23:00:00Z"), "-");
}

TEST(DateTime, movesBetweenZones)
{
    EXPECT_EQ(writtenIn("Europe/Berlin", "2026-03-29T00:59:59Z"), "2026-03-29T01:59:59+01:00");
    EXPECT_EQ(writtenIn("Europe/Berlin", "2026-03-29T01:00:00Z"), "2026-03-29T03:00:00+02:00");
    EXPECT_EQ(writtenIn("Asia/Kolkata", "2026-01-01T00:00:00.5-01:00"),
              "2026-01-01T06:30:00.5+05:30");
    EXPECT_EQ(writtenIn("UTC", "2026-01-01T00:00:00+01:00"), "2025-12-31T23:00:00+00:00");
}

TEST(DateTime, placesClockTimes)
{
    EXPECT_EQ(meantIn("Europe/Berlin", "2026-07-01T12:00:00"), "2026-07-01T12:00:00+02:00");
    // Skipped: the clock goes from 02:00 to 03:00.
    EXPECT_EQ(meantIn("Europe/Berlin", "2026-03-29T02:30:00"), "2026-03-29T03:30:00+02:00");
    // Said twice: the clock goes from 03:00 to 02:00.
    EXPECT_EQ(meantIn("Europe/Berlin", "2026-10-25T02:30:00"), "2026-10-25T02:30:00+02:00");
    EXPECT_EQ(meantIn("Australia/Lord_Howe", "2026-10-04T02:10:00"), "2026-10-04T02:40:00+11:00");
}

TEST(DateTime, unknownZonesAreRefused)
{
    EXPECT_EQ(zoneNamed("Europe/Nowhere").error().code, "shape.zone");
    EXPECT_TRUE(zoneNamed(""));
}

TEST(DatePattern, writesItsLetters)
{
    const DateTime time = *parseDateTime("2026-11-02T00:05:09.120450+05:30");
    EXPECT_EQ(written("yyyy-MM-dd HH:mm:ss xxx", time), "2026-11-02 00:05:09 +05:30");
    EXPECT_EQ(written("yy M d H m s xx", time), "26 11 2 0 5 9 +0530");
    EXPECT_EQ(written("EEEE EEE MMMM MMM", time), "Monday Mon November Nov");
    EXPECT_EQ(written("h hh a", time), "12 12 AM");
    EXPECT_EQ(written("SSS SSSSSS", time), "120 120450");
    EXPECT_EQ(written("'o''clock' ''", time), "o'clock '");
    EXPECT_EQ(written("unix_s", time), "1793558109");
    EXPECT_EQ(written("unix_ms", time), "1793558109120");
    EXPECT_EQ(written("iso", time), "2026-11-02T00:05:09.12045+05:30");
    EXPECT_EQ(written("h a", *parseDateTime("2026-11-02T13:00")), "1 PM");
    EXPECT_EQ(written("xxx", *parseDateTime("2026-11-02T13:00")), "-");
    EXPECT_EQ(written("iso", *parseDateTime("2026-11-02")), "2026-11-02");
    EXPECT_EQ(written("unix_ms", *parseDateTime("1969-12-31T23:59:59.999Z")), "-1");
}

TEST(DatePattern, refusesWhatItDoesNotKnow)
{
    for (const char* bad : {"YYYY", "yyy", "DD", "n", "MMMMM", "'open", "SS", "z", "x"})
        EXPECT_FALSE(DatePattern::compile(bad)) << bad;
}
