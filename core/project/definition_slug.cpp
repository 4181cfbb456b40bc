// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/definition_slug.h"

#include "base/text.h"
#include "project/project_path.h"

namespace headgate::project {

namespace {

/// Leaves room for a number at the end of the 64 that a slug may have.
constexpr std::size_t longestProposal = 60;

std::string slugOfName(const std::string& name)
{
    std::string slug;
    for (const QChar c : toQString(name).normalized(QString::NormalizationForm_KD).toLower()) {
        const char16_t letter = c.unicode();
        const bool plain = (letter >= u'a' && letter <= u'z') || (letter >= u'0' && letter <= u'9');
        if (plain || letter == u'_')
            slug += static_cast<char>(letter);
        else if (!c.isMark() && !slug.empty() && slug.back() != '-')
            slug += '-';
        if (slug.size() == longestProposal)
            break;
    }
    while (!slug.empty() && slug.back() == '-')
        slug.pop_back();
    return slug;
}

} // namespace

std::string proposeSlug(const std::string& name, const std::string& fallback,
                        const std::function<bool(const std::string&)>& isTaken)
{
    std::string slug = slugOfName(name);
    if (slug.empty())
        slug = fallback;
    if (isFileSlug(slug) && !isTaken(slug))
        return slug;
    for (int number = 2;; ++number) {
        const std::string numbered = slug + '-' + std::to_string(number);
        if (isFileSlug(numbered) && !isTaken(numbered))
            return numbered;
    }
}

} // namespace headgate::project
