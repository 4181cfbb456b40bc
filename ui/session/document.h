// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "session/page.h"

#include <QUndoStack>
#include <memory>

namespace headgate::ui {

/// A definition that is open for editing: what it says now, what its file says, and the steps in
/// between. Files are written by Documents. Belongs to the GUI thread.
class Document : public QObject
{
    Q_OBJECT

public:
    explicit Document(PageId id, QObject* parent = nullptr);

    [[nodiscard]] const PageId& id() const { return m_id; }
    [[nodiscard]] QUndoStack* undoStack() { return &m_undo; }
    /// Whether value and file differ; a definition without a file is modified.
    [[nodiscard]] virtual bool isModified() const = 0;
    /// Back to what the file says; one step that can be undone.
    virtual void revert() = 0;
    [[nodiscard]] virtual bool isNew() const = 0;
    /// What people call it.
    [[nodiscard]] virtual QString name() const = 0;

Q_SIGNALS:
    /// The value is another one: by a change, undo, redo, or a file that was read again.
    void changed();
    /// isModified() may have changed.
    void modifiedChanged();

private:
    PageId m_id;
    QUndoStack m_undo;
};

[[nodiscard]] constexpr PageKind kindOf(const project::SourceDefinition*)
{
    return PageKind::Source;
}
[[nodiscard]] constexpr PageKind kindOf(const project::ModelDefinition*)
{
    return PageKind::Model;
}
[[nodiscard]] constexpr PageKind kindOf(const project::DestinationDefinition*)
{
    return PageKind::Destination;
}
[[nodiscard]] constexpr PageKind kindOf(const project::SyncDefinition*)
{
    return PageKind::Sync;
}

/// Whether the same stands in files: node ids do not.
template <typename Definition>
[[nodiscard]] bool isSameInFile(const Definition& a, const Definition& b)
{
    return a == b;
}
template <>
[[nodiscard]] bool isSameInFile(const project::SyncDefinition& a, const project::SyncDefinition& b);

/// The document of one kind of definition. Every step keeps the definition before and after it:
/// they are small.
template <typename Definition>
class DefinitionDocument final : public Document
{
public:
    /// `saved` empty: there is no file yet.
    DefinitionDocument(Definition value, std::optional<Definition> saved, QObject* parent = nullptr)
        : Document({kindOf(static_cast<const Definition*>(nullptr)), value.slug}, parent),
          m_value(std::move(value)), m_saved(std::move(saved))
    {}

    [[nodiscard]] const Definition& value() const { return m_value; }
    [[nodiscard]] const std::optional<Definition>& saved() const { return m_saved; }

    /// One step of undo, called `step` ("Add price"). Steps that follow each other with the same
    /// merge key, which is not empty, are one: the typing of a text. Does nothing where `next` is
    /// the value that is there.
    void change(const QString& step, Definition next, const QString& mergeKey = {})
    {
        if (next == m_value)
            return;
        undoStack()->push(new Step(*this, step, std::move(next), mergeKey));
    }
    /// The file says this now. The steps stay.
    void setSaved(Definition saved)
    {
        m_saved = std::move(saved);
        Q_EMIT modifiedChanged();
    }
    /// The file was changed by somebody else: shown at once where there is nothing to lose.
    void takeFile(Definition saved)
    {
        if (m_saved && isSameInFile(*m_saved, saved))
            return;
        const bool follow = !isModified();
        m_saved = std::move(saved);
        if (follow) {
            undoStack()->clear();
            set(*m_saved);
        }
        Q_EMIT modifiedChanged();
    }

    [[nodiscard]] bool isModified() const override
    {
        return !m_saved || !isSameInFile(*m_saved, m_value);
    }
    [[nodiscard]] bool isNew() const override { return !m_saved; }
    void revert() override
    {
        if (m_saved)
            change(tr("Revert to the file"), *m_saved);
    }
    [[nodiscard]] QString name() const override
    {
        return QString::fromStdString(m_value.name.empty() ? m_value.slug : m_value.name);
    }

private:
    class Step final : public QUndoCommand
    {
    public:
        Step(DefinitionDocument& document, const QString& text, Definition next, QString mergeKey)
            : QUndoCommand(text), m_document(document), m_before(document.value()),
              m_after(std::move(next)), m_mergeKey(std::move(mergeKey))
        {}
        void undo() override { m_document.set(m_before); }
        void redo() override { m_document.set(m_after); }
        [[nodiscard]] int id() const override { return m_mergeKey.isEmpty() ? -1 : 1; }
        bool mergeWith(const QUndoCommand* other) override
        {
            const auto* next = static_cast<const Step*>(other);
            if (next->m_mergeKey != m_mergeKey)
                return false;
            m_after = next->m_after;
            setObsolete(m_after == m_before);
            return true;
        }

    private:
        DefinitionDocument& m_document;
        Definition m_before;
        Definition m_after;
        QString m_mergeKey;
    };

    void set(const Definition& value)
    {
        m_value = value;
        Q_EMIT changed();
        Q_EMIT modifiedChanged();
    }

    Definition m_value;
    std::optional<Definition> m_saved;
};

using SourceDocument = DefinitionDocument<project::SourceDefinition>;
using ModelDocument = DefinitionDocument<project::ModelDefinition>;
using DestinationDocument = DefinitionDocument<project::DestinationDefinition>;
using SyncDocument = DefinitionDocument<project::SyncDefinition>;

} // namespace headgate::ui
