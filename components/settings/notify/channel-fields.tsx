import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { Select } from '#components/ui/select.tsx'
import { Textarea, TextInput } from '#components/ui/text-input.tsx'
import { pagerDutyUrl } from '#domain/alerts/notify/channel.ts'
import type { ChannelForm } from './channel-form.ts'

interface ChannelFieldsProps {
  form: ChannelForm
  errors: Record<string, string>
  onChange: (part: Partial<ChannelForm>) => void
}

type TextName = 'url' | 'user' | 'host' | 'port' | 'from' | 'to' | 'zone'

/** The fields that a kind of channel has beside its name and secret. */
export function ChannelFields({ form, errors, onChange }: ChannelFieldsProps) {
  const text = (name: TextName, label: string, hint?: string, isOptional = false) => (
    <Field label={label} hint={hint} error={errors[name]} isOptional={isOptional}>
      {(field) => (
        <TextInput
          {...field}
          isMono
          spellCheck={false}
          autoCapitalize="off"
          value={form[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
  const authority = (
    <Field
      label="CA"
      hint="PEM, where the receiver's certificate is signed by your own."
      error={errors['caPem']}
      isOptional
    >
      {(field) => (
        <Textarea
          {...field}
          isMono
          spellCheck={false}
          value={form.caPem}
          onChange={(event) => onChange({ caPem: event.target.value })}
        />
      )}
    </Field>
  )
  switch (form.kind) {
    case 'webhook':
      return (
        <>
          {text('url', 'Address', 'It is told in the form of Alertmanager, version 4.')}
          {text('user', 'User', undefined, true)}
          {authority}
        </>
      )
    case 'pagerduty':
      return text('url', 'Address', `${pagerDutyUrl} if left empty; the European service has another.`, true)
    case 'email':
      return (
        <>
          {text('host', 'Mail server')}
          {text('port', 'Port')}
          <Field label="Encryption" error={errors['security']}>
            {(field) => (
              <Select
                {...field}
                value={form.security}
                onChange={(event) =>
                  onChange({
                    security: securities.find(({ value }) => value === event.target.value)?.value ?? 'starttls',
                  })
                }
                options={securities}
              />
            )}
          </Field>
          {form.security === 'none' ? (
            <CheckBox
              label="Anybody on the way may read it"
              hint="Needed for a mail server on another machine; passwords never go so."
              isChecked={form.isPlainAllowed}
              onChange={(isPlainAllowed) => onChange({ isPlainAllowed })}
            />
          ) : null}
          {text('user', 'User', undefined, true)}
          {text('from', 'From')}
          {text('to', 'To', 'With commas.')}
          {text('zone', 'Time zone', 'Times are told in it beside UTC, such as Europe/Zurich.')}
          {authority}
        </>
      )
    case 'slack':
    case 'heartbeat':
      return null
  }
}

const securities = [
  { value: 'starttls', label: 'STARTTLS, required' },
  { value: 'tls', label: 'TLS from the start' },
  { value: 'none', label: 'none' },
] as const
