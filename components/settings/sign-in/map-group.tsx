'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { fieldErrors } from '#components/trpc/error-sentence.ts'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { toast } from '#components/ui/toast.tsx'
import { CreateDialog } from '../create-dialog.tsx'
import { RoleField } from '../role-field.tsx'
import { isRole } from '../role-words.ts'

/** Gives a right to a group: everywhere, on one cluster, or on those with a label. */
export function MapGroup({ onClose }: { onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const clusters = useQuery(trpc.clusters.list.queryOptions())
  const [group, setGroup] = useState('')
  const [role, setRole] = useState('viewer')
  const [kind, setKind] = useState('all')
  const [cluster, setCluster] = useState('')
  const [label, setLabel] = useState('')
  const map = useMutation(
    trpc.identities.mapGroup.mutationOptions({
      onSuccess: (made) => {
        toast(`${made.group} gives the role ${made.role} from the next sign-in on.`)
        void queryClient.invalidateQueries({ queryKey: trpc.identities.pathKey() })
        onClose()
      },
    }),
  )
  const errors = fieldErrors(map.error)
  const scope = scopeOf(kind, cluster, label.trim())
  const missing = group.trim() === '' ? 'Name the group.' : whereMissing(scope)
  const submit = () => {
    if (isRole(role) && scope) map.mutate({ group, role, scope })
  }
  return (
    <CreateDialog
      id="map-group"
      title="Map a group"
      description="Whoever is in it has the role from their next sign-in on."
      act="Map the group"
      missing={missing}
      isBusy={map.isPending}
      error={map.error}
      onSubmit={submit}
      onClose={onClose}
    >
      <Field label="Group" hint="Letter by letter as the provider tells it." error={errors['group']}>
        {(field) => (
          <TextInput
            {...field}
            maxLength={200}
            autoCapitalize="off"
            spellCheck={false}
            value={group}
            onChange={(event) => setGroup(event.target.value)}
          />
        )}
      </Field>
      <RoleField role={role} error={errors['role']} onChange={setRole} />
      <Field label="Where">
        {(field) => (
          <Select {...field} value={kind} onChange={(event) => setKind(event.target.value)} options={places} />
        )}
      </Field>
      {kind === 'cluster' ? (
        <Field label="Cluster" error={errors['scope.cluster']}>
          {(field) => (
            <Select
              {...field}
              value={cluster}
              onChange={(event) => setCluster(event.target.value)}
              options={[
                { value: '', label: 'choose' },
                ...(clusters.data ?? []).map(({ name }) => ({ value: name, label: name })),
              ]}
            />
          )}
        </Field>
      ) : null}
      {kind === 'label' ? (
        <Field label="Label" error={errors['scope.label']}>
          {(field) => (
            <TextInput {...field} maxLength={100} value={label} onChange={(event) => setLabel(event.target.value)} />
          )}
        </Field>
      ) : null}
    </CreateDialog>
  )
}

const places = [
  { value: 'all', label: 'everywhere' },
  { value: 'cluster', label: 'on one cluster' },
  { value: 'label', label: 'on clusters with a label' },
]

function scopeOf(kind: string, cluster: string, label: string) {
  if (kind === 'cluster') return cluster === '' ? null : ({ kind, cluster } as const)
  if (kind === 'label') return label === '' ? null : ({ kind, label } as const)
  return { kind: 'all' } as const
}

function whereMissing(scope: object | null): string | null {
  return scope === null ? 'Say where.' : null
}
