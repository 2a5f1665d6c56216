'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useTRPC } from '#components/trpc/context.ts'
import { errorSentence, fieldErrors } from '#components/trpc/error-sentence.ts'
import { Button } from '#components/ui/button.tsx'
import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { Sheet } from '#components/ui/sheet.tsx'
import { StateIcon } from '#components/ui/state-mark.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import { toast } from '#components/ui/toast.tsx'
import { channelWords, sendsResolvedAtFirst, type Channel, type ChannelKind } from '#domain/alerts/notify/channel.ts'
import { ChannelFields } from './channel-fields.tsx'
import { formOf, secretWords, settingsOf, type ChannelForm } from './channel-form.ts'
import { PausedBox } from './paused-box.tsx'

/** Adds a channel or changes one; its secret is typed and never shown again. */
export function ChannelSheet({ known, onClose }: { known: Channel | null; onClose: () => void }) {
  const trpc = useTRPC()
  const queryClient = useQueryClient()
  const [form, setForm] = useState<ChannelForm>(() => formOf(known))
  const keep = {
    onSuccess: ({ name }: { name: string }) => {
      void queryClient.invalidateQueries({ queryKey: trpc.notifications.pathKey() })
      toast(known ? `${name} is changed.` : `${name} is added. A test shows whether it arrives.`)
      onClose()
    },
  }
  const add = useMutation(trpc.notifications.addChannel.mutationOptions(keep))
  const update = useMutation(trpc.notifications.changeChannel.mutationOptions(keep))
  const error = add.error ?? update.error
  const errors = fieldErrors(error)
  const missing = form.name.trim() === '' ? 'Give it a name.' : null
  const change = (part: Partial<ChannelForm>) => setForm((last) => ({ ...last, ...part }))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (missing !== null || add.isPending || update.isPending) return
    const { name, sendsResolved, isPaused, secret } = form
    const draft = { name, settings: settingsOf(form), sendsResolved, isPaused, ...(secret !== '' && { secret }) }
    if (known) update.mutate({ channel: known.id, draft })
    else add.mutate(draft)
  }
  const words = secretWords[form.kind]
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={known ? `Change ${known.name}` : 'Add a channel'}
      footer={
        <div className="flex flex-wrap justify-end gap-2 phone:*:flex-1">
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="channel"
            tone="strong"
            disabledReason={missing}
            isBusy={add.isPending || update.isPending}
          >
            {known ? 'Save the changes' : 'Add the channel'}
          </Button>
        </div>
      }
    >
      <form id="channel" onSubmit={submit} noValidate className="grid gap-4">
        <Field label="Name" hint="As routes and the log call it, such as on-call." error={errors['name']}>
          {(field) => (
            <TextInput
              {...field}
              maxLength={100}
              value={form.name}
              onChange={(event) => change({ name: event.target.value })}
            />
          )}
        </Field>
        {known ? null : (
          <Field label="Kind">
            {(field) => (
              <Select
                {...field}
                value={form.kind}
                onChange={(event) => {
                  const kind = kinds.find((one) => one === event.target.value) ?? 'webhook'
                  change({ kind, sendsResolved: sendsResolvedAtFirst(kind) })
                }}
                options={kinds.map((kind) => ({ value: kind, label: channelWords[kind] }))}
              />
            )}
          </Field>
        )}
        <ChannelFields form={form} errors={errors} onChange={change} />
        <Field
          label={words.label}
          hint={known?.hasSecret ? `${words.hint} What is kept stays, unless you type another.` : words.hint}
          error={errors['secret']}
        >
          {(field) => (
            <TextInput
              {...field}
              isMono
              type="password"
              autoComplete="new-password"
              value={form.secret}
              onChange={(event) => change({ secret: event.target.value })}
            />
          )}
        </Field>
        {form.kind === 'heartbeat' ? null : (
          <CheckBox
            label="Tell the end too"
            hint="A message follows when an alert is over, with how long it went on."
            isChecked={form.sendsResolved}
            onChange={(sendsResolved) => change({ sendsResolved })}
          />
        )}
        <PausedBox known={known} isPaused={form.isPaused} onChange={(isPaused) => change({ isPaused })} />
        {error && Object.keys(errors).length === 0 ? (
          <p role="alert" className="flex items-start gap-2.5">
            <StateIcon tone="bad" className="mt-[3px]" />
            <span>{errorSentence(error)}</span>
          </p>
        ) : null}
      </form>
    </Sheet>
  )
}

const kinds: readonly ChannelKind[] = ['webhook', 'slack', 'pagerduty', 'email', 'heartbeat']
