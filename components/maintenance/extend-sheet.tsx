'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { CreateDialog } from '#components/settings/create-dialog.tsx'
import { useNow } from '#components/time/clock-provider.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { Textarea } from '#components/ui/text-input.tsx'
import { toast } from '#components/ui/toast.tsx'
import { formatInstant } from '#domain/format.ts'
import { extendFault } from '#domain/maintenance/window-faults.ts'
import { overWords, type MaintenanceWindow } from '#domain/maintenance/window.ts'
import { reasonFault } from '#domain/reason.ts'
import { windowLengths } from './window-lengths.ts'

/** Gives planned work a later end. */
export function ExtendSheet({ window, onClose }: { window: MaintenanceWindow; onClose: () => void }) {
  const now = useNow()
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [length, setLength] = useState('3600')
  const [reason, setReason] = useState('')
  const extend = useMutation(
    trpc.maintenance.extend.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.maintenance.pathKey() })
        toast('The maintenance is extended.')
        onClose()
      },
    }),
  )
  const endsAt = new Date(window.endsAt.getTime() + Number(length) * 1000)
  const errors = fieldErrors(extend.error)
  const fault = extendFault(window, endsAt, now)?.sentence ?? null
  return (
    <CreateDialog
      id="extend-maintenance"
      title={`Extend maintenance on ${overWords(window)}`}
      description={`It ends at ${formatInstant(window.endsAt)} as it is.`}
      act="Extend"
      missing={fault ?? reasonFault(reason)}
      isBusy={extend.isPending}
      error={extend.error}
      onSubmit={() => extend.mutate({ id: window.id, endsAt, reason })}
      onClose={onClose}
    >
      <Field label="By" hint={`Until ${formatInstant(endsAt)}`} error={fault ?? errors['endsAt']}>
        {(field) => (
          <Select
            {...field}
            value={length}
            onChange={(event) => setLength(event.target.value)}
            options={windowLengths.filter(({ value }) => value !== '604800')}
          />
        )}
      </Field>
      <Field label="Reason" hint="The audit log keeps it." error={errors['reason']}>
        {(field) => <Textarea {...field} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </CreateDialog>
  )
}
