/** Name of a step's job, or of one of several, as agents take it: they make it the name of a folder. */
export function jobName(step: string, part: string | null | undefined): string {
  const plain = step.replaceAll('~', '.')
  return part === null || part === undefined ? plain : `${plain}:${part}`
}
