'use client'

import { Button } from '#components/ui/button.tsx'
import { emptyGrant, type GrantForm } from './grant-form.ts'
import { GrantFields } from './grant-fields.tsx'

interface GrantListFieldsProps {
  forms: readonly GrantForm[]
  error: string | undefined
  onChange: (forms: GrantForm[]) => void
}

/** One right or more; they add up. */
export function GrantListFields({ forms, error, onChange }: GrantListFieldsProps) {
  return (
    <div className="grid gap-4">
      {forms.map((form, n) => (
        <div key={n} className="grid gap-2 [&+&]:border-t [&+&]:border-line [&+&]:pt-4">
          <GrantFields
            form={form}
            error={n === 0 ? error : undefined}
            onChange={(changed) => onChange(forms.with(n, changed))}
          />
          {forms.length > 1 ? (
            <Button
              tone="quiet"
              size="small"
              className="justify-self-start"
              aria-label={`Leave out right ${n + 1}`}
              onClick={() => onChange(forms.toSpliced(n, 1))}
            >
              Leave it out
            </Button>
          ) : null}
        </div>
      ))}
      <Button size="small" className="justify-self-start" onClick={() => onChange([...forms, emptyGrant])}>
        One right more
      </Button>
    </div>
  )
}
