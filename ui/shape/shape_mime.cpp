// SPDX-License-Identifier: GPL-3.0-or-later
#include "shape/shape_mime.h"

#include <QCoreApplication>
#include <QDataStream>
#include <QIODevice>
#include <QMimeData>

namespace headgate::ui {

namespace {

std::unique_ptr<QMimeData> mimeWith(const QString& type, const QByteArray& bytes)
{
    auto mime = std::make_unique<QMimeData>();
    mime->setData(type, bytes);
    return mime;
}

bool isOurs(QDataStream& stream)
{
    qint64 process = 0;
    stream >> process;
    return process == QCoreApplication::applicationPid();
}

} // namespace

QString columnsMimeType()
{
    return QStringLiteral("application/x-headgate-columns");
}

QString nodeMimeType()
{
    return QStringLiteral("application/x-headgate-node");
}

QString kindMimeType()
{
    return QStringLiteral("application/x-headgate-kind");
}

std::unique_ptr<QMimeData> mimeOf(const std::vector<shape::ColumnRef>& columns)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << QCoreApplication::applicationPid() << static_cast<qint32>(columns.size());
    for (const shape::ColumnRef& column : columns)
        stream << QByteArray::fromStdString(column.model)
               << QByteArray::fromStdString(column.column);
    return mimeWith(columnsMimeType(), bytes);
}

std::unique_ptr<QMimeData> mimeOfNode(shape::NodeId node)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << QCoreApplication::applicationPid() << static_cast<quint32>(node);
    return mimeWith(nodeMimeType(), bytes);
}

std::unique_ptr<QMimeData> mimeOfKind(shape::NodeKind kind)
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream << QCoreApplication::applicationPid() << static_cast<qint32>(kind);
    return mimeWith(kindMimeType(), bytes);
}

std::vector<shape::ColumnRef> columnsOf(const QMimeData& mime)
{
    std::vector<shape::ColumnRef> columns;
    const QByteArray bytes = mime.data(columnsMimeType());
    QDataStream stream(bytes);
    if (!isOurs(stream))
        return columns;
    qint32 count = 0;
    stream >> count;
    for (qint32 i = 0; i < count && !stream.atEnd(); ++i) {
        QByteArray model;
        QByteArray column;
        stream >> model >> column;
        columns.push_back({model.toStdString(), column.toStdString()});
    }
    return columns;
}

std::optional<shape::NodeId> nodeOf(const QMimeData& mime)
{
    const QByteArray bytes = mime.data(nodeMimeType());
    QDataStream stream(bytes);
    if (!isOurs(stream))
        return std::nullopt;
    quint32 node = 0;
    stream >> node;
    return node;
}

std::optional<shape::NodeKind> kindOf(const QMimeData& mime)
{
    const QByteArray bytes = mime.data(kindMimeType());
    QDataStream stream(bytes);
    if (!isOurs(stream))
        return std::nullopt;
    qint32 number = 0;
    stream >> number;
    for (const shape::NodeKind kind : shape::nodeKinds)
        if (static_cast<qint32>(kind) == number)
            return kind;
    return std::nullopt;
}

} // namespace headgate::ui
