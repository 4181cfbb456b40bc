// SPDX-License-Identifier: GPL-3.0-or-later
#include "runs/run_sums.h"

#include "base/text.h"
#include "data/json_members.h"
#include "runs/runs_model.h"
#include "theme/fonts.h"
#include "widgets/count_text.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <array>

namespace headgate::ui {

namespace {

constexpr int barHeight = 6;

struct PartName
{
    const char* name;
    const char* text;
    Tone tone;
    bool strong;
};

constexpr std::array readParts{
    PartName{"added", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 added"), Tone::Info, true},
    PartName{"changed", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 changed"), Tone::Info, true},
    PartName{"rekeyed", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 re-keyed"), Tone::Info,
             true},
    PartName{"retried", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 retried"), Tone::Info, true},
    PartName{"unchanged", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 unchanged"), Tone::Neutral,
             false},
    PartName{"filtered", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 filtered"), Tone::Neutral,
             false},
    PartName{"invalid", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 invalid"), Tone::Error,
             false},
    PartName{"held", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 held"), Tone::Warning, false}};

constexpr std::array sentParts{
    PartName{"successful", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 successful"),
             Tone::Success, true},
    PartName{"unconfirmed", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 unconfirmed"),
             Tone::Success, true},
    PartName{"rejected", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 rejected"), Tone::Error,
             true},
    PartName{"in_doubt", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 in doubt"), Tone::Warning,
             true},
    PartName{"skipped", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 skipped"), Tone::Neutral,
             false},
    PartName{"pending", QT_TRANSLATE_NOOP("headgate::ui::RunSums", "%1 pending"), Tone::Info,
             true}};

std::uint64_t countNamed(const std::map<std::string, std::uint64_t>& counts, const char* name)
{
    const auto found = counts.find(name);
    return found == counts.end() ? 0 : found->second;
}

template <std::size_t Size>
RunSum sumOf(const std::map<std::string, std::uint64_t>& counts,
             const std::array<PartName, Size>& names)
{
    RunSum sum;
    for (const PartName& name : names)
        if (const std::uint64_t count = countNamed(counts, name.name); count > 0)
            sum.parts.push_back(
                {RunSums::tr(name.text).arg(countText(count)), name.tone, count, name.strong});
    return sum;
}

QString equation(const QString& whole, const RunSum& sum)
{
    QStringList parts;
    for (const RunSum::Part& part : sum.parts)
        parts.append(part.text);
    return parts.isEmpty() ? whole : whole + QStringLiteral(" = ") + parts.join(u" + ");
}

std::string reportText(const state::RunRow& run, const char* pointer)
{
    const auto value = data::jsonAt(run.reportJson, pointer);
    return value ? data::jsonText(*value) : std::string();
}

QString secondsText(double milliseconds)
{
    return RunSums::tr("%1 s").arg(QLocale().toString(milliseconds / 1000, 'f', 1));
}

/// What stopped it, or the error that ended it.
QString problemOf(const state::RunRow& run)
{
    const std::string error = reportText(run, "/error/message");
    if (!error.empty())
        return toQString(error);
    const auto stops = data::jsonAt(run.reportJson, "/stops");
    QStringList messages;
    for (const std::string_view stop :
         stops ? data::jsonElements(*stops).value_or(std::vector<std::string_view>())
               : std::vector<std::string_view>())
        if (const auto message = data::jsonAt(stop, "/message"))
            messages.append(toQString(data::jsonText(*message)));
    return messages.join(QLatin1Char(' '));
}

} // namespace

RunSum readSum(const std::map<std::string, std::uint64_t>& counts)
{
    RunSum sum = sumOf(counts, readParts);
    sum.whole = countNamed(counts, "read");
    sum.text = equation(RunSums::tr("Read %1").arg(countText(sum.whole)), sum);
    return sum;
}

RunSum sentSum(const std::map<std::string, std::uint64_t>& counts, state::RunState state)
{
    std::uint64_t planned = 0;
    for (const char* name : {"added", "changed", "rekeyed", "retried", "removed"})
        planned += countNamed(counts, name);
    RunSum sum = sumOf(counts, sentParts);
    sum.whole = planned;
    if (state == state::RunState::Stopped) {
        sum.parts.clear();
        sum.text =
            RunSums::tr("To send %1: a gate stopped it, nothing was sent").arg(countText(planned));
        return sum;
    }
    const QString whole =
        countNamed(counts, "removed") > 0
            ? RunSums::tr("To send %1 (%2 removed)")
                  .arg(countText(planned), countText(countNamed(counts, "removed")))
            : RunSums::tr("To send %1").arg(countText(planned));
    sum.text = equation(whole, sum);
    return sum;
}

QString durationsText(const state::RunRow& run)
{
    QStringList parts;
    const auto add = [&](const char* pointer, const QString& text) {
        const double milliseconds = toQString(reportText(run, pointer)).toDouble();
        if (milliseconds > 0)
            parts.append(text.arg(secondsText(milliseconds)));
    };
    add("/milliseconds/resume", RunSums::tr("resumed in %1"));
    add("/milliseconds/plan", RunSums::tr("planned in %1"));
    add("/milliseconds/deliver", RunSums::tr("delivered in %1"));
    if (const std::string requests = reportText(run, "/requests");
        !requests.empty() && requests != "0")
        parts.append(requestsText(std::strtoull(requests.c_str(), nullptr, 10)));
    return parts.join(QStringLiteral(" · "));
}

/// The parts of a sum, each as wide as its share, at least a pixel or two.
class RunSums::Bar final : public QWidget
{
public:
    Bar()
    {
        setFixedHeight(barHeight);
        setAttribute(Qt::WA_TransparentForMouseEvents);
    }

    void setSum(RunSum sum)
    {
        m_sum = std::move(sum);
        setVisible(!m_sum.parts.empty());
        update();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        constexpr int least = 3;
        const Tokens& colors = tokens(this);
        std::uint64_t all = 0;
        for (const RunSum::Part& part : m_sum.parts)
            all += part.count;
        QPainter painter(this);
        const int room = width() - least * static_cast<int>(m_sum.parts.size());
        int left = 0;
        for (const RunSum::Part& part : m_sum.parts) {
            const int share =
                least + static_cast<int>(double(part.count) / double(all) * std::max(room, 0));
            const QColor color =
                part.tone == Tone::Neutral ? colors.border : colors.tone(part.tone).icon;
            painter.fillRect(QRect(left, 0, share - 1, height()), color);
            left += share;
        }
    }

private:
    RunSum m_sum;
};

RunSums::RunSums(QWidget* parent)
    : QWidget(parent), m_read(new QLabel), m_sent(new QLabel), m_readBar(new Bar),
      m_sentBar(new Bar), m_durations(new QLabel), m_problem(new QLabel)
{
    m_read->setAccessibleName(tr("What was read"));
    m_sent->setAccessibleName(tr("What was sent"));
    m_durations->setAccessibleName(tr("Durations"));
    m_problem->setAccessibleName(tr("Why it ended so"));
    m_durations->setForegroundRole(QPalette::PlaceholderText);
    m_durations->setFont(textFont(TextSize::Small));
    m_problem->setWordWrap(true);
    for (QLabel* label : {m_read, m_sent, m_durations, m_problem}) {
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        label->setMinimumWidth(1);
    }
    m_read->setWordWrap(true);
    m_sent->setWordWrap(true);
    auto* layout = new QGridLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setHorizontalSpacing(grid::page);
    layout->setVerticalSpacing(grid::unit);
    layout->addWidget(m_read, 0, 0);
    layout->addWidget(m_sent, 0, 1);
    layout->addWidget(m_readBar, 1, 0);
    layout->addWidget(m_sentBar, 1, 1);
    layout->addWidget(m_durations, 2, 0, 1, 2);
    layout->addWidget(m_problem, 3, 0, 1, 2);
    layout->setColumnStretch(0, 1);
    layout->setColumnStretch(1, 1);
}

void RunSums::setRun(const state::RunRow& run)
{
    const auto counts = countsOf(run);
    const RunSum read = readSum(counts);
    const RunSum sent = sentSum(counts, run.status);
    m_read->setText(read.text);
    m_sent->setText(sent.text);
    m_readBar->setSum(read);
    m_sentBar->setSum(sent);
    m_durations->setText(durationsText(run));
    m_durations->setVisible(!m_durations->text().isEmpty());
    m_problem->setText(problemOf(run));
    m_problem->setVisible(!m_problem->text().isEmpty());
}

} // namespace headgate::ui
