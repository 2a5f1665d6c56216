/** What the console said, or the sentence that says why not, with what is wrong where. */
export type Answered<T> = { answer: T } | { problem: string; fields: Record<string, string> }

/** Asks the console about an invitation, or takes it up with name and password. */
export async function askInvitation<T>(body: {
  token: string
  name?: string
  password?: string
}): Promise<Answered<T>> {
  try {
    const answer = await fetch('/api/invitation', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-matriarch': '1' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    })
    const said: unknown = await answer.json()
    if (answer.ok) return { answer: said as T }
    return problemIn(said)
  } catch {
    return { problem: 'The console did not answer. Check that it runs, then try again.', fields: {} }
  }
}

function problemIn(said: unknown): { problem: string; fields: Record<string, string> } {
  const general = { problem: 'The console did not accept it.', fields: {} }
  if (typeof said !== 'object' || said === null) return general
  const detail = 'detail' in said && typeof said.detail === 'string' ? said.detail : general.problem
  const fields = 'fields' in said && Array.isArray(said.fields) ? said.fields.flatMap(fieldIn) : []
  return { problem: detail, fields: Object.fromEntries(fields) }
}

function fieldIn(said: unknown): [string, string][] {
  if (typeof said !== 'object' || said === null || !('field' in said) || !('sentence' in said)) return []
  return [[String(said.field), String(said.sentence)]]
}
