/** What an error of a procedure says to a person. */
export function errorSentence(error: unknown): string {
  const told = toldBy(error)
  if (told && typeof told['sentence'] === 'string') return told['sentence']
  if (error instanceof DOMException && error.name === 'TimeoutError')
    return 'The console did not answer within 30 s. Try again.'
  return 'The console did not answer. Check that it runs and that this machine reaches it, then try again.'
}

/** The errors of single fields, by field name. */
export function fieldErrors(error: unknown): Record<string, string> {
  const fields = toldBy(error)?.['fields']
  if (!Array.isArray(fields)) return {}
  return Object.fromEntries(fields.filter(isFieldError).map((one) => [one.field, one.sentence]))
}

/** The console's own code of an error, e.g. `not-found`; null for an error of the network. */
export function errorCode(error: unknown): string | null {
  const code = toldBy(error)?.['appCode']
  return typeof code === 'string' ? code : null
}

function toldBy(error: unknown): Record<string, unknown> | null {
  if (!(error instanceof Error) || !('data' in error)) return null
  return isRecord(error.data) ? error.data : null
}

function isFieldError(value: unknown): value is { field: string; sentence: string } {
  return isRecord(value) && typeof value['field'] === 'string' && typeof value['sentence'] === 'string'
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
