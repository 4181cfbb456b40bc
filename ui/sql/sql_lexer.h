// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sql/qscintilla.h"
#include "sql/sql_tokens.h"
#include "theme/tokens.h"

namespace headgate::ui {

/// Colours SQL by the tokens that completion sees, in the colours of the theme.
class SqlLexer final : public QsciLexerCustom
{
    Q_OBJECT

public:
    enum Style
    {
        Plain,
        Keyword,
        Function,
        Name, ///< in quotes
        Text,
        Number,
        Parameter,
        Comment,
        Punctuation
    };

    explicit SqlLexer(QsciScintilla* editor);

    void setDialect(const SqlDialect& dialect);
    /// Sets all colours and fonts of the styles.
    void dress(const Tokens& tokens, const QFont& font);

    [[nodiscard]] const char* language() const override { return "SQL"; }
    [[nodiscard]] QString description(int style) const override;
    void styleText(int begin, int end) override;

private:
    SqlDialect m_dialect;
};

} // namespace headgate::ui
