'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { toast } from '#components/ui/toast.tsx'
import type { ClusterConfig, Discovery } from '#domain/cluster.ts'
import { DiscoveryView } from './discovery-view.tsx'
import { draftErrors } from './draft-errors.ts'
import { AdvancedFields, PlainFields } from './draft-fields.tsx'
import { draftOf, emptyForm, formOf, type DraftForm } from './draft-form.ts'

interface ClusterSheetProps {
  /** The cluster to change; null = a new one. */
  known: ClusterConfig | null
  onClose: () => void
}

/** Adds a cluster or changes one: what is typed is looked at first, and nothing is kept that does not answer. */
export function ClusterSheet({ known, onClose }: ClusterSheetProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [form, setForm] = useState<DraftForm>(() => (known ? formOf(known) : emptyForm))
  const [looked, setLooked] = useState<{ discovery: Discovery; at: string } | null>(null)
  const [isAdvanced, setIsAdvanced] = useState(known !== null)

  const draft = draftOf(form, known)
  const where = JSON.stringify({ ...draft, name: '', labels: [] })
  const isFresh = looked !== null && looked.at === where

  const keep = {
    onSuccess: (cluster: ClusterConfig) => {
      void queryClient.invalidateQueries({ queryKey: trpc.clusters.pathKey() })
      toast(known ? `${cluster.name} is changed.` : `${cluster.name} is added. Its first look takes a few seconds.`)
      onClose()
    },
    onError: (error: unknown) => openWhereWrong(fieldErrors(error)),
  }
  const look = useMutation(
    trpc.clusters.discover.mutationOptions({
      onSuccess: (discovery) => {
        setLooked({ discovery, at: where })
        if (form.name.trim() === '' && isName(discovery.scope)) change({ name: discovery.scope })
        if (draftErrors(discovery.errors).isAdvanced) setIsAdvanced(true)
      },
      onError: (error) => openWhereWrong(fieldErrors(error)),
    }),
  )
  const add = useMutation(trpc.clusters.add.mutationOptions(keep))
  const update = useMutation(trpc.clusters.update.mutationOptions(keep))
  const save = known ? update : add
  const isBusy = look.isPending || save.isPending
  const errors = draftErrors([
    ...listed(fieldErrors(save.error)),
    ...listed(fieldErrors(look.error)),
    ...(isFresh ? looked.discovery.errors : []),
  ]).fields
  const missing = whatIsMissing({
    isNew: known === null,
    form,
    looked: isFresh ? looked.discovery : null,
    wasLooked: looked !== null,
  })
  const failure = save.error ?? look.error

  function change(part: Partial<DraftForm>) {
    setForm((last) => ({ ...last, ...part }))
    save.reset()
  }
  function openWhereWrong(fields: Record<string, string>) {
    if (draftErrors(listed(fields)).isAdvanced) setIsAdvanced(true)
  }
  function lookNow() {
    if (isBusy) return
    save.reset()
    // A draft must have a name to be looked at; until it has one, it goes by its address.
    const named = draft.name === '' ? { ...draft, name: hostOf(draft.patroniUrls[0]) } : draft
    look.mutate(known ? { draft: named, name: known.name } : { draft: named })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (isBusy) return
    if (known) update.mutate({ name: known.name, draft })
    else if (missing === null) add.mutate({ draft })
    else lookNow()
  }

  return (
    <Sheet
      isOpen
      onClose={onClose}
      size="wide"
      title={known ? `Change ${known.name}` : 'Add a cluster'}
      description={known ? undefined : 'The console looks at it first. Nothing is kept until it answers.'}
      footer={
        <div className="flex flex-wrap justify-end gap-2 phone:*:flex-1">
          <Button onClick={lookNow} isBusy={look.isPending}>
            {lookWord(look.isPending, looked !== null)}
          </Button>
          <Button type="submit" form="cluster" tone="strong" isBusy={save.isPending} disabledReason={missing}>
            {known ? 'Save the changes' : `Add ${form.name.trim() === '' ? 'the cluster' : form.name.trim()}`}
          </Button>
        </div>
      }
    >
      <form id="cluster" onSubmit={submit} className="grid gap-5" noValidate>
        <PlainFields form={form} onChange={change} errors={errors} known={known?.endpoints ?? null} />
        <details open={isAdvanced} onToggle={(event) => setIsAdvanced(event.currentTarget.open)}>
          <summary className="w-fit rounded-sm text-muted hover:text-text phone:py-3">
            etcd, HAProxy, Postgres, credentials, labels
          </summary>
          <AdvancedFields form={form} onChange={change} errors={errors} known={known?.endpoints ?? null} />
        </details>
        {failure ? (
          <p role="alert" className="flex items-start gap-2.5">
            <StateIcon tone="bad" className="mt-[3px]" />
            <span>{errorSentence(failure)}</span>
          </p>
        ) : null}
        <div aria-live="polite">
          {isFresh ? <DiscoveryView discovery={looked.discovery} /> : null}
          {look.isPending ? (
            <p className="text-muted">Looking at {draft.patroniUrls[0] ?? 'it'}. This takes a few seconds.</p>
          ) : null}
        </div>
      </form>
    </Sheet>
  )
}

interface Given {
  isNew: boolean
  form: DraftForm
  /** What was found for exactly this draft. */
  looked: Discovery | null
  wasLooked: boolean
}

function whatIsMissing({ isNew, form, looked, wasLooked }: Given): string | null {
  if (form.patroniUrls.trim() === '') return 'Give the address of one Patroni member.'
  if (!isNew) return null
  if (!looked) return wasLooked ? 'What is typed has changed: look again.' : 'Find its members first.'
  if (looked.errors[0]) return looked.errors[0].sentence
  return form.name.trim() === '' ? 'Give it a name.' : null
}

function lookWord(isLooking: boolean, wasLooked: boolean): string {
  if (isLooking) return 'Looking'
  return wasLooked ? 'Look again' : 'Find its members'
}

function isName(scope: string | null): scope is string {
  return scope !== null && /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/u.test(scope)
}

function hostOf(url: string | undefined): string {
  const host = url !== undefined && URL.canParse(url) ? new URL(url).hostname.replaceAll(/[^A-Za-z0-9._-]/gu, '') : ''
  return isName(host) ? host : 'unnamed'
}

function listed(fields: Record<string, string>): { field: string; sentence: string }[] {
  return Object.entries(fields).map(([field, sentence]) => ({ field, sentence }))
}
