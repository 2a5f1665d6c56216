import { Button } from '#components/ui/button.tsx'
import { CheckBox } from '#components/ui/check-box.tsx'
import { Field } from '#components/ui/field.tsx'
import { TextInput } from '#components/ui/text-input.tsx'
import type { RouteStep } from '#domain/alerts/notify/route.ts'
import type { ShownChannel } from './channel-table.tsx'

interface StepFieldsProps {
  steps: readonly RouteStep[]
  channels: readonly ShownChannel[]
  onChange: (steps: RouteStep[]) => void
}

/** Who is told at once, and who after how long without acknowledgement. */
export function StepFields({ steps, channels, onChange }: StepFieldsProps) {
  const put = (n: number, step: RouteStep) => onChange(steps.map((other, at) => (at === n ? step : other)))
  return (
    <div className="grid gap-4">
      {steps.map((step, n) => (
        // Steps have no name of their own.
        // oxlint-disable-next-line react/no-array-index-key
        <fieldset key={n} className="grid gap-2 border-t border-line pt-3">
          <legend className="sr-only">Step {n + 1}</legend>
          <Field label={n === 0 ? 'Told after, min' : 'Without acknowledgement after, min'}>
            {(field) => (
              <TextInput
                {...field}
                type="number"
                min={0}
                max={10_080}
                value={step.afterMinutes}
                onChange={(event) =>
                  put(n, { ...step, afterMinutes: Math.max(0, Math.round(Number(event.target.value))) })
                }
              />
            )}
          </Field>
          {channels.map(({ id, name }) => (
            <CheckBox
              key={id}
              label={name}
              isChecked={step.channelIds.includes(id)}
              onChange={(isOn) =>
                put(n, {
                  ...step,
                  channelIds: isOn ? [...step.channelIds, id] : step.channelIds.filter((other) => other !== id),
                })
              }
            />
          ))}
          {steps.length > 1 ? (
            <Button
              tone="quiet"
              size="small"
              className="justify-self-start"
              onClick={() => onChange(steps.filter((_, at) => at !== n))}
            >
              Remove step {n + 1}
            </Button>
          ) : null}
        </fieldset>
      ))}
      <Button
        size="small"
        className="justify-self-start"
        disabledReason={steps.length >= 10 ? 'Ten steps are all there can be.' : null}
        onClick={() => onChange([...steps, { afterMinutes: (steps.at(-1)?.afterMinutes ?? 0) + 10, channelIds: [] }])}
      >
        Add a step
      </Button>
    </div>
  )
}
