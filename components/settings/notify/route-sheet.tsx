'use client'

import { useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { routeSentence } from '#domain/alerts/notify/route.ts'
import type { ShownChannel } from './channel-table.tsx'
import { HoursFields } from './hours-fields.tsx'
import { officeHours, type RouteDraft } from './route-form.ts'
import { StepFields } from './step-fields.tsx'

interface RouteSheetProps {
  begun: RouteDraft
  isNew: boolean
  channels: readonly ShownChannel[]
  isBusy: boolean
  error: unknown
  onSave: (route: RouteDraft) => void
  onClose: () => void
}

/** One route: which alerts, when, and who is told one after the other. */
export function RouteSheet({ begun, isNew, channels, isBusy, error, onSave, onClose }: RouteSheetProps) {
  const clusters = useQuery(useTRPC().clusters.list.queryOptions())
  const [route, setRoute] = useState(begun)
  const change = (part: Partial<RouteDraft>) => setRoute((last) => ({ ...last, ...part }))
  const missing = route.steps.some(({ channelIds }) => channelIds.length === 0)
    ? 'Choose a channel in each step.'
    : null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing === null && !isBusy) onSave(route)
  }
  const names = new Map(channels.map(({ id, name }) => [id, name]))
  const told = { ...route, id: '', cluster: route.cluster === null ? null : { id: '', name: route.cluster } }
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={isNew ? 'Add a route' : 'Change a route'}
      description={missing === null ? routeSentence(told, (id) => names.get(id) ?? 'nobody') : undefined}
      footer={
        <div className="flex flex-wrap justify-end gap-2 phone:*:flex-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="route" tone="strong" disabledReason={missing} isBusy={isBusy}>
            {isNew ? 'Add the route' : 'Save the route'}
          </Button>
        </div>
      }
    >
      <form id="route" onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Alerts">
          {(field) => (
            <Select
              {...field}
              value={route.severity}
              onChange={(event) =>
                change({ severity: severities.find(({ value }) => value === event.target.value)?.value ?? 'critical' })
              }
              options={severities}
            />
          )}
        </Field>
        <Field label="Cluster">
          {(field) => (
            <Select
              {...field}
              value={route.cluster ?? ''}
              onChange={(event) => change({ cluster: event.target.value || null })}
              options={[
                { value: '', label: 'any' },
                ...(clusters.data ?? []).map(({ name }) => ({ value: name, label: name })),
              ]}
            />
          )}
        </Field>
        <Field label="Label" hint="Only clusters that have it." isOptional>
          {(field) => (
            <TextInput
              {...field}
              maxLength={100}
              value={route.label ?? ''}
              onChange={(event) => change({ label: event.target.value.trim() || null })}
            />
          )}
        </Field>
        <CheckBox
          label="Only at certain hours"
          isChecked={route.hours !== null}
          onChange={(isOn) => change({ hours: isOn ? officeHours() : null })}
        />
        {route.hours ? <HoursFields hours={route.hours} onChange={(hours) => change({ hours })} /> : null}
        <StepFields steps={route.steps} channels={channels} onChange={(steps) => change({ steps })} />
        <Field label="Again" hint="While it fires and nobody has acknowledged it. PagerDuty is told once.">
          {(field) => (
            <Select
              {...field}
              value={String(route.repeatMinutes ?? '')}
              onChange={(event) => change({ repeatMinutes: Number(event.target.value) || null })}
              options={repeats}
            />
          )}
        </Field>
        <CheckBox
          label="Look at the routes below too"
          isChecked={route.goesOn}
          onChange={(goesOn) => change({ goesOn })}
        />
        {error ? (
          <p role="alert" className="flex items-start gap-2.5">
            <StateIcon tone="bad" className="mt-[3px]" />
            <span>{errorSentence(error)}</span>
          </p>
        ) : null}
      </form>
    </Sheet>
  )
}

const severities = [
  { value: 'critical', label: 'critical' },
  { value: 'warning', label: 'critical and warnings' },
  { value: 'info', label: 'all, notes too' },
] as const

const repeats = [
  { value: '', label: 'never' },
  { value: '60', label: 'every hour' },
  { value: '240', label: 'every 4 hours' },
  { value: '1440', label: 'every day' },
]
