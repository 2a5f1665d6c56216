'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useMay } from '#components/session/session-context.tsx'
import { Moment } from '#components/time/moment.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Field } from '#components/ui/field.tsx'
import { Textarea } from '#components/ui/text-input.tsx'
import type { RouterOutputs } from '#server/api/root.ts'

interface NotesCardProps {
  number: number
  notes: RouterOutputs['incidents']['get']['notes']
}

/** What people wrote on an incident; they stay, for whoever was not there. */
export function NotesCard({ number, notes }: NotesCardProps) {
  const may = useMay('incidents.answer')
  return (
    <Card title="Notes">
      <div className="grid gap-4">
        {notes.length === 0 && !may ? <p className="text-muted">Nobody has written one.</p> : null}
        {notes.map(({ text, writtenBy, writtenAt }) => (
          <div key={`${writtenAt.toISOString()} ${text}`} className="grid gap-0.5">
            <p className="text-sm text-muted">
              {writtenBy}, <Moment at={writtenAt} />
            </p>
            <p className="break-words whitespace-pre-line">{text}</p>
          </div>
        ))}
        {may ? <AddNote number={number} /> : null}
      </div>
    </Card>
  )
}

function AddNote({ number }: { number: number }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [text, setText] = useState('')
  const note = useMutation(
    trpc.incidents.note.mutationOptions({
      onSuccess: (shown) => {
        queryClient.setQueryData(trpc.incidents.get.queryKey({ number }), shown)
        setText('')
      },
    }),
  )
  const missing = text.trim() === '' ? 'Write something first.' : null
  const add = (event: FormEvent) => {
    event.preventDefault()
    if (missing === null && !note.isPending) note.mutate({ number, text })
  }
  const error = note.error && (fieldErrors(note.error)['text'] ?? errorSentence(note.error))
  return (
    <form onSubmit={add} className="grid gap-2 print-hidden">
      <Field label="Add a note" error={error} hint="Part of the timeline and of the export.">
        {(field) => <Textarea {...field} rows={2} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <Button
        type="submit"
        size="small"
        disabledReason={missing}
        isBusy={note.isPending}
        className="justify-self-start"
      >
        Add note
      </Button>
    </form>
  )
}
