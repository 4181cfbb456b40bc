// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "shape/unicode_text.h"
#include "shape/value_step.h"

#include <QRegularExpression>

namespace headgate::shape {

using data::ValueKind;
using data::ValueView;

namespace {

constexpr std::size_t longestRegexPattern = 1000;
constexpr std::size_t longestRegexInput = 64 << 10;
constexpr qsizetype longestRegexOutput = 1 << 20;

/// PCRE2 counts its own work; a pattern can lower these limits but not raise them.
QString limitedPattern(const std::string& pattern)
{
    return QStringLiteral("(*LIMIT_MATCH=100000)(*LIMIT_DEPTH=100000)") + toUtf16(pattern);
}

class RegexStep final : public ValueStep
{
public:
    RegexStep(QRegularExpression expression, QString replacement)
        : m_expression(std::move(expression)), m_replacement(std::move(replacement))
    {}

    ValueView apply(ValueView in, std::span<const ValueView>, std::string& out) const override
    {
        constexpr ValueView tooMuch{ValueKind::Invalid, step_reason::regex};
        if (in.text.size() > longestRegexInput)
            return tooMuch;
        const QString subject = toUtf16(in.text);
        QString replaced;
        qsizetype copied = 0;
        QRegularExpressionMatchIterator matches = m_expression.globalMatch(subject);
        while (matches.hasNext()) {
            const QRegularExpressionMatch match = matches.next();
            replaced += QStringView(subject).mid(copied, match.capturedStart() - copied);
            appendReplacement(replaced, match);
            copied = match.capturedEnd();
            if (replaced.size() > longestRegexOutput)
                return tooMuch;
        }
        if (!matches.isValid())
            return tooMuch;
        replaced += QStringView(subject).mid(copied);
        const QByteArray bytes = replaced.toUtf8();
        out.assign(bytes.constData(), static_cast<std::size_t>(bytes.size()));
        return {ValueKind::Text, out};
    }

private:
    void appendReplacement(QString& to, const QRegularExpressionMatch& match) const
    {
        for (qsizetype i = 0; i < m_replacement.size(); ++i) {
            const bool escapes =
                m_replacement[i] == QLatin1Char('\\') && i + 1 < m_replacement.size();
            const QChar c = m_replacement[escapes ? ++i : i];
            if (escapes && c >= QLatin1Char('0') && c <= QLatin1Char('9'))
                to += match.capturedView(c.digitValue());
            else
                to += c;
        }
    }

    QRegularExpression m_expression;
    QString m_replacement;
};

} // namespace

Result<ValueStepPtr> makeRegexStep(const std::string& pattern, const std::string& replacement)
{
    if (pattern.empty() || pattern.size() > longestRegexPattern)
        return fail(ErrorKind::Config, "shape.regex",
                    Text::tr("A regular expression of 1 to %1 bytes is expected.")
                        .arg(longestRegexPattern));
    QRegularExpression expression(limitedPattern(pattern),
                                  QRegularExpression::UseUnicodePropertiesOption);
    if (!expression.isValid())
        return fail(
            ErrorKind::Config, "shape.regex",
            Text::tr("The regular expression cannot be used: %1.").arg(expression.errorString()));
    expression.optimize();
    return std::make_unique<RegexStep>(std::move(expression), toUtf16(replacement));
}

} // namespace headgate::shape
