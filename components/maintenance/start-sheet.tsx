'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ReasonField } from '#components/operation/reason-field.tsx'
import { SheetActs } from '#components/operation/sheet-acts.tsx'
import { parseLocal, WhenField } from '#components/operation/when-field.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { toast } from '#components/ui/toast.tsx'
import { formatInstant } from '#domain/format.ts'
import { reasonFault } from '#domain/reason.ts'
import { overChoices } from './over-choices.ts'
import { windowLengths } from './window-lengths.ts'

interface StartSheetProps {
  /** Name of the cluster that it is opened for; anything else = none. */
  over: string
  isOpen: boolean
  onClose: () => void
}

/** Begins planned work: over what, when, how long, and why. */
export function StartSheet({ over, isOpen, onClose }: StartSheetProps) {
  const now = useNow()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { data: rows = [] } = useQuery(trpc.clusters.list.queryOptions())
  const choices = overChoices(rows)
  const [chosen, setChosen] = useState(`cluster ${over}`)
  const [isLater, setIsLater] = useState(false)
  const [moment, setMoment] = useState('')
  const [length, setLength] = useState('7200')
  const [isOwn, setIsOwn] = useState(false)
  const [reason, setReason] = useState('')
  const start = useMutation(
    trpc.maintenance.start.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.maintenance.pathKey() })
        void queryClient.invalidateQueries({ queryKey: trpc.alerts.pathKey() })
        toast(isLater ? 'The maintenance is planned.' : 'The maintenance has begun.')
        onClose()
      },
    }),
  )
  const choice = choices.find(({ value }) => value === chosen) ?? choices[0]
  const startsAt = isLater ? parseLocal(moment) : now
  const endsAt = startsAt && new Date(startsAt.getTime() + Number(length) * 1000)
  const missing =
    (choice ? null : 'There is no cluster to maintain.') ??
    (startsAt === null ? 'Choose when it begins.' : null) ??
    reasonFault(reason)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing !== null || start.isPending || !choice || !endsAt) return
    const begins = isLater && startsAt ? { startsAt } : {}
    start.mutate({ ...choice.over, ...begins, endsAt, forbids: isOwn ? 'acts-of-others' : 'nothing', reason })
  }
  const errors = fieldErrors(start.error)
  return (
    <Sheet
      isOpen={isOpen}
      onClose={onClose}
      title="Begin maintenance"
      description="Nobody is told of alerts until its end. You own it, and are told before it ends."
      footer={
        <SheetActs
          form="maintenance"
          error={Object.keys(errors).length === 0 ? start.error : null}
          onClose={onClose}
          missing={missing}
          isBusy={start.isPending}
        >
          Begin maintenance
        </SheetActs>
      }
    >
      <form id="maintenance" onSubmit={submit} className="grid gap-5">
        <Field label="On what" error={errors['cluster'] ?? errors['label']}>
          {(field) => (
            <Select
              {...field}
              value={choice?.value ?? ''}
              onChange={(event) => setChosen(event.target.value)}
              options={choices}
            />
          )}
        </Field>
        <WhenField
          isLater={isLater}
          onLater={setIsLater}
          value={moment}
          onChange={setMoment}
          error={errors['startsAt'] ?? null}
        />
        <Field label="For how long" hint={endsAt && `Until ${formatInstant(endsAt)}`} error={errors['endsAt']}>
          {(field) => (
            <Select
              {...field}
              value={length}
              onChange={(event) => setLength(event.target.value)}
              options={windowLengths}
            />
          )}
        </Field>
        <CheckBox
          label="Only I switch over or recover meanwhile"
          hint="Others are refused until the window ends. Backups and failovers by Patroni itself go on."
          isChecked={isOwn}
          onChange={setIsOwn}
        />
        <ReasonField reason={reason} onReason={setReason} error={errors['reason']} />
      </form>
    </Sheet>
  )
}
