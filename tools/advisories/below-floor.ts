export interface Floor {
  floor: string
  why: string
}

/** What of a lock file (packages by their path) is older than an advisory allows, as sentences; also what is not there at all. */
export function belowFloor(
  packages: Readonly<Record<string, { version?: string | undefined }>>,
  floors: Readonly<Record<string, Floor>>,
): string[] {
  return Object.entries(floors).flatMap(([name, { floor, why }]) => {
    // Copies within other packages count as well.
    const copies = Object.entries(packages).filter(([path]) => path.split('node_modules/').at(-1) === name)
    if (copies.length === 0) return [`${name} is not in package-lock.json: take it out of tools/advisories.json.`]
    return copies.flatMap(([path, { version = '0' }]) =>
      isOlder(version, floor) ? [`${path} is ${version}, and ${floor} is the least: ${why}.`] : [],
    )
  })
}

/** True where a version comes before another; one with a suffix comes before the same without. */
export function isOlder(version: string, floor: string): boolean {
  const [given, wanted] = [partsOf(version), partsOf(floor)]
  for (let n = 0; n < 3; n++) {
    const difference = (given.numbers[n] ?? 0) - (wanted.numbers[n] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return given.isBefore && !wanted.isBefore
}

function partsOf(version: string): { numbers: number[]; isBefore: boolean } {
  const [core = '', suffix] = version.split('+', 1)[0]?.split(/-(.*)/s) ?? []
  return { numbers: core.split('.').map(Number), isBefore: suffix !== undefined }
}
