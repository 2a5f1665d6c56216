'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useNow } from '#components/time/clock-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { toast } from '#components/ui/toast.tsx'
import type { KeptLevel } from '#domain/samples/kept-level.ts'
import { resolutionWords } from '#domain/samples/retention.ts'
import { ConfirmAct } from '../confirm-act.tsx'
import { formFaults, formOf, retentionOf } from './kept-form.ts'
import { costWords, deletionsOf, totalWords } from './kept-words.ts'

/** Days for each resolution, with what they cost and what shorter ones delete. */
export function KeptFields({ levels }: { levels: readonly KeptLevel[] }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const now = useNow()
  const known = formOf(levels)
  const [typed, setTyped] = useState<Partial<typeof known>>({})
  const [isAsking, setIsAsking] = useState(false)
  const keep = useMutation(
    trpc.history.keepFor.mutationOptions({
      onSuccess: (kept) => {
        queryClient.setQueryData(trpc.history.kept.queryKey(), kept)
        setTyped({})
        toast('How long values are kept is changed.')
      },
      onSettled: () => setIsAsking(false),
    }),
  )
  const form = { ...known, ...typed }
  const faults = formFaults(form)
  const asked = retentionOf(form)
  const isFaulty = Object.keys(faults).length > 0
  const isChanged = levels.some(({ resolution, days }) => asked[resolution] !== days)
  const deletions = isFaulty ? [] : deletionsOf(levels, asked, now)
  const missing = missingIn(isFaulty, isChanged)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing !== null) return
    if (deletions.length > 0) setIsAsking(true)
    else keep.mutate(asked)
  }
  return (
    <form className="grid max-w-2xl gap-5" aria-label="How long values are kept" onSubmit={submit}>
      {levels.map((level) => (
        <Field
          key={level.resolution}
          label={`${resolutionWords[level.resolution]}, days`}
          error={faults[level.resolution]}
          hint={costWords(level, asked[level.resolution])}
        >
          {(field) => (
            <TextInput
              {...field}
              className="max-w-32 tabular-nums"
              inputMode="numeric"
              maxLength={5}
              value={form[level.resolution]}
              onChange={(event) => setTyped({ ...typed, [level.resolution]: event.target.value })}
            />
          )}
        </Field>
      ))}
      {isFaulty ? null : <p className="text-muted">{totalWords(levels, asked)}</p>}
      {deletions.length > 0 ? <Deletions sentences={deletions} /> : null}
      {keep.error ? (
        <p role="alert" className="flex items-start gap-2.5">
          <StateIcon tone="bad" className="mt-[3px]" />
          <span>{errorSentence(keep.error)}</span>
        </p>
      ) : null}
      <div className="flex gap-3">
        <Button type="submit" tone="strong" isBusy={keep.isPending} disabledReason={missing}>
          Keep them so long
        </Button>
        {isChanged ? <Button onClick={() => setTyped({})}>Leave it as it was</Button> : null}
      </div>
      {isAsking ? (
        <ConfirmAct
          act="Keep less and delete the rest"
          sentence={`${deletions.join(' ')} Deleted values do not come back.`}
          isBusy={keep.isPending}
          error={null}
          onConfirm={() => keep.mutate(asked)}
          onClose={() => setIsAsking(false)}
        />
      ) : null}
    </form>
  )
}

function Deletions({ sentences }: { sentences: readonly string[] }) {
  return (
    <div className="flex items-start gap-2.5">
      <StateIcon tone="warn" className="mt-[3px]" />
      <ul className="grid gap-1" aria-label="What is deleted">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}

/** Why nothing can be set; null = it can. */
function missingIn(isFaulty: boolean, isChanged: boolean): string | null {
  if (isFaulty) return 'Some days cannot be kept.'
  return isChanged ? null : 'Nothing is changed.'
}
