/** What people read of a record: its columns as text, `detail` as the text of its jsonb, `at` in UTC with microseconds. */
export interface RecordColumns {
  seq: number
  at: string
  actorId: string | null
  actorName: string
  actorKind: string
  action: string
  target: string
  clusterId: string | null
  clusterName: string | null
  reason: string | null
  outcome: string
  operationId: string | null
  detail: string
}

/**
 * The text that Postgres makes of these columns as one jsonb object, which is what `audit_append` hashes: keys by their length, then by
 * their bytes (jsonb's own order), and strings escaped as JSON.stringify does.
 */
export function canonicalText(of: RecordColumns): string {
  return (
    `{"at": ${text(of.at)}, "seq": ${of.seq}, "action": ${text(of.action)}, "detail": ${of.detail}, ` +
    `"reason": ${text(of.reason)}, "target": ${text(of.target)}, "actorId": ${text(of.actorId)}, ` +
    `"outcome": ${text(of.outcome)}, "actorKind": ${text(of.actorKind)}, "actorName": ${text(of.actorName)}, ` +
    `"clusterId": ${text(of.clusterId)}, "clusterName": ${text(of.clusterName)}, "operationId": ${text(of.operationId)}}`
  )
}

/** As JSON.stringify does, which takes several times as long where nothing is to be escaped. */
function text(value: string | null): string {
  if (value === null) return 'null'
  return needsEscape.test(value) ? JSON.stringify(value) : `"${value}"`
}

// Surrogates too: one alone is escaped.
// oxlint-disable-next-line no-control-regex -- these are what is looked for
const needsEscape = /["\\\u0000-\u001F\uD800-\uDFFF]/
