// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/model_tester.h"

#include <gtest/gtest.h>

namespace headgate::ui {
namespace {

int listeners = 0;
QtMessageHandler handlerBefore = nullptr;

void hearModelTester(QtMsgType type, const QMessageLogContext& context, const QString& text)
{
    if (context.category != nullptr && qstrcmp(context.category, "qt.modeltest") == 0)
        ADD_FAILURE() << text.toStdString();
    else if (handlerBefore != nullptr)
        handlerBefore(type, context, text);
}

bool beginListening()
{
    if (listeners++ == 0)
        handlerBefore = qInstallMessageHandler(hearModelTester);
    return true;
}

} // namespace

ModelTester::ModelTester(QAbstractItemModel* model)
    : m_listening(beginListening()),
      m_tester(model, QAbstractItemModelTester::FailureReportingMode::Warning)
{}

ModelTester::~ModelTester()
{
    if (m_listening && --listeners == 0)
        qInstallMessageHandler(handlerBefore);
}

} // namespace headgate::ui
