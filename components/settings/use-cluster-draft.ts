'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { toast } from '#components/ui/toast.tsx'
import type { ClusterConfig, Discovery } from '#domain/fleet/cluster.ts'
import { draftErrors, type DraftErrors } from './draft-errors.ts'
import { draftOf, emptyForm, formOf, type DraftForm } from './draft-form.ts'

/** A cluster being added or changed: what is typed, what was found for it, and the way on. */
export interface ClusterDraftModel {
  form: DraftForm
  change: (part: Partial<DraftForm>) => void
  errors: DraftErrors['fields']
  /** Why the last try came to nothing. */
  failure: string | null
  /** What was found for exactly what is typed now. */
  discovery: Discovery | null
  wasLooked: boolean
  isLooking: boolean
  isSaving: boolean
  look: () => void
  save: () => void
  /** Why it cannot be kept yet; null = it can. */
  missing: string | null
  isAdvanced: boolean
  setIsAdvanced: (isAdvanced: boolean) => void
  /** Grows whenever something turned out to be wrong. */
  wrongTurn: number
}

/** `known` = the cluster to change, null = a new one; `onKept` is called when it is kept. */
export function useClusterDraft(known: ClusterConfig | null, onKept: () => void): ClusterDraftModel {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [form, setForm] = useState<DraftForm>(() => (known ? formOf(known) : emptyForm))
  const [looked, setLooked] = useState<{ discovery: Discovery; at: string } | null>(null)
  const [isAdvanced, setIsAdvanced] = useState(known !== null)
  const [wrongTurn, setWrongTurn] = useState(0)

  const draft = draftOf(form, known)
  // Name and labels are told to nobody: changing them does not make a look old.
  const where = JSON.stringify({ ...draft, name: '', labels: [] })
  const discovery = looked?.at === where ? looked.discovery : null

  const showWrong = (told: readonly FieldTold[]) => {
    if (draftErrors(told).isAdvanced) setIsAdvanced(true)
    setWrongTurn((turn) => turn + 1)
  }
  const keep = {
    onSuccess: (cluster: ClusterConfig) => {
      void queryClient.invalidateQueries({ queryKey: trpc.clusters.pathKey() })
      toast(known ? `${cluster.name} is changed.` : `${cluster.name} is added. Its first look takes a few seconds.`)
      onKept()
    },
    onError: (error: unknown) => showWrong(listed(error)),
  }
  const look = useMutation(
    trpc.clusters.discover.mutationOptions({
      onSuccess: (found) => {
        setLooked({ discovery: found, at: where })
        const { scope } = found
        if (isName(scope)) setForm((last) => (last.name.trim() === '' ? { ...last, name: scope } : last))
        if (found.errors.length > 0) showWrong(found.errors)
      },
      onError: (error) => showWrong(listed(error)),
    }),
  )
  const add = useMutation(trpc.clusters.add.mutationOptions(keep))
  const update = useMutation(trpc.clusters.update.mutationOptions(keep))
  const saving = known ? update : add
  const isBusy = look.isPending || saving.isPending
  const { fields: errors } = draftErrors([...listed(saving.error), ...listed(look.error), ...(discovery?.errors ?? [])])
  const error = saving.error ?? look.error
  const isMarked = Object.keys(errors).length > 0

  return {
    form,
    change: (part) => {
      setForm((last) => ({ ...last, ...part }))
      saving.reset()
      if (look.isError) look.reset()
    },
    errors,
    failure: error && (isMarked ? 'Not accepted: see what is marked.' : errorSentence(error)),
    discovery,
    wasLooked: looked !== null,
    isLooking: look.isPending,
    isSaving: saving.isPending,
    look: () => {
      if (isBusy) return
      saving.reset()
      // A draft must have a name to be looked at; until it has one, it goes by its address.
      const named = draft.name === '' ? { ...draft, name: hostOf(draft.patroniUrls[0]) } : draft
      look.mutate(known ? { draft: named, name: known.name } : { draft: named })
    },
    save: () => {
      if (isBusy) return
      if (known) update.mutate({ name: known.name, draft })
      else add.mutate({ draft })
    },
    missing: whatIsMissing({ isNew: known === null, form, discovery, wasLooked: looked !== null }),
    isAdvanced,
    setIsAdvanced,
    wrongTurn,
  }
}

interface FieldTold {
  field: string
  sentence: string
}

interface Given {
  isNew: boolean
  form: DraftForm
  discovery: Discovery | null
  wasLooked: boolean
}

function whatIsMissing({ isNew, form, discovery, wasLooked }: Given): string | null {
  if (form.patroniUrls.trim() === '') return 'Give the address of one Patroni member.'
  // A change is looked at when it is saved.
  if (!isNew) return null
  if (!discovery) return wasLooked ? 'What is typed has changed: look again.' : 'Find its members first.'
  if (discovery.errors[0]) return discovery.errors[0].sentence
  return form.name.trim() === '' ? 'Give it a name.' : null
}

function isName(scope: string | null): scope is string {
  return scope !== null && /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/u.test(scope)
}

function hostOf(url: string | undefined): string {
  const host = url !== undefined && URL.canParse(url) ? new URL(url).hostname.replaceAll(/[^A-Za-z0-9._-]/gu, '') : ''
  return isName(host) ? host : 'unnamed'
}

function listed(error: unknown): FieldTold[] {
  return Object.entries(fieldErrors(error)).map(([field, sentence]) => ({ field, sentence }))
}
