'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '#components/session/session-context.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { QueryProblem } from '#components/trpc/query-problem.tsx'
import { Button } from '#components/ui/button.tsx'
import { Card } from '#components/ui/card.tsx'
import { Field } from '#components/ui/field.tsx'
import { Table, Td, Th } from '#components/ui/table.tsx'
import { Textarea, TextInput } from '#components/ui/text-input.tsx'
import { toast } from '#components/ui/toast.tsx'
import { readTarget } from '#domain/availability/target.ts'
import { targetWords } from '#domain/availability/words.ts'
import { reasonFault } from '#domain/reason.ts'
import { CreateDialog } from '../create-dialog.tsx'

/** What the availability of each cluster is held to. */
export function TargetCard() {
  const list = useQuery(useTRPC().availability.targets.queryOptions())
  const may = useMay('clusters.manage')
  const [changed, setChanged] = useState<{ cluster: string; target: number } | null>(null)
  return (
    <Card title="Targets of availability">
      <QueryProblem query={list} />
      {list.data?.length === 0 ? (
        <p className="text-muted">Each cluster has one, 99.9 % unless you set another.</p>
      ) : null}
      {list.data && list.data.length > 0 ? (
        <Table aria-label="Targets of availability">
          <thead>
            <tr>
              <Th>Cluster</Th>
              <Th>Target</Th>
              <Th>
                <span className="sr-only">Acts</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {list.data.map((one) => (
              <tr key={one.cluster}>
                <Td className="py-1.5 font-medium break-words">{one.cluster}</Td>
                <Td className="tabular-nums">{targetWords(one.target)}</Td>
                <Td align="right" className="py-1">
                  {may ? (
                    <Button
                      tone="quiet"
                      size="small"
                      aria-label={`Change the target of ${one.cluster}`}
                      onClick={() => setChanged(one)}
                    >
                      Change
                    </Button>
                  ) : null}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      ) : null}
      {changed ? <ChangeTarget key={changed.cluster} {...changed} onClose={() => setChanged(null)} /> : null}
    </Card>
  )
}

function ChangeTarget({ cluster, target, onClose }: { cluster: string; target: number; onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [typed, setTyped] = useState(targetWords(target).replace(' %', ''))
  const [reason, setReason] = useState('')
  const set = useMutation(
    trpc.availability.setTarget.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries({ queryKey: trpc.availability.pathKey() })
        toast(`The target of ${cluster} is set.`)
        onClose()
      },
    }),
  )
  const read = readTarget(typed)
  const errors = fieldErrors(set.error)
  const fault = read === null ? 'Write percent between 50 and 99.999, such as 99.9.' : null
  return (
    <CreateDialog
      id="change-target"
      title={`Target of ${cluster}`}
      description="The share of the time in which it is to take writes. Planned work and what was not seen do not count."
      act="Set the target"
      missing={fault ?? reasonFault(reason)}
      isBusy={set.isPending}
      error={set.error}
      onSubmit={() => {
        if (read !== null) set.mutate({ cluster, target: read, reason })
      }}
      onClose={onClose}
    >
      <Field label="Percent" error={fault ?? errors['target']}>
        {(field) => (
          <TextInput {...field} inputMode="decimal" value={typed} onChange={(event) => setTyped(event.target.value)} />
        )}
      </Field>
      <Field label="Reason" hint="The audit log keeps it." error={errors['reason']}>
        {(field) => <Textarea {...field} rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />}
      </Field>
    </CreateDialog>
  )
}
