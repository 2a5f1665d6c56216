/** Whether what copies first may be set to keep the data there: any method but pg_basebackup may; where nobody tells it may as well. */
export function mayKeepData(methods: readonly string[] | null): boolean {
  return methods === null || (methods[0] ?? 'basebackup') !== 'basebackup'
}
