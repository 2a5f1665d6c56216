import type { DraftForm } from './draft-form.ts'

/** What is wrong, by the field of the form it is told at; the rest is told of the whole. */
export interface DraftErrors {
  fields: Partial<Record<keyof DraftForm, string>>
  /** True where a field that is folded away at first has an error. */
  isAdvanced: boolean
}

/** Sorts errors as the console tells them (`draft.patroniUrls.0`, `secrets.etcd-password`) to the fields of the form. */
export function draftErrors(told: readonly { field: string; sentence: string }[]): DraftErrors {
  const fields: DraftErrors['fields'] = {}
  for (const { field, sentence } of told) {
    const name = fieldOf(field)
    if (name) fields[name] ??= sentence
  }
  return { fields, isAdvanced: Object.keys(fields).some((name) => !plainFields.has(name)) }
}

const plainFields = new Set(['name', 'patroniUrls'])

function fieldOf(path: string): keyof DraftForm | null {
  const [first = '', second = ''] = path.replace(/^draft\./u, '').split('.')
  const name = first === 'secrets' ? (secretFields.get(second) ?? '') : first
  return isField(name) ? name : null
}

const secretFields = new Map([
  ['patroni-password', 'patroniPassword'],
  ['etcd-password', 'etcdPassword'],
  ['haproxy-password', 'haproxyPassword'],
  ['postgres-password', 'postgresPassword'],
])

function isField(name: string): name is keyof DraftForm {
  return fieldNames.has(name)
}

const fieldNames: ReadonlySet<string> = new Set<keyof DraftForm>([
  'name',
  'labels',
  'patroniUrls',
  'patroniUser',
  'patroniPassword',
  'caPem',
  'etcdUrls',
  'etcdUser',
  'etcdPassword',
  'etcdNamespace',
  'haproxyUrl',
  'haproxyUser',
  'haproxyPassword',
  'postgresUser',
  'postgresPassword',
  'postgresDatabase',
  'poolerPort',
])
