'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import type { ShareKind, ShareLink } from '#domain/people/share-link.ts'
import { CreateDialog } from '../create-dialog.tsx'

interface CreateShareProps {
  onCreated: (made: { share: ShareLink; path: string }) => void
  onClose: () => void
}

/** Makes a link: of what kind, for what, of which clusters, how long. */
export function CreateShare({ onCreated, onClose }: CreateShareProps) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const { data: rows = [] } = useQuery(trpc.clusters.list.queryOptions())
  const [kind, setKind] = useState<ShareKind>('page')
  const [title, setTitle] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [days, setDays] = useState('30')
  const create = useMutation(
    trpc.shares.create.mutationOptions({
      onSuccess: (made) => {
        void queryClient.invalidateQueries({ queryKey: trpc.shares.pathKey() })
        onCreated(made)
      },
    }),
  )
  const errors = fieldErrors(create.error)
  const missing =
    (title.trim() === '' ? 'Give it a title.' : null) ?? (chosen.length === 0 ? 'Choose what it shows.' : null)
  const choose = (name: string, isChosen: boolean) => {
    const others = kind === 'badge' ? [] : chosen.filter((other) => other !== name)
    setChosen(isChosen ? [...others, name] : others)
  }
  return (
    <CreateDialog
      id="create-share"
      title="Make a link for watchers"
      description="It is shown once. Whoever has it needs no account."
      act="Make the link"
      missing={missing}
      isBusy={create.isPending}
      error={create.error}
      onSubmit={() => create.mutate({ kind, title, clusters: [...chosen], expiresInDays: Number(days) })}
      onClose={onClose}
    >
      <Field label="What">
        {(field) => (
          <Select
            {...field}
            value={kind}
            onChange={(event) => {
              setKind(event.target.value === 'badge' ? 'badge' : 'page')
              setDays('30')
              setChosen(chosen.slice(0, 1))
            }}
            options={kinds}
          />
        )}
      </Field>
      <Field
        label={kind === 'page' ? 'Title' : 'Label'}
        hint={kind === 'page' ? 'What watchers read at the top.' : 'What stands at the left of the badge.'}
        error={errors['title']}
      >
        {(field) => (
          <TextInput {...field} maxLength={60} value={title} onChange={(event) => setTitle(event.target.value)} />
        )}
      </Field>
      <fieldset className="grid gap-1.5">
        <legend className="pb-1.5 font-medium">Clusters</legend>
        {rows.map(({ name }) => (
          <CheckBox
            key={name}
            label={name}
            isChecked={chosen.includes(name)}
            onChange={(isChosen) => choose(name, isChosen)}
          />
        ))}
        {errors['clusters'] ? <p className="text-sm text-bad">{errors['clusters']}</p> : null}
      </fieldset>
      <Field label="Valid for" error={errors['expiresInDays']}>
        {(field) => (
          <Select {...field} value={days} onChange={(event) => setDays(event.target.value)} options={lengths[kind]} />
        )}
      </Field>
    </CreateDialog>
  )
}

const kinds = [
  { value: 'page', label: 'A page' },
  { value: 'badge', label: 'A badge to embed' },
]

const lengths = {
  page: [
    { value: '1', label: '1 day' },
    { value: '7', label: '7 days' },
    { value: '30', label: '30 days' },
  ],
  badge: [
    { value: '30', label: '30 days' },
    { value: '90', label: '90 days' },
    { value: '365', label: '1 year' },
  ],
} as const
