'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { ReasonField } from '#components/operation/reason-field.tsx'
import { SheetActs } from '#components/operation/sheet-acts.tsx'
import { Age } from '#components/time/age.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { toast } from '#components/ui/toast.tsx'
import { reasonFault } from '#domain/reason.ts'
import type { RouterOutputs } from '#server/api/root.ts'
import { conditionWords } from './condition-words.ts'
import { RuleFields } from './rule-fields.tsx'
import { formOf, readForm, type RuleBody } from './rule-form.ts'
import { RuleTrial } from './rule-trial.tsx'

interface RuleSheetProps {
  cluster: string
  shown: RouterOutputs['alerts']['rules'][number]
  mayChange: boolean
  onClose: () => void
}

/** A rule of one cluster: what it asks, what it would have done within a week, and for who may, other values. */
export function RuleSheet({ cluster, shown, mayChange, onClose }: RuleSheetProps) {
  const { rule, override, setBy, setAt, untriable } = shown
  const [form, setForm] = useState(() => formOf(rule, override))
  const [reason, setReason] = useState('')
  const { body, faults } = readForm(rule, form)
  const save = useSaveRule(cluster, onClose)
  const [fault] = Object.values(faults)
  const isSame =
    fault === undefined && JSON.stringify(body) === JSON.stringify(readForm(rule, formOf(rule, override)).body)
  const missing = fault ?? (isSame ? 'Nothing is otherwise than it is set now.' : null) ?? reasonFault(reason)
  const set = (to: RuleBody) => save.mutate({ cluster, rule: rule.id, ...to, reason })
  const confirm = (event: FormEvent) => {
    event.preventDefault()
    if (missing === null && !save.isPending) set(body)
  }
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={rule.title}
      description={conditionWords(rule, override)}
      footer={
        mayChange ? (
          <SheetActs form="rule" error={save.error} onClose={onClose} missing={missing} isBusy={save.isPending}>
            Save
          </SheetActs>
        ) : undefined
      }
    >
      <form id="rule" onSubmit={confirm} className="grid gap-6">
        {setBy === null || setAt === null ? null : (
          <p className="text-muted">
            Set otherwise by {setBy} <Age at={setAt} after=" ago" />.
          </p>
        )}
        {mayChange ? <RuleFields rule={rule} form={form} faults={faults} onForm={setForm} /> : null}
        <RuleTrial cluster={cluster} rule={rule.id} body={fault === undefined ? body : null} untriable={untriable} />
        {mayChange ? (
          <ReasonField reason={reason} onReason={setReason} error={fieldErrors(save.error)['reason']} />
        ) : null}
        {mayChange && override !== null ? (
          <Button
            className="justify-self-start"
            disabledReason={reasonFault(reason)}
            isBusy={save.isPending}
            onClick={() => set({})}
          >
            Reset to how it comes
          </Button>
        ) : null}
        <details>
          <summary className="w-fit rounded-sm text-muted hover:text-text phone:py-2.5">What it asks</summary>
          <p className="pt-2 font-mono text-sm break-words">{rule.expression}</p>
        </details>
      </form>
    </Sheet>
  )
}

function useSaveRule(cluster: string, onClose: () => void) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  return useMutation(
    trpc.alerts.setRule.mutationOptions({
      onSuccess: (rules) => {
        queryClient.setQueryData(trpc.alerts.rules.queryKey({ cluster }), rules)
        toast('Saved. It holds from the next look on.')
        onClose()
      },
    }),
  )
}
