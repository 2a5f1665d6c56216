import type { IncomingHttpHeaders } from 'node:http'
import { type Binding, bindingFields } from '#agent/protocol/signature.ts'

/** What a request says it is bound to; null when a field is missing or not in its one form. */
export function readBinding(headers: IncomingHttpHeaders): Binding | null {
  const audience = field(headers, bindingFields.audience)
  const operation = field(headers, bindingFields.operation)
  const step = field(headers, bindingFields.step)
  const epoch = field(headers, bindingFields.epoch)
  const planHash = field(headers, bindingFields.planHash)
  if (audience === null || operation === null || step === null || epoch === null || planHash === null) return null
  if (!/^(0|[1-9]\d{0,14})$/.test(epoch)) return null
  return {
    audience,
    operation: valueOf(operation),
    step: valueOf(step),
    epoch: Number(epoch),
    planHash: valueOf(planHash),
  }
}

/** The value of a field that came once; null else. */
export function field(headers: IncomingHttpHeaders, name: string): string | null {
  const value = headers[name]
  return typeof value === 'string' ? value : null
}

function valueOf(written: string): string | null {
  return written === '-' ? null : written
}
