'use client'

import { useId, type ReactNode } from 'react'
import { Field } from '#components/ui/field.tsx'
import { Textarea, TextInput } from '#components/ui/text-input.tsx'
import type { DraftFieldsProps } from './draft-fields-props.ts'
import type { DraftForm } from './draft-form.ts'

/** Everything that is of use where it is there: more to look at, and the credentials for it. */
export function AdvancedFields(props: DraftFieldsProps) {
  const { known } = props
  return (
    <div className="grid gap-6 pt-4">
      <Text
        {...props}
        name="labels"
        label="Labels"
        hint="With commas: production, eu. The fleet can be grouped by them."
      />
      <Group title="Patroni">
        <Text {...props} name="patroniUser" label="User of its REST interface" />
        <Password {...props} name="patroniPassword" label="Password" isKept={known?.hasPatroniPassword} />
        <Lines
          {...props}
          name="caPem"
          label="Certificate authority"
          hint="PEM; for https addresses that the system does not trust."
          placeholder="-----BEGIN CERTIFICATE-----"
        />
      </Group>
      <Group title="etcd" note="With it a new leader is seen within milliseconds.">
        <Lines {...props} name="etcdUrls" label="Addresses" hint="One a line." placeholder="http://10.0.1.20:2379" />
        <Text {...props} name="etcdUser" label="User" />
        <Password {...props} name="etcdPassword" label="Password" isKept={known?.hasEtcdPassword} />
        <Text {...props} name="etcdNamespace" label="Namespace" isMono />
      </Group>
      <Group title="HAProxy" note="Shows where clients are sent.">
        <Text {...props} name="haproxyUrl" label="Statistics page" isMono placeholder="http://10.0.1.30:7000/" isWide />
        <Text {...props} name="haproxyUser" label="User" hint="Where its page asks for one, and to drain servers." />
        <Password {...props} name="haproxyPassword" label="Password" isKept={known?.hasHaproxyPassword} />
      </Group>
      <Group title="Postgres" note="Asked directly, it tells who takes writes even where Patroni is dead.">
        <Text
          {...props}
          name="postgresUser"
          label="User"
          hint="A role with pg_monitor; with pg_signal_backend it can end sessions too."
        />
        <Password {...props} name="postgresPassword" label="Password" isKept={known?.hasPostgresPassword} />
        <Text {...props} name="postgresDatabase" label="Database" />
        <Text
          {...props}
          name="poolerPort"
          label="Port of pgBouncer"
          hint="Beside each member, such as 6432; the same user, in its stats_users."
          inputMode="numeric"
        />
      </Group>
    </div>
  )
}

function Group({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className="grid gap-3">
      <div>
        <h3 id={id} className="font-semibold">
          {title}
        </h3>
        {note ? <p className="text-sm text-muted">{note}</p> : null}
      </div>
      <div className="grid items-start gap-x-4 gap-y-3 md:grid-cols-2">{children}</div>
    </section>
  )
}

interface TextProps extends DraftFieldsProps {
  name: keyof DraftForm
  label: string
  hint?: string
  placeholder?: string
  isMono?: boolean
  isWide?: boolean
  inputMode?: 'numeric'
}

function Text({
  form,
  onChange,
  errors,
  name,
  label,
  hint,
  placeholder,
  isMono = false,
  isWide,
  inputMode,
}: TextProps) {
  return (
    <Field label={label} hint={hint} error={errors[name]} isOptional className={isWide ? 'md:col-span-2' : ''}>
      {(field) => (
        <TextInput
          {...field}
          isMono={isMono}
          inputMode={inputMode}
          placeholder={placeholder}
          spellCheck={false}
          autoCapitalize="off"
          value={form[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
}

interface LinesProps extends DraftFieldsProps {
  name: 'caPem' | 'etcdUrls'
  label: string
  hint: string
  placeholder: string
}

function Lines({ form, onChange, errors, name, label, hint, placeholder }: LinesProps) {
  return (
    <Field label={label} hint={hint} error={errors[name]} isOptional className="md:col-span-2">
      {(field) => (
        <Textarea
          {...field}
          isMono
          rows={3}
          spellCheck={false}
          placeholder={placeholder}
          value={form[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
}

interface PasswordProps extends DraftFieldsProps {
  name: keyof DraftForm
  label: string
  isKept: boolean | undefined
}

function Password({ form, onChange, errors, name, label, isKept = false }: PasswordProps) {
  return (
    <Field
      label={label}
      hint={isKept ? 'Kept unless typed anew.' : undefined}
      error={errors[name]}
      isOptional={!isKept}
    >
      {(field) => (
        <TextInput
          {...field}
          type="password"
          // The console's own password must not be filled in here.
          autoComplete="new-password"
          value={form[name]}
          onChange={(event) => onChange({ [name]: event.target.value })}
        />
      )}
    </Field>
  )
}
