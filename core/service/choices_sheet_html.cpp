// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "data/json_indent.h"
#include "data/json_text.h"
#include "service/choices_sheet.h"

#include <algorithm>

namespace headgate::service {

namespace {

using shape::ListForm;

const char* const sheetStyle = R"(
:root { color-scheme: light; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1c20; background: #fff;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.2rem; margin: 0; }
section { border: 1px solid #6b7280; border-radius: 6px; padding: 1rem; margin: 1.5rem 0;
  break-inside: avoid; }
.choice { display: flex; gap: .75rem; align-items: center; }
.choice input { width: 1.5rem; height: 1.5rem; }
pre { background: #f3f4f6; border: 1px solid #d1d5db; padding: .75rem; overflow-x: auto;
  white-space: pre-wrap; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1rem 0 0; }
.sign { display: flex; flex-wrap: wrap; gap: 1rem 2rem; }
.sign label { flex: 1 1 15rem; }
.sign input { display: block; width: 100%; box-sizing: border-box; font: inherit;
  padding: .5rem; border: 1px solid #6b7280; border-radius: 4px; }
@media print { body { margin: 0; max-width: none; } pre { background: none; } }
)";

/// As text and as the value of an attribute. What HTML cannot hold is replaced.
std::string escapedHtml(std::string_view text)
{
    std::string escaped;
    for (const char c : text) {
        switch (c) {
        case '&':
            escaped += "&amp;";
            break;
        case '<':
            escaped += "&lt;";
            break;
        case '>':
            escaped += "&gt;";
            break;
        case '"':
            escaped += "&quot;";
            break;
        case '\'':
            escaped += "&#39;";
            break;
        default:
            escaped += static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t'
                           ? std::string("\xEF\xBF\xBD")
                           : std::string(1, c);
        }
    }
    return escaped;
}

std::string escapedHtml(const QString& text)
{
    return escapedHtml(text.toStdString());
}

QString formName(ListForm form)
{
    switch (form) {
    case ListForm::Dictionaries:
        return Text::tr("List of dictionaries");
    case ListForm::DictionaryOfLists:
        return Text::tr("Dictionary of lists");
    case ListForm::Values:
        return Text::tr("List of values");
    case ListForm::DictionaryByKey:
        return Text::tr("Dictionary by key");
    }
    return {};
}

QString formMeaning(ListForm form)
{
    switch (form) {
    case ListForm::Dictionaries:
        return Text::tr("One entry after the other, each with all of its fields. Entries keep "
                        "their order, and a field can be added later.");
    case ListForm::DictionaryOfLists:
        return Text::tr("One list for each field. What belongs together stands at the same place "
                        "of each list.");
    case ListForm::Values:
        return Text::tr("Only the first field, one value after the other.");
    case ListForm::DictionaryByKey:
        return Text::tr("Each entry under a name of its own, to be looked up by it. The order of "
                        "entries may get lost.");
    }
    return {};
}

bool isIdentifier(std::string_view name)
{
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    return !name.empty() && letter(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

std::string handlebarsName(std::string_view name)
{
    return isIdentifier(name) ? std::string(name) : '[' + std::string(name) + ']';
}

std::string handlebarsPath(const ChoicesSheet& sheet)
{
    std::string path;
    for (const std::string& name : sheet.path)
        path += (path.empty() ? "" : ".") + handlebarsName(name);
    return path.empty() ? "this" : path;
}

std::string liquidMember(std::string_view name)
{
    if (isIdentifier(name))
        return '.' + std::string(name);
    const char quote = name.find('"') == std::string_view::npos ? '"' : '\'';
    return std::string("[") + quote + std::string(name) + quote + ']';
}

std::string liquidPath(const ChoicesSheet& sheet)
{
    std::string path = sheet.isNested ? "item" : "";
    for (const std::string& name : sheet.path)
        path += path.empty() && isIdentifier(name) ? name : liquidMember(name);
    return path;
}

/// A line for each field of an element.
template <typename Line>
std::string memberLines(const ChoicesSheet& sheet, const Line& line)
{
    std::string lines;
    for (const std::string& member : sheet.members)
        lines += "  " + line(member) + '\n';
    return lines;
}

void appendChoice(std::string& html, const ChoicesSheet& sheet, const ChoicesSheet::Choice& choice,
                  std::size_t number)
{
    const std::string id = "choice" + std::to_string(number);
    html += "<section aria-labelledby=\"" + id + "-name\">\n<div class=\"choice\">";
    if (choice.impossible.isEmpty())
        html += "<input type=\"checkbox\" id=\"" + id + "\" aria-labelledby=\"" + id + "-name\">";
    html += "<h2 id=\"" + id + "-name\"><label for=\"" + id + "\">" + std::to_string(number) +
            ". " + escapedHtml(formName(choice.form)) + "</label></h2></div>\n<p>" +
            escapedHtml(formMeaning(choice.form)) + "</p>\n";
    if (!choice.impossible.isEmpty()) {
        html += "<p><strong>" +
                escapedHtml(Text::tr("Not possible for this record: %1").arg(choice.impossible)) +
                "</strong></p>\n</section>\n";
        return;
    }
    const auto code = [&](const QString& title, const std::string& text) {
        html += "<h3>" + escapedHtml(title) + "</h3>\n<pre dir=\"ltr\" tabindex=\"0\"><code>" +
                escapedHtml(text) + "</code></pre>\n";
    };
    code(Text::tr("The data"), data::indentedJson(choice.payload));
    code(Text::tr("In a Handlebars template"), handlebarsSnippet(sheet, choice.form));
    code(Text::tr("In a Liquid template"), liquidSnippet(sheet, choice.form));
    html += "</section>\n";
}

std::string headerOf(const ChoicesSheet& sheet, const QString& title)
{
    std::string html = "<header>\n<h1>" + escapedHtml(title) + "</h1>\n<p>" +
                       escapedHtml(Text::tr("The same record, four ways. Tick the one that your "
                                            "template or tool needs, and say who decided and "
                                            "when.")) +
                       "</p>\n<p>";
    if (sheet.masked.empty()) {
        html += escapedHtml(Text::tr("Nothing in this record is masked."));
    } else {
        QStringList names(sheet.masked.begin(), sheet.masked.end());
        html += escapedHtml(
            Text::tr("It is a real record. What is about a person was masked: letters became x, "
                     "digits 0, addresses …@example.com. Masked columns: %1.")
                .arg(names.join(QStringLiteral(", "))));
    }
    html += "</p>\n";
    if (sheet.isNested)
        html += "<p>" +
                escapedHtml(Text::tr("The list stands inside another one: the snippets belong "
                                     "inside that one's loop.")) +
                "</p>\n";
    if (!sheet.made.isEmpty())
        html += "<p>" + escapedHtml(Text::tr("Made: %1").arg(sheet.made)) + "</p>\n";
    return html + "</header>\n";
}

} // namespace

std::string handlebarsSnippet(const ChoicesSheet& sheet, ListForm form)
{
    const std::string path = handlebarsPath(sheet);
    const auto plain = [](const std::string& name) { return "{{" + handlebarsName(name) + "}}"; };
    switch (form) {
    case ListForm::Dictionaries:
        return "{{#each " + path + "}}\n" + memberLines(sheet, plain) + "{{/each}}";
    case ListForm::DictionaryOfLists: {
        if (sheet.members.empty())
            return {};
        const std::string first = path + '.' + handlebarsName(sheet.members.front());
        return "{{#each " + first + "}}\n" +
               memberLines(sheet,
                           [&](const std::string& name) {
                               return name == sheet.members.front()
                                          ? std::string("{{this}}")
                                          : "{{lookup ../" + path + '.' + handlebarsName(name) +
                                                " @index}}";
                           }) +
               "{{/each}}";
    }
    case ListForm::Values:
        return "{{#each " + path + "}}\n  {{this}}\n{{/each}}";
    case ListForm::DictionaryByKey:
        return "{{#each " + path + "}}\n  {{@key}}\n" + memberLines(sheet, plain) + "{{/each}}";
    }
    return {};
}

std::string liquidSnippet(const ChoicesSheet& sheet, ListForm form)
{
    const std::string path = liquidPath(sheet);
    const std::string end = "{% endfor %}";
    const std::string begin = "{% for entry in " + path + " %}\n";
    switch (form) {
    case ListForm::Dictionaries:
        return begin +
               memberLines(sheet,
                           [](const std::string& name) {
                               return "{{ entry" + liquidMember(name) + " }}";
                           }) +
               end;
    case ListForm::DictionaryOfLists: {
        if (sheet.members.empty())
            return {};
        const std::string first = path + liquidMember(sheet.members.front());
        return "{% for entry in " + first + " %}\n" +
               memberLines(sheet,
                           [&](const std::string& name) {
                               return name == sheet.members.front()
                                          ? std::string("{{ entry }}")
                                          : "{{ " + path + liquidMember(name) +
                                                "[forloop.index0] }}";
                           }) +
               end;
    }
    case ListForm::Values:
        return begin + "  {{ entry }}\n" + end;
    case ListForm::DictionaryByKey:
        return begin + "  {{ entry[0] }}\n" +
               memberLines(sheet,
                           [](const std::string& name) {
                               return "{{ entry[1]" + liquidMember(name) + " }}";
                           }) +
               end;
    }
    return {};
}

std::string toHtml(const ChoicesSheet& sheet)
{
    const QString list = sheet.path.empty() ? QString() : toQString(sheet.path.back());
    const QString title = Text::tr("%1: which form should “%2” have?").arg(sheet.sync, list);
    std::string html = "<!DOCTYPE html>\n<html lang=\"" + escapedHtml(sheet.language) +
                       "\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src "
                       "'none'; style-src 'unsafe-inline'\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width\">\n<title>" +
                       escapedHtml(title) + "</title>\n<style>" + sheetStyle +
                       "</style>\n</head>\n<body>\n" + headerOf(sheet, title) + "<main>\n";
    for (std::size_t i = 0; i < sheet.choices.size(); ++i)
        appendChoice(html, sheet, sheet.choices[i], i + 1);
    html += "<section aria-label=\"" + escapedHtml(Text::tr("Decision")) +
            "\" class=\"sign\">\n<label>" + escapedHtml(Text::tr("Name")) +
            "<input type=\"text\" autocomplete=\"off\"></label>\n<label>" +
            escapedHtml(Text::tr("Date")) +
            "<input type=\"text\" autocomplete=\"off\"></label>\n</section>\n"
            "</main>\n</body>\n</html>\n";
    return html;
}

} // namespace headgate::service
