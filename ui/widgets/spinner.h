// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTimer>
#include <QWidget>
#include <chrono>

namespace headgate::ui {

/// Says that something is being computed, once it takes longer than people take for at once. It
/// keeps its place while it is not seen. It stands still where motion is to be reduced.
class Spinner final : public QWidget
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds delay{100}; ///< from start() until it is seen

    explicit Spinner(QWidget* parent = nullptr);

    /// What is being done, beside it; empty: the sign alone.
    void setText(const QString& text);
    void start();
    void stop();
    [[nodiscard]] bool isRunning() const { return m_running; }
    [[nodiscard]] bool isSeen() const { return m_seen; }

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void appear();
    void turn();

    QString m_text;
    QTimer m_delay;
    QTimer m_turn;
    int m_step = 0;
    bool m_running = false;
    bool m_seen = false;
};

} // namespace headgate::ui
