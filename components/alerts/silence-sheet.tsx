'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ReasonField } from '#components/operation/reason-field.tsx'
import { SheetActs } from '#components/operation/sheet-acts.tsx'
import { parseLocal } from '#components/operation/when-field.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { useZone } from '#components/time/zone.ts'
import { useTRPC, useTRPCClient } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { toast } from '#components/ui/toast.tsx'
import { formatInstant } from '#domain/format.ts'
import { reasonFault } from '#domain/reason.ts'
import type { SilenceAim } from './silence-aims.ts'
import { silenceEnd, silenceLengths } from './silence-until.ts'

interface SilenceSheetProps {
  /** What may be silenced, the narrowest first; never empty. */
  aims: readonly SilenceAim[]
  /** What it is about. */
  about: string
  isOpen: boolean
  onClose: () => void
}

/** Holds back what is told, of how much, until when and why. */
export function SilenceSheet({ aims, about, isOpen, onClose }: SilenceSheetProps) {
  const now = useNow()
  const zone = useZone()
  const [chosen, setChosen] = useState(aims[0]?.value ?? '')
  const [length, setLength] = useState<string>('3600')
  const [moment, setMoment] = useState('')
  const [reason, setReason] = useState('')
  const silence = useSilence(onClose)
  const aim = aims.find(({ value }) => value === chosen) ?? aims[0]
  const { endsAt, fault } = silenceEnd(length, parseLocal(moment), now)
  const missing = fault ?? (endsAt === null ? 'Choose until when.' : null) ?? reasonFault(reason)
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (missing !== null || silence.isPending || endsAt === null || !aim) return
    silence.mutate(aim.silences.map((each) => ({ ...each, endsAt, reason })))
  }
  const errors = fieldErrors(silence.error)
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title="Silence"
      description={about}
      footer={
        <SheetActs form="silence" error={silence.error} onClose={onClose} missing={missing} isBusy={silence.isPending}>
          Silence
        </SheetActs>
      }
    >
      <form id="silence" onSubmit={confirm} className="grid gap-5">
        <Field label="What" hint={aim?.sentence}>
          {(field) => (
            <Select {...field} value={aim?.value} onChange={(event) => setChosen(event.target.value)} options={aims} />
          )}
        </Field>
        <Field label="For how long" hint={endsAt && `Until ${formatInstant(endsAt)}`}>
          {(field) => (
            <Select
              {...field}
              value={length}
              onChange={(event) => setLength(event.target.value)}
              options={silenceLengths}
            />
          )}
        </Field>
        {length === '' ? (
          <Field label={`Until when, in ${zone}`} error={fault ?? errors['endsAt']}>
            {(field) => (
              <TextInput
                {...field}
                type="datetime-local"
                value={moment}
                onChange={(event) => setMoment(event.target.value)}
                className="max-w-64"
              />
            )}
          </Field>
        ) : null}
        <ReasonField reason={reason} onReason={setReason} error={errors['reason']} />
      </form>
    </Sheet>
  )
}

/** Makes silences one after the other; what was made before one fails stays, and is listed. */
function useSilence(onClose: () => void) {
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (silences: readonly Parameters<typeof client.silences.create.mutate>[0][]) => {
      for (const silence of silences) await client.silences.create.mutate(silence)
    },
    onSuccess: () => {
      toast('Silenced.')
      onClose()
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: trpc.alerts.pathKey() }),
  })
}
