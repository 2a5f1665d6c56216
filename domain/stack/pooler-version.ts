/** Whether a pgBouncer of this version, e.g. `1.25.1dev`, is older than that one. */
export function isPoolerBefore(version: string, major: number, minor: number): boolean {
  const [, ...parts] = /^(\d+)\.(\d+)/.exec(version) ?? []
  const [isMajor = 0, isMinor = 0] = parts.map(Number)
  return isMajor < major || (isMajor === major && isMinor < minor)
}
