// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace headgate::ui {

/// How large a payload is, beside what the destination takes of one. Over it, an icon and the word
/// say so, not a colour alone.
class ByteMeter final : public QWidget
{
    Q_OBJECT

public:
    explicit ByteMeter(QWidget* parent = nullptr);

    /// `limit` 0: not known. `bytes` 0: shows nothing.
    void setBytes(std::size_t bytes, std::size_t limit);
    [[nodiscard]] bool isOver() const { return m_limit > 0 && m_bytes > m_limit; }
    /// "1.2 kB of 1 MB"
    [[nodiscard]] QString text() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    std::size_t m_bytes = 0;
    std::size_t m_limit = 0;
};

} // namespace headgate::ui
