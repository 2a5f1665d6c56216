/** Where everything of the drawing stands, in pixels. */
export interface TopologyLayout {
  width: number
  height: number
  haproxy: Box | null
  columns: Column[]
  /** Bottom of the members, where streaming arcs hang from. */
  arcsFrom: number
}

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface Column {
  name: string
  centre: number
  pooler: Box | null
  member: Box
}

interface Given {
  width: number
  names: readonly string[]
  hasHaproxy: boolean
  /** Members with a pooler before them. */
  poolers: ReadonlySet<string>
  /** The longest way an arc spans, in columns; 0 = no arcs. */
  reach: number
}

/** One column a member, in the order of their names, so that nothing moves when the lead does. */
export function layOut({ width, names, hasHaproxy, poolers, reach }: Given): TopologyLayout {
  const amount = Math.max(1, names.length)
  const gap = amount > 4 ? 14 : gapOf(width)
  const columnWidth = Math.min(widestColumn, (width - gap * (amount - 1)) / amount)
  const used = columnWidth * amount + gap * (amount - 1)
  const left = (width - used) / 2

  const haproxyTop = 4
  const poolerTop = hasHaproxy ? haproxyTop + haproxyHeight + 40 : 4
  const memberTop = poolers.size > 0 ? poolerTop + poolerHeight + 22 : poolerTop
  const arcsFrom = memberTop + memberHeight

  return {
    width,
    height: arcsFrom + (reach === 0 ? 6 : arcDepth(reach) * 0.75 + 16),
    haproxy: hasHaproxy ? { x: width / 2 - 100, y: haproxyTop, width: 200, height: haproxyHeight } : null,
    columns: names.map((name, index) => {
      const x = left + index * (columnWidth + gap)
      return {
        name,
        centre: x + columnWidth / 2,
        pooler: poolers.has(name) ? { x, y: poolerTop, width: columnWidth, height: poolerHeight } : null,
        member: { x, y: memberTop, width: columnWidth, height: memberHeight },
      }
    }),
    arcsFrom,
  }
}

/** How far below the members an arc over so many columns is pulled; it hangs to three quarters of that. */
export function arcDepth(reach: number): number {
  return 44 + (reach - 1) * 30
}

const widestColumn = 232
const haproxyHeight = 34
const poolerHeight = 30
const memberHeight = 82

function gapOf(width: number): number {
  return Math.max(18, Math.min(64, width * 0.07))
}
