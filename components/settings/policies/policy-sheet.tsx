'use client'

import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { SheetActs } from '#components/operation/sheet-acts.tsx'
import { GiveProof } from '#components/proof/give-proof.tsx'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { CheckBox } from '#components/ui/check-box.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import type { ApprovalPolicy, PolicyDraft } from '#domain/approvals/policy.ts'
import { policyText } from '#domain/approvals/policy-text.ts'
import type { FleetRow } from '#domain/fleet/view.ts'
import { ActsField } from './acts-field.tsx'
import { emptyForm, formOf, draftOf, missingIn, type PolicyForm } from './policy-form.ts'

interface PolicySheetProps {
  /** Null = a new one. */
  policy: ApprovalPolicy | null
  clusters: readonly FleetRow[]
  onDone: () => void
  onClose: () => void
}

/** A policy as it is filled in; it is kept by a worker that has checked the proof. */
export function PolicySheet({ policy, clusters, onDone, onClose }: PolicySheetProps) {
  const [form, setForm] = useState<PolicyForm>(policy ? formOf(policy) : emptyForm)
  /** What is to be proven; null = it is filled in still. */
  const [proven, setProven] = useState<PolicyDraft | null>(null)
  const change = (part: Partial<PolicyForm>) => setForm((known) => ({ ...known, ...part }))
  const set = useMutation(
    useTRPC().policies.set.mutationOptions({
      onSuccess: onDone,
      onError: (error) => Object.keys(fieldErrors(error)).length > 0 && setProven(null),
    }),
  )
  const errors = fieldErrors(set.error)
  const missing = missingIn(form)
  const id = policy?.id ?? null
  const act = policy ? 'Change the policy' : 'Add the policy'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing !== null) return
    set.reset()
    setProven(draftOf(form))
  }
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={policy ? `Change the policy ${policy.name}` : 'Add a policy'}
      description="Where several policies govern an act, the strictest of each counts."
      footer={
        <SheetActs form="policy" error={proven ? null : set.error} onClose={onClose} missing={missing} isBusy={false}>
          {act}
        </SheetActs>
      }
    >
      <form id="policy" onSubmit={submit} className="grid gap-6">
        <Field label="Name" error={errors['name']}>
          {(field) => (
            <TextInput {...field} value={form.name} onChange={(event) => change({ name: event.target.value })} />
          )}
        </Field>
        <div className="grid gap-3 md:grid-cols-2">
          <Field label="Clusters">
            {(field) => (
              <Select
                {...field}
                value={form.scope}
                options={scopes}
                onChange={(event) => change({ scope: scopeIn(event.target.value), of: '' })}
              />
            )}
          </Field>
          {form.scope === 'label' ? (
            <Field label="Label" error={errors['scope.label']}>
              {(field) => (
                <TextInput {...field} value={form.of} onChange={(event) => change({ of: event.target.value })} />
              )}
            </Field>
          ) : null}
          {form.scope === 'cluster' ? (
            <Field label="Cluster" error={errors['scope.clusterId']}>
              {(field) => (
                <Select
                  {...field}
                  value={form.of}
                  options={[
                    { value: '', label: 'Choose one' },
                    ...clusters.map(({ clusterId, name }) => ({ value: clusterId, label: name })),
                  ]}
                  onChange={(event) => change({ of: event.target.value })}
                />
              )}
            </Field>
          ) : null}
        </div>
        <ActsField acts={form.acts} onChange={(acts) => change({ acts })} />
        <div className="grid gap-3 md:grid-cols-3">
          <Field label="Approvals">
            {(field) => (
              <Select
                {...field}
                value={String(form.approvals)}
                options={[
                  { value: '1', label: 'One other person' },
                  { value: '2', label: 'Two other persons' },
                ]}
                onChange={(event) => change({ approvals: event.target.value === '2' ? 2 : 1 })}
              />
            )}
          </Field>
          <Field label="Counts for, min" hint="5 to 1440" error={errors['countsForSeconds']}>
            {(field) => (
              <TextInput
                {...field}
                inputMode="numeric"
                value={form.countsForMinutes}
                onChange={(event) => change({ countsForMinutes: event.target.value })}
              />
            )}
          </Field>
          <Field label="Run within, min" hint="1 to 240" error={errors['runWithinSeconds']}>
            {(field) => (
              <TextInput
                {...field}
                inputMode="numeric"
                value={form.runWithinMinutes}
                onChange={(event) => change({ runWithinMinutes: event.target.value })}
              />
            )}
          </Field>
        </div>
        <CheckBox
          label="One person may break the glass"
          hint="Alone, with a reason of 20 characters; everybody is told. Without it nobody acts alone, not even in the night."
          isChecked={form.allowsBreakGlass}
          onChange={(allowsBreakGlass) => change({ allowsBreakGlass })}
        />
      </form>
      {proven ? (
        <Dialog
          isOpen
          onClose={() => setProven(null)}
          title={`${act} ${proven.name}`}
          description="Your own factor, which must be vouched for, proves it. You will not approve what this policy governs."
          footer={<Button onClick={() => setProven(null)}>Leave it</Button>}
        >
          <div className="overflow-y-auto px-5 py-3">
            <GiveProof
              purpose="policy"
              subject={policyText({ kind: 'set', id, draft: proven })}
              act={act}
              isBusy={set.isPending}
              error={set.error}
              onProof={(proof) => set.mutate({ id, draft: proven, proof })}
            />
          </div>
        </Dialog>
      ) : null}
    </Sheet>
  )
}

const scopes = [
  { value: 'all', label: 'All clusters' },
  { value: 'label', label: 'Those with a label' },
  { value: 'cluster', label: 'One cluster' },
]

function scopeIn(value: string): PolicyForm['scope'] {
  return value === 'label' || value === 'cluster' ? value : 'all'
}
